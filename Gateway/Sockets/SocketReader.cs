using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace OrleansChat.Gateway.Sockets;

/// <summary>What comes over a socket, straight from it. While it waits it holds no buffer but for what is unread.</summary>
/// <remarks>Input that breaks, or whose socket is closed, has ended.</remarks>
public sealed class SocketReader(Socket socket) : PipeReader
{
    private const int Least = 4096; // bytes for which there is place before a read

    private byte[] buffer = [];
    private int begin;     // of what is unread
    private int end;
    private bool waits;    // for more than is there, since all of that was looked at
    private bool ended;
    private bool kept;
    private CancellationTokenSource wakeUp = new();

    /// <summary>From now on it is not completed by who reads it.</summary>
    internal void Keep() => kept = true;

    public override bool TryRead(out ReadResult result)
    {
        var cancelled = wakeUp.IsCancellationRequested;
        if (cancelled) wakeUp = new();
        result = new(new(buffer, begin, end - begin), cancelled, ended);
        return cancelled || ended || (end > begin && !waits);
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        TryRead(out var result) ? new(result) : Wait(cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> Wait(CancellationToken cancel)
    {
        using var awake = cancel.UnsafeRegister(static reader => ((SocketReader)reader!).CancelPendingRead(), this);
        ReadResult result;
        do
        {
            try
            {
                await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, wakeUp.Token);
                Receive();
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                ended |= e is not OperationCanceledException;
                if (!cancel.IsCancellationRequested) continue;
                wakeUp = new();
                throw new OperationCanceledException(cancel);
            }
        }
        while (!TryRead(out result));
        return result;
    }

    private void Receive()
    {
        MakePlace();
        var count = socket.Receive(buffer.AsSpan(end), SocketFlags.None, out var error);
        if (error is SocketError.WouldBlock) return;
        ended = count == 0 || error is not SocketError.Success;
        end += count;
        waits = false;
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
        waits = unread.Slice(examined).IsEmpty;
        begin = end - (int)unread.Slice(consumed).Length;
        if (begin < end) return;
        Return();
        (buffer, begin, end) = ([], 0, 0);
    }

    /// <summary>The read that is under way, or the next one, is cancelled. May be called from any thread.</summary>
    public override void CancelPendingRead() => wakeUp.Cancel();

    /// <summary>What is unread is left to the garbage collector: a read that nobody waits for any more may still be using it.</summary>
    public override void Complete(Exception? exception = null)
    {
        if (!kept) (buffer, begin, end, ended) = ([], 0, 0, true);
    }

    private void Return()
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }
}
