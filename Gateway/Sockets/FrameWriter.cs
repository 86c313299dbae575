using System.Buffers;

namespace OrleansChat.Gateway.Sockets;

/// <summary>Writes frames to a stream that sends what it is given at once, many small ones in one write.</summary>
internal sealed class FrameWriter(Stream stream, SocketTraffic? traffic)
{
    /// <summary>Enough to spread a write's fixed cost over some hundred frames, and one record of TLS.</summary>
    private const int OneWrite = 16 * 1024;

    /// <summary>Writes the first frame of the queue, and as many after it as go into the same write.</summary>
    public async ValueTask<Batch> Write(Queue<ReadOnlyMemory<byte>> frames, CancellationToken cancel)
    {
        var first = frames.Dequeue();
        if (!frames.TryPeek(out var next) || first.Length + next.Length > OneWrite)
        {
            await stream.WriteAsync(first, cancel);
            return Count(new Batch(1, first.Length));
        }

        var gathered = ArrayPool<byte>.Shared.Rent(OneWrite);
        var batch = Gather(first, frames, gathered.AsSpan(0, OneWrite));
        await stream.WriteAsync(gathered.AsMemory(0, batch.Bytes), cancel);
        // Only now: a stream that failed might still read from it.
        ArrayPool<byte>.Shared.Return(gathered);
        return Count(batch);
    }

    private static Batch Gather(ReadOnlyMemory<byte> first, Queue<ReadOnlyMemory<byte>> frames, Span<byte> into)
    {
        first.Span.CopyTo(into);
        var (count, length) = (1, first.Length);
        while (frames.TryPeek(out var next) && length + next.Length <= into.Length)
        {
            next.Span.CopyTo(into[length..]);
            length += next.Length;
            count++;
            frames.Dequeue();
        }

        return new Batch(count, length);
    }

    private Batch Count(Batch batch)
    {
        traffic?.Sent(batch.Frames, batch.Bytes);
        return batch;
    }

    /// <summary>What went in one write.</summary>
    public readonly record struct Batch(int Frames, int Bytes);
}
