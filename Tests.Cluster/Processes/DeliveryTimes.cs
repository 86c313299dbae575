using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OrleansChat.Client;
using OrleansChat.Tests.Processes;
using OrleansChat.Tests.Storage;

namespace OrleansChat.Tests.Cluster.Processes;

/// <summary>
/// What a hop between nodes costs: from a post to its answer, and to a member's sight of it, with the poster's edge on one
/// node and the room and the other member on another; beside it the same in one process. And what an empty cluster
/// costs. For a moment only, to see that it works; the figures of docs/decisions are taken by hand:
/// <c>CHAT_MEASURE=1 dotnet test Tests.Cluster -c Release --filter DeliveryTimes --logger "console;verbosity=detailed"</c>
/// </summary>
[Collection(OrleansChat.Tests.Processes.Processes.Name)]
public sealed class DeliveryTimes(ITestOutputHelper output)
{
    private static readonly bool ByHand = Environment.GetEnvironmentVariable("CHAT_MEASURE") == "1";
    private static readonly int WarmUp = ByHand ? 200 : 20;
    private static readonly int Posts = ByHand ? 6_000 : 40;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5); // 200 a second
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(ByHand ? 30 : 0.1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Between_two_nodes()
    {
        await using var postgres = await PostgresServer.StartNew(durable: ByHand);
        (string, string)[] settings = [("Chat:Storage", $"postgres:{await postgres.NewDatabase()}"), ("Cluster:Id", $"test-{Guid.NewGuid():N}"), ("Chat:Limits:Enabled", "false")];
        await using var rooms = SiloProcess.NotStarted(1, settings);
        await rooms.Begin();
        await using var edge = SiloProcess.NotStarted(2, [.. settings, ("Cluster:Roles", "gateway")]); // no room can live there
        await edge.Begin();
        await Measure("two nodes, the room not on the poster's", edge.Socket, rooms.Socket);
        await Measure("two nodes, the room on the poster's", rooms.Socket, edge.Socket);
    }

    [Fact]
    public async Task In_one_process()
    {
        await using var postgres = await PostgresServer.StartNew(durable: ByHand);
        await using var gateway = await GatewayProcess.Start(("Chat:Storage", $"postgres:{await postgres.NewDatabase()}"), ("Chat:Limits:Enabled", "false"));
        await Measure("one process", gateway.Socket, gateway.Socket);
    }

    [Fact]
    public async Task An_empty_cluster_of_three()
    {
        await using var nodes = await ThreeNodes.Start();
        await Task.Delay(Idle); // starting is over
        var before = nodes.Nodes.Select(node => node.Reading.Cpu).ToList();
        var since = Stopwatch.StartNew();
        await Task.Delay(Idle);
        var busy = nodes.Nodes.Select((node, i) => (node.Reading.Cpu - before[i]) / since.Elapsed);
        output.WriteLine($"Three empty nodes take {string.Join(", ", busy.Select(share => share.ToString("P1", CultureInfo.InvariantCulture)))} of a processor.");
    }

    /// <summary>At a steady pace, whatever became of those before.</summary>
    private async Task Measure(string what, Uri posters, Uri others)
    {
        var (sent, seen, room) = (new ConcurrentDictionary<string, long>(), new ConcurrentQueue<double>(), $"room-{Guid.NewGuid():N}");
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var poster = await ChatConnection.Connect(posters, new() { OnPush = _ => { } });
        await poster.Hello(guest: "Poster");
        await poster.Create(room);
        await using var other = await ChatConnection.Connect(others, new()
        {
            OnPush = push =>
            {
                if (push is not ChatPush.Events events) return;
                foreach (var message in events.List.Where(e => e.Text is not null && sent.ContainsKey(e.Text)))
                {
                    seen.Enqueue(Stopwatch.GetElapsedTime(sent[message.Text!]).TotalMilliseconds);
                    if (seen.Count == Posts) all.TrySetResult();
                }
            },
        });
        await other.Hello(guest: "Other");
        await other.Join(room);
        for (var i = 0; i < WarmUp; i++) await poster.Post(room, $"Warm {i}", $"warm-{i}");

        var since = Stopwatch.StartNew();
        var answers = new List<Task<double>>();
        for (var i = 0; i < Posts; i++)
        {
            if (Between * i - since.Elapsed is { Ticks: > 0 } wait) await Task.Delay(wait);
            answers.Add(Post($"Number {i}"));
        }

        var answered = (await Task.WhenAll(answers).WaitAsync(Patience)).Order().ToList();
        await all.Task.WaitAsync(Patience);
        output.WriteLine($"{what}: post → answered {Quantiles(answered)}, post → seen {Quantiles([.. seen.Order()])}");

        async Task<double> Post(string text)
        {
            var began = sent[text] = Stopwatch.GetTimestamp();
            await poster.Post(room, text, text.Replace(' ', '-'));
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
    }

    private static string Quantiles(List<double> ascending) =>
        string.Create(CultureInfo.InvariantCulture, $"p50 {ascending[ascending.Count / 2]:N2} ms, p99 {ascending[ascending.Count * 99 / 100]:N2} ms");
}
