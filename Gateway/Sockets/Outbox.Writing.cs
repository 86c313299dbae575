namespace OrleansChat.Gateway.Sockets;

/// <content>Frames on their way: at once where the wire takes them, else by the one writer.</content>
public sealed partial class Outbox
{
    /// <summary>Looked at once in a while: queues that are empty, however large a burst made them, are given back.</summary>
    public void Tidy()
    {
        if (Volatile.Read(ref queued) is null) return;
        lock (wire)
        {
            if (!writing && queued is not { Count: > 0 }) queued = spare = null;
        }
    }

    /// <summary>Writes a frame at once where nothing waits before it, and queues what is left of it.</summary>
    /// <returns>Whether the writer must be started.</returns>
    private bool Take(ReadOnlyMemory<byte> frame)
    {
        if (!writing && holders == 0 && WriteNow(ref frame)) return false;
        return Enqueue(frame);
    }

    /// <summary>More than goes into one write is not held any longer.</summary>
    private bool Enqueue(ReadOnlyMemory<byte> frame)
    {
        (queued ??= new()).Enqueue(frame);
        waiting += Weight(frame);
        return (holders == 0 || waiting > FrameWriter.OneWrite) && MustStart();
    }

    private bool MustStart() => !writing && queued is { Count: > 0 } && (writing = true);

    /// <returns>Whether nothing is left to be written.</returns>
    private bool WriteNow(ref ReadOnlyMemory<byte> frame)
    {
        if (!wire.TryWrite(frame.Span, out var written))
        {
            Die(); // the frame is lost like all that was on its way
            return true;
        }

        frame = frame[written..];
        if (written > 0) traffic?.Sent(frame.IsEmpty ? 1 : 0, written);
        return frame.IsEmpty;
    }

    private void Shut()
    {
        shut = true;
        drains?.GiveUp();
    }

    // Not on the sender's thread, and outside the lock: a stream may have much to do before it has to wait.
    private void StartWriter() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute() => _ = Write();

    private async Task Write()
    {
        try
        {
            while (TakeQueued() is { } frames)
            {
                while (frames.Count > 0) Written(await wire.WriteNext(frames, Broken));
            }
        }
        catch (Exception)
        {
            // Whatever a wire throws, it will take nothing more; the reader sees the same break.
            Break();
        }
    }

    /// <summary>Takes over all that is queued; with nothing left the writer ends.</summary>
    private Queue<ReadOnlyMemory<byte>>? TakeQueued()
    {
        lock (wire)
        {
            if (queued is { Count: > 0 })
            {
                (queued, spare) = (spare, queued);
                return spare;
            }

            writing = false;
            lastWritten?.TrySetResult(true);
            return null;
        }
    }

    private void Written(FrameWriter.Batch batch)
    {
        traffic?.Sent(batch.Frames, batch.Bytes);
        lock (wire)
        {
            if (dead) return;
            waiting -= batch.Bytes + (batch.Frames * Place);
            drains?.Reach(waiting);
        }
    }

    private void Break()
    {
        lock (wire)
        {
            if (!dead) Die();
        }
    }

    private void Die()
    {
        dead = true;
        Shut();
        (queued, spare, waiting) = (null, null, 0);
        lastWritten?.TrySetResult(false);
        _ = broken?.CancelAsync(); // never on the caller's thread, who may hold a room's lock
    }
}
