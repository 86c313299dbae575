using System.Net.WebSockets;
using OrleansChat.Client;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Gateway.Plain;

/// <summary>
/// A connection to the chat without a network between: at this end a client like any other, at the other a socket like
/// any other. So the rights, limits and order of a plain connection are those of everyone, and kept in one place.
/// </summary>
internal sealed class InnerConnection : IAsyncDisposable
{
    /// <summary>A reader that is slow over TCP is to be seen as slow: what it does not take waits in its socket's outbox, which is bounded.</summary>
    private const int FewPushes = 16;

    public InnerConnection(Edge edge, OpenSockets sockets)
    {
        var (ours, theirs) = DuplexStream.Pair();
        Ended = Serve(sockets, new ChatSocket(Wires.Reading(theirs), new StreamWire(theirs), edge), theirs);
        Chat = ChatConnection.Over(
            WebSocket.CreateFromStream(ours, new WebSocketCreationOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan }),
            new ConnectOptions { PushCapacity = FewPushes });
    }

    public ChatConnection Chat { get; }

    /// <summary>Completes when the socket has ended, though some of what it said may not have been read yet.</summary>
    public Task Ended { get; }

    private static async Task Serve(OpenSockets sockets, ChatSocket socket, DuplexStream stream)
    {
        await using (stream)
        {
            sockets.Enter(socket);
            await socket.Run();
            sockets.Leave(socket);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Chat.DisposeAsync();
        await Ended;
    }
}
