using System.Net.Http.Json;
using System.Text.Json;
using OrleansChat.Tests.Gateway.Hooks;

namespace OrleansChat.Tests.Cluster.Processes;

/// <summary>
/// A room of a cluster whose events go to a program outside, by an outgoing webhook. Whichever nodes deliver, and die
/// while they do: they arrive in order, and none is missing.
/// </summary>
internal sealed class MirroredRoom : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // a lease, and what is left to send

    private readonly HttpClient http;
    private readonly Receiver receiver;
    private readonly string room;

    private MirroredRoom(HttpClient http, Receiver receiver, string room) => (this.http, this.receiver, this.room) = (http, receiver, room);

    public static async Task<MirroredRoom> Of(string room, ThreeNodes nodes)
    {
        var password = nodes.Nodes[0].Output.Single(line => line.Contains("password", StringComparison.Ordinal)).Split(' ').Single(word => word.Length == 24);
        var http = new HttpClient { BaseAddress = nodes.Nodes[0].Address };
        var mirror = new MirroredRoom(http, await Receiver.Start(), room);
        http.DefaultRequestHeaders.Authorization = new("Bearer", (await mirror.Post("login", new { user = "admin", password })).GetProperty("token").GetString());
        await mirror.Post($"rooms/{room}/hooks", new { name = "Mirror", url = mirror.receiver.Address });
        return mirror;
    }

    /// <summary>Waits until the room's last event is there, and looks at all that came.</summary>
    public async Task HasAll()
    {
        var head = JsonElement.Parse(await http.GetStringAsync($"/api/v1/rooms/{room}")).GetProperty("head").GetInt64();
        var seqs = (await receiver.UpTo(head).WaitAsync(Patience)).SelectMany(delivery => delivery.Seqs).Distinct().ToList();
        Assert.Equal(Enumerable.Range(0, seqs.Count).Select(i => seqs[0] + i), seqs);
        Assert.Equal(head, seqs[^1]);
    }

    private async Task<JsonElement> Post(string path, object body)
    {
        using var answer = await http.PostAsJsonAsync($"/api/v1/{path}", body);
        var json = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.True(answer.IsSuccessStatusCode, json.GetRawText());
        return json;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await receiver.DisposeAsync();
    }
}
