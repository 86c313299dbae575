using System.Net.WebSockets;
using System.Text.Json;

namespace OrleansChat.Tests.Gateway;

/// <summary>A bare connection: it sends what it is told, reads only when it is told to, and keeps every frame in its order.</summary>
public sealed class Wire : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[1 << 20];

    private Wire() => socket.Options.AddSubProtocol("chat.v1");

    public static async Task<Wire> Open(ChatServer server)
    {
        var wire = new Wire();
        using var patience = new CancellationTokenSource(ChatServer.Patience);
        await wire.socket.ConnectAsync(server.Socket, patience.Token);
        return wire;
    }

    /// <summary>A connection on which <c>hello</c> was answered, under the id 0.</summary>
    public static async Task<Wire> Enter(ChatServer server, string token, string resume = "{}")
    {
        var wire = await Open(server);
        await wire.Send($$"""{"op":"hello","id":0,"token":"{{token}}","resume":{{resume}}}""");
        Assert.True((await wire.Answer(0)).TryGetProperty("ok", out _));
        return wire;
    }

    /// <summary>All frames so far.</summary>
    public List<JsonElement> Frames { get; } = [];

    public async Task Send(string json)
    {
        using var patience = new CancellationTokenSource(ChatServer.Patience);
        await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, true, patience.Token);
    }

    /// <summary>Reads on until the answer with this id.</summary>
    public Task<JsonElement> Answer(long id) => Until(frame => IsAnswer(frame, id));

    /// <summary>Reads on until this event of a room, or one after it.</summary>
    public Task<JsonElement> Event(string room, long seq) =>
        Until(frame => IsPush(frame, "events", room) && frame.GetProperty("events").EnumerateArray().Last().GetProperty("seq").GetInt64() >= seq);

    public async Task<JsonElement> Until(Func<JsonElement, bool> which)
    {
        while (true)
        {
            var frame = await Next() ?? throw new InvalidOperationException($"The server closed with {socket.CloseStatus}.");
            if (which(frame)) return frame;
        }
    }

    /// <summary>The next frame; null when the server has closed.</summary>
    public async Task<JsonElement?> Next()
    {
        using var patience = new CancellationTokenSource(ChatServer.Patience);
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), patience.Token);
            if (part.MessageType is WebSocketMessageType.Close) return null;
            length += part.Count;
            if (!part.EndOfMessage) continue;
            var frame = JsonElement.Parse(buffer.AsSpan(0, length));
            Frames.Add(frame);
            return frame;
        }
    }

    /// <summary>Reads all that comes up to the close, and gives its code.</summary>
    public async Task<int?> Closed()
    {
        while (await Next() is not null)
        {
            // Read, to get to the end.
        }

        return (int?)socket.CloseStatus;
    }

    /// <summary>The words of the answers with these ids, in the order in which they came: <c>ok</c> or a code.</summary>
    public static string Word(JsonElement answer) =>
        answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString()! : "ok";

    public static bool IsAnswer(JsonElement frame, long id) =>
        frame.TryGetProperty("re", out var re) && re.ValueKind is JsonValueKind.Number && re.GetInt64() == id;

    public static bool IsPush(JsonElement frame, string ev, string room) =>
        frame.TryGetProperty("ev", out var kind) && kind.GetString() == ev
        && frame.TryGetProperty("room", out var of) && (of.ValueKind is JsonValueKind.Object ? of.GetProperty("room") : of).GetString() == room;

    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
