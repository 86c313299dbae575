using System.Buffers;

namespace OrleansChat.Gateway.Sockets;

/// <summary>Writes frames that had to wait, many small ones in one write.</summary>
internal static class FrameWriter
{
    /// <summary>Enough to spread a write's fixed cost over some hundred frames, and one record of TLS.</summary>
    public const int OneWrite = 16 * 1024;

    /// <summary>Writes the first frame of the queue, and as many after it as go into the same write.</summary>
    public static async ValueTask<Batch> WriteNext(this IWire wire, Queue<ReadOnlyMemory<byte>> frames, CancellationToken cancel)
    {
        var first = frames.Dequeue();
        if (!frames.TryPeek(out var next) || first.Length + next.Length > OneWrite)
        {
            await wire.Write(first, cancel);
            return new Batch(1, first.Length);
        }

        var gathered = ArrayPool<byte>.Shared.Rent(OneWrite);
        var batch = Gather(first, frames, gathered.AsSpan(0, OneWrite));
        await wire.Write(gathered.AsMemory(0, batch.Bytes), cancel);
        // Only now: a wire that failed might still read from it.
        ArrayPool<byte>.Shared.Return(gathered);
        return batch;
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

    /// <summary>Copies the frames of a queue, all of which fit, behind each other.</summary>
    public static ReadOnlyMemory<byte> Gather(Queue<ReadOnlyMemory<byte>> frames, byte[] into)
    {
        var length = 0;
        foreach (var frame in frames)
        {
            frame.CopyTo(into.AsMemory(length));
            length += frame.Length;
        }

        return into.AsMemory(0, length);
    }

    /// <summary>What went in one write.</summary>
    public readonly record struct Batch(int Frames, int Bytes);
}
