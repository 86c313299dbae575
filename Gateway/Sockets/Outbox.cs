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

    private readonly Lock gate = new();
    private readonly CancellationTokenSource broken = new();
    private readonly FrameWriter writer;
    private readonly TimeProvider time;
    private readonly long limit;

    private Queue<ReadOnlyMemory<byte>> taken = new(); // the writer's alone

    // What follows is guarded by the lock.
    private Queue<ReadOnlyMemory<byte>> queued = new();
    private long waiting; // the weight of both queues and of what is being written
    private bool writing;
    private bool shut; // overflowed, closing or dead
    private bool dead; // the stream broke, or the close took too long
    private readonly Drains drains = new();
    private TaskCompletionSource<bool>? lastWritten; // there since Close: whether all was written
    private Task<bool>? closed;

    public Outbox(Stream stream, TimeProvider time, long limit = DefaultLimit, SocketTraffic? traffic = null) =>
        (writer, this.time, this.limit) = (new FrameWriter(stream, traffic), time, limit);

    /// <summary>Bytes that wait or are being written, with the places that they take.</summary>
    public long Waiting => Interlocked.Read(ref waiting);

    /// <summary>
    /// A frame was refused for want of room. Since its successors must not overtake it, nothing more is taken: the owner
    /// closes with 4008, and the client resumes.
    /// </summary>
    public bool Overflowed { get; private set; }

    /// <summary>Cancelled when the stream breaks or a close runs out of time: nothing more will be written.</summary>
    public CancellationToken Broken => broken.Token;

    /// <summary>
    /// Enqueues what must arrive: an answer, an event of the log. False when it was not taken, since there is no room for
    /// it or the outbox is shut. A frame larger than the limit is taken when nothing else waits.
    /// </summary>
    public bool Send(ReadOnlyMemory<byte> frame)
    {
        bool start;
        lock (gate)
        {
            if (shut) return false;
            if (waiting > 0 && waiting + Weight(frame) > limit)
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
        lock (gate)
        {
            if (shut || waiting > limit / 2 || waiting + Weight(frame) > limit) return false;
            start = Enqueue(frame);
        }

        if (start) StartWriter();
        return true;
    }

    /// <summary>Bytes that may come at once; what is more is replayed from the log, as the client reads.</summary>
    public long AtOnce => limit / 4;

    /// <summary>Waits until <see cref="TryPlace"/> may be tried; false when the outbox is shut.</summary>
    public Task<bool> PlaceFor(ReadOnlyMemory<byte> frame) => Drained(PlaceBelow(frame), Broken);

    /// <summary>
    /// Enqueues what can wait, a piece of replay or an answer, unless too much waits already: however many rooms are
    /// replayed at once, and however much was asked for, it comes as the client reads and never makes the outbox
    /// overflow. False when it was not taken.
    /// </summary>
    public bool TryPlace(ReadOnlyMemory<byte> frame)
    {
        bool start;
        lock (gate)
        {
            if (shut || waiting >= PlaceBelow(frame)) return false;
            start = Enqueue(frame);
        }

        if (start) StartWriter();
        return true;
    }

    private long PlaceBelow(ReadOnlyMemory<byte> frame) => Math.Max(1, Math.Min(AtOnce, limit - Weight(frame)));

    /// <summary>
    /// Waits until fewer than <paramref name="below"/> bytes wait: replay goes on as the client reads. False when the
    /// outbox is shut, and there is no sense in going on.
    /// </summary>
    public async Task<bool> Drained(long below, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(below, 1);
        Task<bool> drained;
        lock (gate)
        {
            if (shut) return false;
            if (waiting < below) return true;
            drained = drains.Add(below);
        }

        try
        {
            return await drained.WaitAsync(cancel);
        }
        finally
        {
            lock (gate) drains.Remove(drained);
        }
    }

    /// <summary>
    /// Takes nothing more, writes what waits and then a close frame. False when that did not come about, since the stream
    /// broke or the time ran out: then the owner aborts the connection. A second close changes nothing and waits for the first.
    /// </summary>
    public Task<bool> Close(int code, string reason, TimeSpan within)
    {
        var start = false;
        lock (gate)
        {
            if (closed is not null) return closed;
            if (dead) return closed = Task.FromResult(false);
            Shut();
            lastWritten = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            start = Enqueue(Frames.Close(code, reason));
            closed = LastWritten(lastWritten.Task, within);
        }

        if (start) StartWriter();
        return closed;
    }

    private async Task<bool> LastWritten(Task<bool> written, TimeSpan within)
    {
        try
        {
            return await written.WaitAsync(within, time);
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
        queued.Enqueue(frame);
        waiting += Weight(frame);
        return !writing && (writing = true);
    }

    private void Shut()
    {
        shut = true;
        drains.GiveUp();
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
                while (taken.Count > 0) Written(await writer.Write(taken, Broken));
            }
        }
        catch (Exception)
        {
            // Whatever a stream throws, it will take nothing more; the reader sees the same break.
            taken.Clear();
            Break();
        }
    }

    /// <summary>Takes over all that is queued; with nothing left the writer ends.</summary>
    private bool TakeQueued()
    {
        lock (gate)
        {
            if (queued.Count > 0)
            {
                (queued, taken) = (taken, queued);
                return true;
            }

            if (queued.Capacity > KeptPlaces) queued = new();
            if (taken.Capacity > KeptPlaces) taken = new();
            writing = false;
            lastWritten?.TrySetResult(true);
            return false;
        }
    }

    private void Written(FrameWriter.Batch batch)
    {
        lock (gate)
        {
            if (dead) return;
            waiting -= batch.Bytes + (batch.Frames * Place);
            drains.Reach(waiting);
        }
    }

    private void Break()
    {
        lock (gate)
        {
            if (dead) return;
            dead = true;
            Shut();
            queued = new();
            waiting = 0;
            lastWritten?.TrySetResult(false);
        }

        broken.Cancel();
    }
}
