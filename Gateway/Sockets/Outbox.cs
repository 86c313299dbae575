using System.Diagnostics.CodeAnalysis;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// The frames that wait for one socket, bounded in bytes, and the writing of them. The writer runs only while there is
/// something to write: an idle socket holds no task, no buffer and no timer. Whoever sends only enqueues, so that a slow
/// socket holds nobody else. Everything here may be called from any thread.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without a timer has nothing to dispose.")]
public sealed class Outbox : IThreadPoolWorkItem
{
    /// <summary>Some 5,000 chat messages: a reader that far behind does better to come again and resume by number.</summary>
    public const long DefaultLimit = 1 << 20;

    /// <summary>What a frame weighs besides its bytes, its place in the queue: a flood of tiny frames is bounded too.</summary>
    public const int Place = 16;

    /// <summary>The places that a queue keeps when it is empty; an array that a burst made larger is given back.</summary>
    private const int KeptPlaces = 16;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _broken = new();
    private readonly FrameWriter _writer;
    private readonly TimeProvider _time;
    private readonly long _limit;

    private Queue<ReadOnlyMemory<byte>> _taken = new(); // the writer's alone

    // What follows is guarded by the lock.
    private Queue<ReadOnlyMemory<byte>> _queued = new();
    private long _waiting; // the weight of both queues and of what is being written
    private bool _writing;
    private bool _shut; // overflowed, closing or dead
    private bool _dead; // the stream broke, or the close took too long
    private readonly Drains _drains = new();
    private TaskCompletionSource<bool>? _lastWritten; // there since Close: whether all was written
    private Task<bool>? _closed;

    public Outbox(Stream stream, TimeProvider time, long limit = DefaultLimit, SocketTraffic? traffic = null) =>
        (_writer, _time, _limit) = (new FrameWriter(stream, traffic), time, limit);

    /// <summary>Bytes that wait or are being written, with the places that they take.</summary>
    public long Waiting => Interlocked.Read(ref _waiting);

    /// <summary>
    /// A frame was refused for want of room. Since its successors must not overtake it, nothing more is taken: the owner
    /// closes with 4008, and the client resumes.
    /// </summary>
    public bool Overflowed { get; private set; }

    /// <summary>Cancelled when the stream breaks or a close runs out of time: nothing more will be written.</summary>
    public CancellationToken Broken => _broken.Token;

    /// <summary>
    /// Enqueues what must arrive: an answer, an event of the log. False when it was not taken, since there is no room for
    /// it or the outbox is shut. A frame larger than the limit is taken when nothing else waits.
    /// </summary>
    public bool Send(ReadOnlyMemory<byte> frame)
    {
        bool start;
        lock (_lock)
        {
            if (_shut) return false;
            if (_waiting > 0 && _waiting + Weight(frame) > _limit)
            {
                Overflowed = true;
                Shut();
                return false;
            }

            start = Enqueue(frame);
        }

        if (start) StartWriter();
        return true;
    }

    /// <summary>Enqueues passing news, unless more than half of the limit waits. False when it was dropped.</summary>
    public bool Offer(ReadOnlyMemory<byte> frame)
    {
        bool start;
        lock (_lock)
        {
            if (_shut || _waiting > _limit / 2 || _waiting + Weight(frame) > _limit) return false;
            start = Enqueue(frame);
        }

        if (start) StartWriter();
        return true;
    }

    /// <summary>
    /// Waits until fewer than <paramref name="below"/> bytes wait: replay goes on as the client reads. False when the
    /// outbox is shut, and there is no sense in going on.
    /// </summary>
    public async Task<bool> Drained(long below, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(below, 1);
        Task<bool> drained;
        lock (_lock)
        {
            if (_shut) return false;
            if (_waiting < below) return true;
            drained = _drains.Add(below);
        }

        try
        {
            return await drained.WaitAsync(cancel);
        }
        finally
        {
            lock (_lock) _drains.Remove(drained);
        }
    }

    /// <summary>
    /// Takes nothing more, writes what waits and then a close frame. False when that did not come about, since the stream
    /// broke or the time ran out: then the owner aborts the connection. A second close changes nothing and waits for the first.
    /// </summary>
    public Task<bool> Close(int code, string reason, TimeSpan within)
    {
        var start = false;
        lock (_lock)
        {
            if (_closed is not null) return _closed;
            if (_dead) return _closed = Task.FromResult(false);
            Shut();
            _lastWritten = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            start = Enqueue(Frames.Close(code, reason));
            _closed = LastWritten(_lastWritten.Task, within);
        }

        if (start) StartWriter();
        return _closed;
    }

    private async Task<bool> LastWritten(Task<bool> written, TimeSpan within)
    {
        try
        {
            return await written.WaitAsync(within, _time);
        }
        catch (TimeoutException)
        {
            Break();
            return false;
        }
    }

    private static long Weight(ReadOnlyMemory<byte> frame) => frame.Length + Place;

    /// <returns>Whether the writer must be started.</returns>
    private bool Enqueue(ReadOnlyMemory<byte> frame)
    {
        _queued.Enqueue(frame);
        _waiting += Weight(frame);
        return !_writing && (_writing = true);
    }

    private void Shut()
    {
        _shut = true;
        _drains.GiveUp();
    }

    // Not on the sender's thread, and outside the lock: waking a thread is the dear part of sending.
    private void StartWriter() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute() => _ = Write();

    private async Task Write()
    {
        try
        {
            while (TakeQueued())
            {
                while (_taken.Count > 0) Written(await _writer.Write(_taken, Broken));
            }
        }
        catch (Exception)
        {
            // Whatever a stream throws, it will take nothing more; the reader sees the same break.
            _taken.Clear();
            Break();
        }
    }

    /// <summary>Takes over all that is queued; with nothing left the writer ends.</summary>
    private bool TakeQueued()
    {
        lock (_lock)
        {
            if (_queued.Count > 0)
            {
                (_queued, _taken) = (_taken, _queued);
                return true;
            }

            if (_queued.Capacity > KeptPlaces) _queued = new();
            if (_taken.Capacity > KeptPlaces) _taken = new();
            _writing = false;
            _lastWritten?.TrySetResult(true);
            return false;
        }
    }

    private void Written(FrameWriter.Batch batch)
    {
        lock (_lock)
        {
            if (_dead) return;
            _waiting -= batch.Bytes + (batch.Frames * Place);
            _drains.Reach(_waiting);
        }
    }

    private void Break()
    {
        lock (_lock)
        {
            if (_dead) return;
            _dead = true;
            Shut();
            _queued = new();
            _waiting = 0;
            _lastWritten?.TrySetResult(false);
        }

        _broken.Cancel();
    }
}
