using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace OrleansChat.Gateway.Sockets;

/// <summary>What comes over a socket, straight from it. While it waits it holds no buffer but for what is unread.</summary>
/// <remarks>
/// Input that breaks, or whose socket is closed, has ended. A wait may be called off while the socket is still listened
/// to: then what comes stays there for the next read.
/// </remarks>
public sealed class SocketReader : PipeReader, IValueTaskSource<ReadResult>
{
    private const int Least = 4096; // bytes for which there is place before a read

    private readonly Socket socket;
    private readonly Arrival arrival;
    private ManualResetValueTaskSourceCore<bool> woken; // by whoever ends the wait
    private byte[] buffer = [];
    private int begin;      // of what is unread
    private int end;
    private bool examined;  // all that is there; the reader waits for more
    private bool ended;
    private bool kept;
    private bool cancelled;
    private bool waiting;   // whoever takes it back ends the wait, and until then the buffer is theirs
    private bool listening; // the socket will tell when something has come

    public SocketReader(Socket socket) => (this.socket, arrival) = (socket, new(this));

    /// <summary>From now on it is not completed by who reads it.</summary>
    internal void Keep() => kept = true;

    public override bool TryRead(out ReadResult result)
    {
        var calledOff = Volatile.Read(ref cancelled) && Interlocked.Exchange(ref cancelled, false);
        result = new(new(buffer, begin, end - begin), calledOff, ended);
        return calledOff || ended || (end > begin && !examined);
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        TryRead(out var result) ? new(result)
        : cancellationToken.CanBeCanceled ? WaitUntil(cancellationToken)
        : Wait();

    private async ValueTask<ReadResult> WaitUntil(CancellationToken cancel)
    {
        using var awake = cancel.UnsafeRegister(static reader => ((SocketReader)reader!).CancelPendingRead(), this);
        var result = await Wait();
        return result.IsCanceled && cancel.IsCancellationRequested ? throw new OperationCanceledException(cancel) : result;
    }

    private ValueTask<ReadResult> Wait()
    {
        woken.Reset();
        var wait = new ValueTask<ReadResult>(this, woken.Version);
        if (!WaitOn()) Listen();
        return wait;
    }

    /// <returns>Whether that was in vain: the wait has been called off.</returns>
    private bool WaitOn()
    {
        Interlocked.Exchange(ref waiting, true);
        if (!Volatile.Read(ref cancelled)) return false;
        Wake();
        return true;
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref waiting, false)) woken.SetResult(true);
    }

    /// <summary>Lets the socket tell when something has come, unless it will anyway.</summary>
    private void Listen()
    {
        while (!Interlocked.Exchange(ref listening, true))
        {
            if (WillTell() || Hear()) return;
        }
    }

    /// <summary>False: there is something already.</summary>
    private bool WillTell()
    {
        try
        {
            return socket.ReceiveAsync(arrival);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Something has come, it seems.</summary>
    /// <returns>Whether that ends the wait, if there still is one.</returns>
    private bool Hear()
    {
        Volatile.Write(ref listening, false);
        if (!Interlocked.Exchange(ref waiting, false)) return true;
        if (!Receive()) return WaitOn();
        woken.SetResult(true);
        return true;
    }

    /// <returns>Whether there was something, if only the end.</returns>
    private bool Receive()
    {
        try
        {
            MakePlace();
            var count = socket.Receive(buffer.AsSpan(end), SocketFlags.None, out var error);
            if (error is SocketError.WouldBlock) return false;
            ended = count == 0 || error is not SocketError.Success;
            end += count;
            examined = false;
        }
        catch (ObjectDisposedException)
        {
            ended = true;
        }

        return true;
    }

    private void MakePlace()
    {
        if (buffer.Length - end >= Least) return;
        var unread = buffer.AsSpan(begin, end - begin);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Least, 2 * unread.Length) + unread.Length);
        unread.CopyTo(larger);
        (begin, end) = (0, unread.Length);
        Return();
        buffer = larger;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var unread = new ReadOnlySequence<byte>(buffer, begin, end - begin);
        this.examined = unread.Slice(examined).IsEmpty;
        begin = end - (int)unread.Slice(consumed).Length;
        if (begin < end) return;
        Return();
        (buffer, begin, end) = ([], 0, 0);
    }

    /// <summary>The read that is under way, or the next one, is cancelled. May be called from any thread.</summary>
    public override void CancelPendingRead()
    {
        Volatile.Write(ref cancelled, true);
        Wake();
    }

    /// <summary>What is unread is left to the garbage collector: a read that nobody waits for any more may still be using it.</summary>
    public override void Complete(Exception? exception = null)
    {
        if (!kept) (buffer, begin, end, ended) = ([], 0, 0, true);
    }

    private void Return()
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token)
    {
        woken.GetResult(token);
        TryRead(out var result);
        return result;
    }

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => woken.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        woken.OnCompleted(continuation, state, token, flags);

    /// <summary>A receive of no bytes: the socket tells when some have come, and nothing lies ready for them until then.</summary>
    private sealed class Arrival(SocketReader reader) : SocketAsyncEventArgs(unsafeSuppressExecutionContextFlow: true)
    {
        protected override void OnCompleted(SocketAsyncEventArgs e)
        {
            if (!reader.Hear()) reader.Listen();
        }
    }
}
