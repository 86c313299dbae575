using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OrleansChat.Tests.Client;

/// <summary>One connection as the <see cref="Peer"/> has it.</summary>
internal sealed class PeerSocket(WebSocket socket, IHeaderDictionary headers)
{
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] buffer = new byte[64 * 1024];

    public IHeaderDictionary Headers { get; } = headers;

    public Task Over => over.Task;

    /// <summary>The next operation that the client sends.</summary>
    public async Task<JsonElement> Receive() => JsonDocument.Parse(await ReceiveText()).RootElement;

    /// <summary>The next operation, which must be this one.</summary>
    public async Task<JsonElement> Receive(string op)
    {
        var operation = await Receive();
        Assert.Equal(op, operation.GetProperty("op").GetString());
        return operation;
    }

    public async Task<string> ReceiveText()
    {
        using var patience = new CancellationTokenSource(Peer.Patience);
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), patience.Token);
            if (part.MessageType is WebSocketMessageType.Close) throw new EndOfStreamException($"The client closed with {socket.CloseStatus}.");
            length += part.Count;
            if (part.EndOfMessage) return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }

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
        using var patience = new CancellationTokenSource(Peer.Patience);
        try
        {
            await socket.CloseAsync((WebSocketCloseStatus)code, reason, patience.Token);
        }
        catch (WebSocketException)
        {
            // the client may break off rather than answer
        }

        over.TrySetResult();
    }

    /// <summary>Waits for the client's goodbye; its code.</summary>
    public async Task<int> Goodbye()
    {
        await Assert.ThrowsAsync<EndOfStreamException>(async () =>
        {
            while (true) await ReceiveText();
        });
        var code = (int)socket.CloseStatus!;
        await Close(code);
        return code;
    }

    /// <summary>The line breaks.</summary>
    public void Abort()
    {
        socket.Abort();
        over.TrySetResult();
    }
}
