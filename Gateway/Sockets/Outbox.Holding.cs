namespace OrleansChat.Gateway.Sockets;

/// <content>Frames that gather for one write; see <see cref="Sockets.Hold"/>.</content>
public sealed partial class Outbox
{
    [ThreadStatic]
    private static byte[]? scratch; // for what is gathered into one write

    private int holders; // while there are any, frames gather; the lock guards it

    /// <summary>
    /// From now on frames gather, until everyone who holds has let go: then they leave in one write. Whoever holds does
    /// not wait for anything meanwhile.
    /// </summary>
    public void Hold()
    {
        lock (wire) holders++;
    }

    /// <summary>What has gathered leaves now, unless somebody else holds.</summary>
    public void LetGo()
    {
        bool start;
        lock (wire) start = --holders == 0 && !writing && WriteGathered();
        if (start) StartWriter();
    }

    /// <summary>Takes a frame, and holds it back where something is to be done before it leaves.</summary>
    /// <returns>Whether the writer must be started.</returns>
    private bool Take(ReadOnlyMemory<byte> frame, Action? then)
    {
        if (then is not null) holders++;
        return Take(frame);
    }

    private void Go(bool start, Action? then)
    {
        try
        {
            then?.Invoke();
        }
        finally
        {
            if (then is not null) LetGo();
            if (start) StartWriter();
        }
    }

    /// <summary>Writes the queue at once, or as much of it as the wire takes.</summary>
    /// <returns>Whether the writer must be started.</returns>
    private bool WriteGathered()
    {
        if (queued is not { Count: > 0 } frames) return false;
        var rest = frames.Peek();
        if (frames.Count > 1)
        {
            if (waiting > FrameWriter.OneWrite) return MustStart();
            rest = FrameWriter.Gather(frames, scratch ??= new byte[FrameWriter.OneWrite]);
        }

        var (count, bytes) = (frames.Count, rest.Length);
        if (!wire.TryWrite(rest.Span, out var written))
        {
            Die();
            return false;
        }

        if (written == 0) return MustStart();
        frames.Clear();
        waiting -= bytes + (count * Place);
        traffic?.Sent(written == bytes ? count : count - 1, written);
        drains?.Reach(waiting);
        return written < bytes && Enqueue(count == 1 ? rest[written..] : rest[written..].ToArray());
    }
}
