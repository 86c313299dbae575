using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace OrleansChat.Tests.Client;

/// <summary>One connection as the <see cref="Peer"/> has it.</summary>
internal sealed class PeerSocket(WebSocket socket, IHeaderDictionary headers)
{
    private readonly Channel<string> received = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IHeaderDictionary Headers { get; } = headers;

    /// <summary>Reads until the client says goodbye, which is answered, or the line breaks.</summary>
    public async Task Run()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (var length = 0; ;)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (part.MessageType is WebSocketMessageType.Close) break;
                length += part.Count;
                if (!part.EndOfMessage) continue;
                received.Writer.TryWrite(Encoding.UTF8.GetString(buffer, 0, length));
                length = 0;
            }

            if (socket.State is WebSocketState.CloseReceived) await socket.CloseOutputAsync(socket.CloseStatus!.Value, null, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // the line broke, or the test broke it
        }

        received.Writer.TryComplete();
        over.SetResult();
    }

    /// <summary>The next operation that the client sends.</summary>
    public async Task<JsonElement> Receive() => JsonDocument.Parse(await ReceiveText()).RootElement;

    /// <summary>The next operation, which must be this one.</summary>
    public async Task<JsonElement> Receive(string op)
    {
        var operation = await Receive();
        Assert.Equal(op, operation.GetProperty("op").GetString());
        return operation;
    }

    public async Task<string> ReceiveText() => await received.Reader.ReadAsync().AsTask().WaitAsync(Peer.Patience);

    public Task Send(string json) => Send(Encoding.UTF8.GetBytes(json), true);

    public async Task Send(ReadOnlyMemory<byte> bytes, bool last)
    {
        using var patience = new CancellationTokenSource(Peer.Patience);
        await socket.SendAsync(bytes, WebSocketMessageType.Text, last, patience.Token);
    }

    public Task Answer(JsonElement operation, string ok) => Send($$"""{"re":{{operation.GetProperty("id")}},"ok":{{ok}}}""");

    public Task Refuse(JsonElement operation, string error) => Send($$"""{"re":{{operation.GetProperty("id")}},"error":{{error}}}""");

    /// <summary>Answers a hello: these are the rooms, by their entries.</summary>
    public async Task<JsonElement> Welcome(params string[] rooms)
    {
        var hello = await Receive("hello");
        await Answer(hello, $$"""
            {"user":{"id":"guest-ada","name":"Ada","guest":true},"limits":{"text":4000,"frame":65536,"rooms":200},
             "rooms":[{{string.Join(',', rooms)}}],"token":"t1"}
            """);
        return hello;
    }

    /// <summary>Messages of Bob in a room, with these numbers.</summary>
    public Task Say(string room, params IEnumerable<long> seqs) => Send($$"""{"ev":"events","room":"{{room}}","events":[{{Messages(seqs)}}]}""");

    public static string Messages(params IEnumerable<long> seqs) => string.Join(',', seqs.Select(seq =>
        $$"""{"seq":{{seq}},"at":"2026-11-22T09:00:00.000Z","by":"bob","kind":"message","text":"message {{seq}}"}"""));

    public static string Entry(string room, long head, bool gap = false) => $$"""
        {"room":"{{room}}","name":"{{room}}","head":{{head}},"read":0,"unread":0,"mentions":0,"last":"2026-11-22T09:00:00.000Z","role":"member","gap":{{(gap ? "true" : "false")}}}
        """;

    public async Task Close(int code, string reason = "")
    {
        await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None);
        await over.Task.WaitAsync(Peer.Patience);
    }

    /// <summary>Waits for the client's goodbye; its code.</summary>
    public async Task<int> Goodbye()
    {
        await over.Task.WaitAsync(Peer.Patience);
        return (int)socket.CloseStatus!;
    }

    /// <summary>The line breaks.</summary>
    public void Abort() => socket.Abort();
}
