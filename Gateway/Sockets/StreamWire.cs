namespace OrleansChat.Gateway.Sockets;

/// <summary>The portable way: a stream that sends what it is given at once, whatever lies below it (TLS, HTTP/2, a pipe).</summary>
/// <param name="abort">Ends its connection at once; in order it ends with whoever gave the stream.</param>
public sealed class StreamWire(Stream stream, Action? abort = null) : IWire
{
    /// <summary>A stream cannot say what it would take without waiting.</summary>
    public bool TryWrite(ReadOnlySpan<byte> bytes, out int written)
    {
        written = 0;
        return true;
    }

    public bool HasEnded => false;

    public ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => stream.WriteAsync(bytes, cancel);

    public void End(bool inOrder)
    {
        if (!inOrder) abort?.Invoke();
    }
}
