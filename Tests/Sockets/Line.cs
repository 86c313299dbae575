using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>A wire with a reader at its end, who can be made to stand still, read on, or go away.</summary>
public abstract class Line : IWire, IDisposable
{
    private int writes;

    /// <summary>How many writes were begun, of those that wrote something.</summary>
    public int Writes => Volatile.Read(ref writes);

    /// <summary>What the reader has read.</summary>
    public abstract byte[] Sent { get; }

    protected abstract IWire Wire { get; }

    /// <summary>From now on nothing gets through.</summary>
    public abstract void StandStill();

    public abstract void ReadOn();

    /// <summary>The reader goes away: the next write fails, and the one that is under way.</summary>
    public abstract void Break();

    /// <summary>Waits until so many bytes got through.</summary>
    public abstract Task<byte[]> Received(long bytes);

    public bool TryWrite(ReadOnlySpan<byte> bytes, out int written)
    {
        Interlocked.Increment(ref writes); // before anybody can read what it wrote
        var whole = Wire.TryWrite(bytes, out written);
        if (written == 0) Interlocked.Decrement(ref writes);
        return whole;
    }

    public bool HasEnded => Wire.HasEnded;

    public ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        Interlocked.Increment(ref writes);
        return Wire.Write(bytes, cancel);
    }

    public void End(bool inOrder) => Wire.End(inOrder);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
