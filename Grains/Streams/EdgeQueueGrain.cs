using Orleans.Concurrency;

namespace OrleansChat.Grains.Streams;

/// <summary>A queue of the edges' streams; its key is the queue's number.</summary>
[Alias("OrleansChat.EdgeQueue")]
public interface IEdgeQueueGrain : IGrainWithIntegerKey
{
    [Alias("Enqueue")]
    Task Enqueue(EdgeMessage message);

    /// <summary>
    /// What is in the queue, or what comes first within <paramref name="wait"/>; nothing after that, nor once somebody else
    /// reads: a pulling agent that ends throws away what its last read brings.
    /// </summary>
    [Alias("Dequeue")]
    Task<EdgeMessage[]> Dequeue(int max, TimeSpan wait);
}

/// <summary>A queue in memory, which lives on the silo that pulls it.</summary>
/// <remarks>Reentrant: messages come in while a reader waits for them.</remarks>
[Reentrant]
[Orleans.Placement.PreferLocalPlacement]
public sealed class EdgeQueueGrain(TimeProvider time) : Grain, IEdgeQueueGrain
{
    private const int MaxMessages = 10_000; // the oldest is lost first: an edge so far behind reads the log

    private readonly Queue<EdgeMessage> messages = new();
    private TaskCompletionSource arrived = NewSignal();

    public Task Enqueue(EdgeMessage message)
    {
        if (messages.Count == MaxMessages) messages.Dequeue();
        messages.Enqueue(message);
        arrived.TrySetResult();
        return Task.CompletedTask;
    }

    public async Task<EdgeMessage[]> Dequeue(int max, TimeSpan wait)
    {
        if (messages.Count == 0)
        {
            var mine = arrived = NewSignal();
            await mine.Task.WaitAsync(wait, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (arrived != mine) return [];
        }

        var taken = new EdgeMessage[Math.Min(max, messages.Count)];
        for (var i = 0; i < taken.Length; i++) taken[i] = messages.Dequeue();
        return taken;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
