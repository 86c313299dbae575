namespace OrleansChat.Tests.Sockets;

/// <summary>A socket's sending side, whose reader can be made to stand still, read on, or go away.</summary>
public sealed class SlowStream : Stream
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private readonly MemoryStream sent = new();
    private readonly SemaphoreSlim arrived = new(0);
    private TaskCompletionSource flowing = new();
    private Exception? broken;

    public SlowStream() => flowing.SetResult();

    /// <summary>How many writes got through.</summary>
    public int Writes { get; private set; }

    public byte[] Sent
    {
        get
        {
            lock (gate) return sent.ToArray();
        }
    }

    /// <summary>From now on nothing gets through.</summary>
    public void StandStill() => flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReadOn() => flowing.TrySetResult();

    /// <summary>The next write fails, and the one that is under way.</summary>
    public void Break(Exception how)
    {
        broken = how;
        ReadOn();
    }

    /// <summary>Waits until so many bytes got through.</summary>
    public async Task<byte[]> Received(long bytes)
    {
        while (Sent.Length < bytes)
        {
            if (!await arrived.WaitAsync(Patience)) Assert.Fail($"Only {Sent.Length} of {bytes} bytes arrived.");
        }

        return Sent;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await flowing.Task.WaitAsync(cancellationToken);
        if (broken is not null) throw broken;
        lock (gate)
        {
            sent.Write(buffer.Span);
            Writes++;
        }

        arrived.Release();
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        arrived.Dispose();
        sent.Dispose();
        base.Dispose(disposing);
    }
}
