using System.Net.Sockets;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// The short way: straight to the connection's socket, past the server's pipes, on the thread of whoever sends. Whoever
/// else writes to the socket must have finished; reading may stay theirs.
/// </summary>
public sealed class SocketWire : IWire
{
    private readonly Socket socket;
    private readonly SafeSocketHandle handle;

    public SocketWire(Socket socket)
    {
        (this.socket, handle) = (socket, socket.SafeHandle);
        try
        {
            socket.Blocking = false; // for sends that do not wait; asynchronous ones, the server's reads among them, never look at it
        }
        catch (ObjectDisposedException)
        {
            // The client has gone already; so will every write say.
        }
    }

    public bool TryWrite(ReadOnlySpan<byte> bytes, out int written)
    {
        written = 0;
        try
        {
            var sent = socket.Send(bytes, SocketFlags.None, out var error);
            if (error is SocketError.Success) written = sent;
            return error is SocketError.Success or SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable;
        }
        catch (ObjectDisposedException)
        {
            return false; // the server has done with the connection
        }
    }

    public bool HasEnded => handle.IsClosed || !socket.Connected;

    public async ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        // Most goes without waiting, and without what .NET makes for a wait and keeps with the socket, the bytes included.
        if (!TryWrite(bytes.Span, out var written)) throw new SocketException((int)SocketError.ConnectionReset);
        for (bytes = bytes[written..]; bytes.Length > 0;) bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancel)..];
    }

    public void End(bool inOrder)
    {
        try
        {
            if (inOrder) socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client has ended it already.
        }

        socket.Close(timeout: inOrder ? -1 : 0); // 0: a reset
    }
}
