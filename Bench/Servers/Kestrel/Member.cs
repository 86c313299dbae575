using System.Net.WebSockets;
using System.Threading.Channels;

namespace OrleansChat.Kestrel;

/// <summary>A socket in a room: one channel, and one loop that sends what is in it.</summary>
internal sealed class Member(Room room)
{
    // One that falls further behind is cut off. Far above what the load keeps under way.
    private readonly Channel<ReadOnlyMemory<byte>> outbox = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(4096) { SingleReader = true });

    private WebSocket? socket;

    public async Task Stay(WebSocketManager sockets, CancellationToken stopping)
    {
        room.Enter(this); // before the client is told that it is in, so that it misses nothing after
        try
        {
            using var accepted = socket = await sockets.AcceptWebSocketAsync();
            using var end = stopping.Register(accepted.Abort); // a token in each send would cost its fast way
            await Task.WhenAll(Read(accepted), Send(accepted));
        }
        finally
        {
            room.Leave(this);
        }
    }

    public void Receive(ReadOnlyMemory<byte> text)
    {
        if (!outbox.Writer.TryWrite(text) && outbox.Writer.TryComplete()) socket?.Abort();
    }

    private async Task Read(WebSocket socket)
    {
        try
        {
            var buffer = new byte[4096];
            while (await Message(socket, buffer) is { } text) room.Broadcast(text);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
        }
        finally
        {
            outbox.Writer.TryComplete();
        }
    }

    /// <summary>The next message, of any size; null when the client closes.</summary>
    private static async Task<byte[]?> Message(WebSocket socket, byte[] buffer)
    {
        for (var length = 0; ;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            if (read.MessageType == WebSocketMessageType.Close) return null;
            length += read.Count;
            if (read.EndOfMessage) return buffer[..length];
            if (length == buffer.Length) Array.Resize(ref buffer, length * 2);
        }
    }

    private async Task Send(WebSocket socket)
    {
        try
        {
            await foreach (var text in outbox.Reader.ReadAllAsync())
                await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            socket.Abort(); // then the reading ends as well
        }
    }
}
