namespace OrleansChat.Gateway.Sockets;

/// <summary>What went in and out, counted over all the sockets that share it.</summary>
public sealed class SocketTraffic
{
    private long _messagesIn;
    private long _bytesIn;
    private long _framesOut;
    private long _bytesOut;

    /// <summary>Whole text messages.</summary>
    public long MessagesIn => Interlocked.Read(ref _messagesIn);

    /// <summary>Bytes with their framing.</summary>
    public long BytesIn => Interlocked.Read(ref _bytesIn);

    /// <summary>Frames of every kind that were handed to the network.</summary>
    public long FramesOut => Interlocked.Read(ref _framesOut);

    /// <summary>Bytes with their framing.</summary>
    public long BytesOut => Interlocked.Read(ref _bytesOut);

    internal void Received(long bytes) => Interlocked.Add(ref _bytesIn, bytes);

    internal void ReceivedMessage() => Interlocked.Increment(ref _messagesIn);

    internal void Sent(int frames, long bytes)
    {
        Interlocked.Add(ref _framesOut, frames);
        Interlocked.Add(ref _bytesOut, bytes);
    }
}
