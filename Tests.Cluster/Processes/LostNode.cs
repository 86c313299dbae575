using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using OrleansChat.Client;

namespace OrleansChat.Tests.Cluster.Processes;

/// <summary>Three real nodes, of which one is stopped hard: the one that keeps the readings of all.</summary>
[Collection(OrleansChat.Tests.Processes.Processes.Name)]
public sealed partial class LostNode(ITestOutputHelper output)
{
    private static readonly TimeSpan LostWithin = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private const int Beat = 2_000; // ms
    private const int Hole = 3 * Beat;
    private const double Known = 6; // seconds of every node's past, before one is killed

    [Fact]
    public async Task A_killed_node_is_lost_within_12_seconds_and_the_charts_of_the_others_have_no_hole()
    {
        await using var nodes = await ThreeNodes.Start(("Chat:Alerts:Room", "alarms"), ("Chat:Alerts:Lost", "00:00:10"));
        using var patience = new CancellationTokenSource(Patience);
        var (first, second, third) = (nodes.Nodes[0], nodes.Nodes[1], nodes.Nodes[2]);
        var password = Password().Match(first.Said()).Groups[1].Value;
        var frames = Channel.CreateUnbounded<JsonElement>();
        await using var root = await ChatClient.Connect(
            second.Socket, new SignIn.Account("admin", password), new() { News = news => _ = news is ChatPush.Metrics metrics && frames.Writer.TryWrite(metrics.Nodes) });
        await root.Watch();
        var before = await Until(frames, shown => shown.Count == 3 && shown.Values.All(node => node.GetProperty("past").GetDouble() >= Known), patience.Token);
        var victim = Assert.Single(before.Keys, name => name is not ("node-2" or "node-3")); // which was there first, and so keeps the readings

        var killed = Stopwatch.StartNew();
        await nodes.Kill(first);
        await Until(frames, shown => shown[victim].TryGetProperty("lost", out var lost) && lost.GetBoolean(), patience.Token);
        output.WriteLine($"Lost after {killed.Elapsed.TotalSeconds:0.0} s.");
        Assert.True(killed.Elapsed <= LostWithin, $"It took {killed.Elapsed}.");
        Assert.Contains("reading could not be reported", second.Said() + third.Said(), StringComparison.Ordinal); // so it did keep them

        using var http = new HttpClient { BaseAddress = third.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await new ChatAccounts(http).Login("admin", password)).Token);
        foreach (var name in new[] { "node-2", "node-3", victim })
        {
            var seen = before[name].GetProperty("at").GetDateTimeOffset().ToUnixTimeMilliseconds();
            var times = await Times(http, name, since: seen, patience.Token);
            Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, Hole));
        }

        var told = await Alarms(http, patience.Token);
        Assert.Contains($"{victim} is lost", Assert.Single(told), StringComparison.Ordinal);
        await Until(frames, shown => shown.Values.Count(node => !node.TryGetProperty("lost", out _)) == 2, patience.Token);
    }

    private static async Task<Dictionary<string, JsonElement>> Until(
        Channel<JsonElement> frames, Func<Dictionary<string, JsonElement>, bool> met, CancellationToken cancel)
    {
        while (true)
        {
            var shown = (await frames.Reader.ReadAsync(cancel)).EnumerateArray().ToDictionary(node => node.GetProperty("node").GetString()!);
            if (met(shown)) return shown;
        }
    }

    /// <summary>The times of a node's readings, once those are there that were seen before.</summary>
    private static async Task<IReadOnlyList<long>> Times(HttpClient http, string node, long since, CancellationToken cancel)
    {
        while (true)
        {
            var hour = JsonDocument.Parse(await http.GetStringAsync($"/api/v1/metrics/{node}", cancel)).RootElement;
            long[] times = [.. hour.GetProperty("times").EnumerateArray().Select(time => time.GetInt64())];
            if (times.Length > 1 && times[0] <= since) return times;
            await Task.Delay(Beat / 4, cancel);
        }
    }

    private static async Task<IReadOnlyList<string>> Alarms(HttpClient http, CancellationToken cancel)
    {
        while (true)
        {
            using var answer = await http.GetAsync("/api/v1/rooms/alarms/messages", cancel);
            if (answer.IsSuccessStatusCode)
            {
                var messages = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancel)).RootElement.GetProperty("messages");
                if (messages.GetArrayLength() > 0) return [.. messages.EnumerateArray().Select(message => message.GetProperty("text").GetString()!)];
            }

            await Task.Delay(Beat / 4, cancel);
        }
    }

    [GeneratedRegex("with the password ([0-9a-f]+)")]
    private static partial Regex Password();
}
