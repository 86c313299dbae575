using System.Diagnostics.CodeAnalysis;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// What goes out to one socket. While nothing waits, a frame is written at once, by whoever sends it. What the wire does
/// not take without waiting is queued, bounded in bytes, and written by one writer, which ends when nothing is left: so
/// a slow socket holds nobody else, and an idle one holds no queue, no task, no buffer and no timer. Everything here
/// may be called from any thread.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without a timer has nothing to dispose.")]
public sealed partial class Outbox : IThreadPoolWorkItem
{
    /// <summary>Some 5,000 chat messages: a reader that far behind does better to come again and resume by number.</summary>
    public const long DefaultLimit = 1 << 20;

    /// <summary>What a frame weighs besides its bytes, its place in the queue: a flood of tiny frames is bounded too.</summary>
    public const int Place = 16;

    private readonly IWire wire; // and the lock: an object fewer on the way of every frame
    private readonly TimeProvider time;
    private readonly SocketTraffic? traffic;
    private readonly long limit;

    // What follows is guarded by the lock. What few sockets ever need is made when they need it.
    private Queue<ReadOnlyMemory<byte>>? queued;
    private Queue<ReadOnlyMemory<byte>>? spare; // the writer's, and empty whenever it asks for more
    private long waiting; // the weight of both queues and of what is being written
    private bool writing;
    private bool shut; // overflowed, closing or dead
    private bool dead; // the wire broke, or the close took too long
    private Drains? drains;
    private CancellationTokenSource? broken;
    private TaskCompletionSource<bool>? lastWritten; // there since Close: whether all was written
    private Task<bool>? closed;

    public Outbox(IWire wire, TimeProvider time, long limit = DefaultLimit, SocketTraffic? traffic = null) =>
        (this.wire, this.time, this.limit, this.traffic) = (wire, time, limit, traffic);

    /// <summary>Bytes that wait or are being written, with the places that they take.</summary>
    public long Waiting => Interlocked.Read(ref waiting);

    /// <summary>
    /// A frame was refused for want of room. Since its successors must not overtake it, nothing more is taken: the owner
    /// closes with 4008, and the client resumes.
    /// </summary>
    public bool Overflowed { get; private set; }

    /// <summary>The wire broke, or a close ran out of time: nothing more will be written.</summary>
    public bool IsBroken => Volatile.Read(ref dead);

    /// <summary>Cancelled when <see cref="IsBroken"/>.</summary>
    public CancellationToken Broken
    {
        get
        {
            lock (wire) return dead ? new CancellationToken(canceled: true) : (broken ??= new()).Token;
        }
    }

    /// <summary>
    /// Sends what must arrive: an answer, an event of the log. False when it was not taken, since there is no room for
    /// it or the outbox is shut. A frame larger than the limit is taken when nothing else waits.
    /// </summary>
    /// <param name="then">Done at once when it was taken; what this sends comes after the frame. See <see cref="TryPlace"/>.</param>
    public bool Send(ReadOnlyMemory<byte> frame, Action? then = null)
    {
        bool start;
        lock (wire)
        {
            if (shut) return false;
            if (waiting > 0 && waiting + Weight(frame) > limit)
            {
                Overflowed = true;
                Shut();
                return false;
            }

            start = Take(frame, then);
        }

        Go(start, then);
        return true;
    }

    /// <summary>Sends passing news, unless more than half of the limit waits. False when it was dropped.</summary>
    public bool Offer(ReadOnlyMemory<byte> frame)
    {
        bool start;
        lock (wire)
        {
            if (shut || waiting > limit / 2 || waiting + Weight(frame) > limit) return false;
            start = Take(frame);
        }

        if (start) StartWriter();
        return true;
    }

    /// <summary>Whether so many bytes may come at once; what is more is replayed from the log, as the client reads.</summary>
    public bool TakesAtOnce(long bytes) => bytes <= AtOnce && !wire.HasEnded;

    private long AtOnce => limit / 4;

    /// <summary>Waits until <see cref="TryPlace"/> may be tried; false when the outbox is shut.</summary>
    public Task<bool> PlaceFor(ReadOnlyMemory<byte> frame) => Drained(PlaceBelow(frame), default);

    /// <summary>
    /// Sends what can wait, a piece of replay or an answer, unless too much waits already: however many rooms are
    /// replayed at once, and however much was asked for, it comes as the client reads and never makes the outbox
    /// overflow. False when it was not taken.
    /// </summary>
    /// <param name="then">
    /// Done at once when it was taken; what this sends comes after the frame. Unless the writer is at work already, the
    /// frame leaves after it: whoever reads an answer finds that what it says is so.
    /// </param>
    public bool TryPlace(ReadOnlyMemory<byte> frame, Action? then = null)
    {
        bool start;
        lock (wire)
        {
            if (shut || waiting >= PlaceBelow(frame)) return false;
            start = Take(frame, then);
        }

        Go(start, then);
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
        lock (wire)
        {
            if (shut) return false;
            if (waiting < below) return true;
            drained = (drains ??= new()).Add(below);
        }

        try
        {
            return await drained.WaitAsync(cancel);
        }
        finally
        {
            lock (wire) drains?.Remove(drained);
        }
    }

    /// <summary>
    /// Takes nothing more, writes what waits and then a close frame. False when that did not come about, since the wire
    /// broke or the time ran out: then the owner aborts the connection. A second close changes nothing and waits for the first.
    /// </summary>
    public Task<bool> Close(int code, string reason, TimeSpan within)
    {
        var start = false;
        lock (wire)
        {
            if (closed is not null) return closed;
            if (dead) return closed = Task.FromResult(false);
            Shut();
            lastWritten = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            start = Take(Frames.Close(code, reason)) || MustStart(); // whoever holds now holds nothing up
            if (!writing) lastWritten.TrySetResult(true);
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
}
