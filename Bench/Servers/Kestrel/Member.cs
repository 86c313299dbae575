using System.Net.WebSockets;
using System.Threading.Channels;

namespace OrleansChat.Kestrel;

/// <summary>A socket in a room: one channel, and one loop that sends what is in it.</summary>
internal sealed class Member(WebSocket socket, Room room)
{
    // One that falls further behind is cut off. A post under way takes a place, so it is well above the load's window.
    private readonly Channel<ReadOnlyMemory<byte>> outbox = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(4096) { SingleReader = true });

    public async Task Stay(CancellationToken stopping)
    {
        room.Enter(this);
        var sending = Send(stopping);
        try
        {
            await Read(stopping);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            socket.Abort(); // its sender waits for nothing more
        }
        finally
        {
            room.Leave(this);
            outbox.Writer.TryComplete();
            await sending;
        }
    }

    public void Receive(ReadOnlyMemory<byte> text)
    {
        if (!outbox.Writer.TryWrite(text) && outbox.Writer.TryComplete()) socket.Abort();
    }

    private async Task Read(CancellationToken stopping)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult read;
            do
            {
                if (length == buffer.Length) Array.Resize(ref buffer, length * 2);
                read = await socket.ReceiveAsync(buffer.AsMemory(length), stopping);
                length += read.Count;
            }
            while (!read.EndOfMessage);
            if (read.MessageType == WebSocketMessageType.Close) return;
            room.Broadcast(buffer.AsSpan(0, length).ToArray());
        }
    }

    private async Task Send(CancellationToken stopping)
    {
        try
        {
            await foreach (var text in outbox.Reader.ReadAllAsync(stopping))
                await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, stopping);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stopping);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            outbox.Writer.TryComplete();
        }
    }
}
