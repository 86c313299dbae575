using System.Runtime.InteropServices;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// What went in and out, counted over all the sockets that share it. Every core has numbers of its own: it counts each
/// frame to each socket, and cores that share a number wait for each other.
/// </summary>
public sealed class SocketTraffic
{
    private readonly Counts[] perCore = new Counts[Environment.ProcessorCount];

    /// <summary>Whole text messages.</summary>
    public long MessagesIn => Sum(static (ref it) => ref it.MessagesIn);

    /// <summary>Bytes with their framing.</summary>
    public long BytesIn => Sum(static (ref it) => ref it.BytesIn);

    /// <summary>Frames of every kind that were handed to the network.</summary>
    public long FramesOut => Sum(static (ref it) => ref it.FramesOut);

    /// <summary>Bytes with their framing.</summary>
    public long BytesOut => Sum(static (ref it) => ref it.BytesOut);

    internal void Received(long bytes) => Interlocked.Add(ref Mine.BytesIn, bytes);

    internal void ReceivedMessage() => Interlocked.Increment(ref Mine.MessagesIn);

    internal void Sent(int frames, long bytes)
    {
        ref var mine = ref Mine;
        Interlocked.Add(ref mine.FramesOut, frames);
        Interlocked.Add(ref mine.BytesOut, bytes);
    }

    // A thread may move to another core in between, hence the interlocked operations.
    private ref Counts Mine => ref perCore[(uint)Thread.GetCurrentProcessorId() % (uint)perCore.Length];

    private long Sum(Of count)
    {
        var sum = 0L;
        foreach (ref var core in perCore.AsSpan()) sum += Interlocked.Read(ref count(ref core));
        return sum;
    }

    private delegate ref long Of(ref Counts core);

    /// <summary>Two cache lines, since processors fetch them in pairs.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Counts
    {
        public long MessagesIn;
        public long BytesIn;
        public long FramesOut;
        public long BytesOut;
    }
}
