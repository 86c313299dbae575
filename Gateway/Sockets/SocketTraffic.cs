namespace OrleansChat.Gateway.Sockets;

/// <summary>What went in and out, counted over all the sockets that share it.</summary>
public sealed class SocketTraffic
{
    private long messagesIn;
    private long bytesIn;
    private long framesOut;
    private long bytesOut;

    /// <summary>Whole text messages.</summary>
    public long MessagesIn => Interlocked.Read(ref messagesIn);

    /// <summary>Bytes with their framing.</summary>
    public long BytesIn => Interlocked.Read(ref bytesIn);

    /// <summary>Frames of every kind that were handed to the network.</summary>
    public long FramesOut => Interlocked.Read(ref framesOut);

    /// <summary>Bytes with their framing.</summary>
    public long BytesOut => Interlocked.Read(ref bytesOut);

    internal void Received(long bytes) => Interlocked.Add(ref bytesIn, bytes);

    internal void ReceivedMessage() => Interlocked.Increment(ref messagesIn);

    internal void Sent(int frames, long bytes)
    {
        Interlocked.Add(ref framesOut, frames);
        Interlocked.Add(ref bytesOut, bytes);
    }
}
