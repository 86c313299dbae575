using System.Threading.Channels;

namespace OrleansChat.Storage;

/// <summary>
/// One writer for everybody: while a commit is under way the next batch gathers, so that the cost of making it durable
/// is shared by all who wait. Each order of a batch has its own outcome; only where the commit itself fails, all fail.
/// </summary>
/// <remarks>
/// The writer has a thread of its own, because a commit blocks it (a disk's sync, a server's answer) most of the time.
/// </remarks>
public sealed class GroupCommit<TOrder, TOutcome> : IAsyncDisposable
{
    /// <summary>A room has one append under way at a time: this many rooms may wait before the next one is told to.</summary>
    private const int Capacity = 10_000;

    /// <summary>Orders in one batch: enough to share a sync, few enough that nobody waits long for the others.</summary>
    private const int BatchSize = 500;

    /// <summary>How long somebody waits for their outcome before it is called unknown.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long closing waits for what is queued; a graceful stop has 10 s in all.</summary>
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(5);

    private readonly Channel<Queued<TOrder, TOutcome>> queue =
        Channel.CreateBounded<Queued<TOrder, TOutcome>>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<IReadOnlyList<Queued<TOrder, TOutcome>>> commit;
    private readonly Action close;

    /// <param name="name">The thread's name.</param>
    /// <param name="commit">
    /// Carries out a batch and makes it durable, noting each order's outcome; throws when nobody knows whether it is.
    /// </param>
    /// <param name="close">Runs on the same thread after the last batch.</param>
    public GroupCommit(string name, Action<IReadOnlyList<Queued<TOrder, TOutcome>>> commit, Action close)
    {
        (this.commit, this.close) = (commit, close);
        new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Hands an order in; its outcome comes once it is durable.</summary>
    /// <exception cref="StorageUnavailableException">The queue is full or closed, or the commit failed.</exception>
    public async Task<TOutcome> Add(TOrder order)
    {
        var queued = new Queued<TOrder, TOutcome>(order);
        if (!queue.Writer.TryWrite(queued)) throw new StorageUnavailableException("Too many writes wait, or the storage is closed.");
        try
        {
            return await queued.Told.WaitAsync(Patience);
        }
        catch (TimeoutException e)
        {
            throw new StorageUnavailableException("The storage did not answer in time.", e);
        }
    }

    private void Run()
    {
        var batch = new List<Queued<TOrder, TOutcome>>(BatchSize);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < BatchSize && queue.Reader.TryRead(out var queued)) batch.Add(queued);
            Commit(batch);
            batch.Clear();
        }

        try
        {
            close();
            ended.SetResult();
        }
        catch (Exception e)
        {
            ended.SetException(e);
        }
    }

    private void Commit(List<Queued<TOrder, TOutcome>> batch)
    {
        try
        {
            commit(batch);
            foreach (var queued in batch) queued.Tell();
        }
        catch (Exception e)
        {
            var unknown = e as StorageUnavailableException ?? new("The commit failed.", e);
            foreach (var queued in batch) queued.TellUnknown(unknown);
        }
    }

    /// <summary>Takes no more, and waits (not for ever) until what is queued is written.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAny(ended.Task, Task.Delay(Closing)); // not awaited itself: what closing threw helps nobody now
    }
}
