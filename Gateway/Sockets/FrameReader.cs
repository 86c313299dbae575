using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// Reads a client's frames (RFC 6455, no extensions) and gives whole text messages and control frames. A length over
/// the limit is refused on its header, before the payload is read. An idle connection holds no buffer; a busy one holds
/// at most its message (up to twice that for the moment in which the buffer grows) and a segment of 4 KiB.
/// </summary>
public sealed class FrameReader : IDisposable
{
    private readonly PipeReader input;
    private readonly TimeProvider time;
    private readonly SocketTraffic? traffic;
    private readonly FrameAssembly frames;
    private long unread; // bytes that came but wait for the rest of a header or control frame
    private long lastReceived;
    private bool over;

    public FrameReader(Stream stream, int maxMessage, TimeProvider time, SocketTraffic? traffic = null)
        : this(Wires.Reading(stream), maxMessage, time, traffic)
    {
    }

    /// <param name="input">Stays its owner's. While it waits it is to hold no buffer.</param>
    public FrameReader(PipeReader input, int maxMessage, TimeProvider time, SocketTraffic? traffic = null)
    {
        (this.input, frames, this.time, this.traffic) = (input, new FrameAssembly(maxMessage), time, traffic);
        lastReceived = time.GetTimestamp();
    }

    /// <summary>When the last bytes came (a timestamp of the time provider); before any, when the reader was made.</summary>
    public long LastReceived => Volatile.Read(ref lastReceived);

    /// <summary>For how long nothing came. May be asked from any thread.</summary>
    public TimeSpan Silence => time.GetElapsedTime(LastReceived);

    /// <summary>
    /// The next message or control frame. Input that breaks has ended. After a close, a violation or the end there is
    /// only the end. One read at a time.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was; reading may go on later.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Received> ReadMessage(CancellationToken cancel)
    {
        frames.ReleaseText();
        while (!over)
        {
            ReadResult read;
            try
            {
                read = await this.input.ReadAsync(cancel);
            }
            catch (Exception broken) when (IsBreak(broken, cancel))
            {
                break;
            }

            if (read.IsCanceled)
            {
                this.input.AdvanceTo(read.Buffer.Start);
                return Received.Interrupted;
            }

            var input = read.Buffer;
            Note(input.Length);
            var received = frames.Take(ref input);
            unread = input.Length;
            // What follows a message is left unexamined, so that the next read finds it at once.
            this.input.AdvanceTo(input.Start, received is null ? input.End : input.Start);
            if (received is { } whole) return Count(whole);
            if (read.IsCompleted) break;
        }

        over = true;
        return Received.End;
    }

    /// <summary>The read that is under way, or the next one, is interrupted. May be called from any thread; the reader goes on on its own.</summary>
    public void Interrupt() => ThreadPool.UnsafeQueueUserWorkItem(static input => input.CancelPendingRead(), input, preferLocal: false);

    /// <summary>
    /// Reads and forgets whatever still comes, until the end. Closing a socket with unread bytes resets it, and the
    /// reset may overtake the close frame: so after a violation the owner lets the client read why, for a bounded time.
    /// </summary>
    public async Task Discard(CancellationToken cancel)
    {
        over = true;
        frames.Dispose();
        try
        {
            ReadResult read;
            do
            {
                read = await input.ReadAsync(cancel);
                input.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);
        }
        catch (Exception broken) when (IsBreak(broken, default))
        {
        }
    }

    /// <summary>Gives the message's memory back. Not while a read is under way.</summary>
    public void Dispose() => frames.Dispose();

    // Kestrel tells of an aborted connection by a cancellation that nobody here asked for.
    private static bool IsBreak(Exception exception, CancellationToken cancel) =>
        exception is IOException or ObjectDisposedException
        || (exception is OperationCanceledException && !cancel.IsCancellationRequested);

    private void Note(long buffered)
    {
        if (buffered == unread) return;
        Volatile.Write(ref lastReceived, time.GetTimestamp());
        traffic?.Received(buffered - unread);
    }

    private Received Count(Received received)
    {
        if (received.Kind == ReceivedKind.Text) traffic?.ReceivedMessage();
        over = received.Kind is ReceivedKind.Close or ReceivedKind.Violation;
        return received;
    }
}
