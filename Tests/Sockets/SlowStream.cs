namespace OrleansChat.Tests.Sockets;

/// <summary>A socket's sending side, whose reader can be made to stand still, read on, or go away.</summary>
public sealed class SlowStream : Stream
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly MemoryStream _sent = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private TaskCompletionSource _flowing = new();
    private Exception? _broken;

    public SlowStream() => _flowing.SetResult();

    /// <summary>How many writes got through.</summary>
    public int Writes { get; private set; }

    public byte[] Sent
    {
        get
        {
            lock (_lock) return _sent.ToArray();
        }
    }

    /// <summary>From now on nothing gets through.</summary>
    public void StandStill() => _flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReadOn() => _flowing.TrySetResult();

    /// <summary>The next write fails, and the one that is under way.</summary>
    public void Break(Exception how)
    {
        _broken = how;
        ReadOn();
    }

    /// <summary>Waits until so many bytes got through.</summary>
    public async Task<byte[]> Received(long bytes)
    {
        while (Sent.Length < bytes)
        {
            if (!await _arrived.WaitAsync(Patience)) Assert.Fail($"Only {Sent.Length} of {bytes} bytes arrived.");
        }

        return Sent;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _flowing.Task.WaitAsync(cancellationToken);
        if (_broken is not null) throw _broken;
        lock (_lock)
        {
            _sent.Write(buffer.Span);
            Writes++;
        }

        _arrived.Release();
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
        _arrived.Dispose();
        _sent.Dispose();
        base.Dispose(disposing);
    }
}
