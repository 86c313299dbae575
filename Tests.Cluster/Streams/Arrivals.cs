using System.Collections.Concurrent;
using System.Diagnostics;
using Orleans.Concurrency;
using OrleansChat.Grains.Interfaces.Edges;

namespace OrleansChat.Tests.Cluster.Streams;

/// <summary>Takes numbered batches, and keeps how long each was on its way.</summary>
internal sealed class Arrivals : IBatchObserver
{
    private readonly ConcurrentDictionary<long, long> sent = new();
    private ConcurrentQueue<double> took = new();
    private TaskCompletionSource<List<double>> all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int expected;
    private long next;

    public Task<List<double>> All => all.Task;

    /// <returns>The number of the first batch to be sent.</returns>
    public long Begin(int count)
    {
        (took, all, expected) = ([], new(TaskCreationOptions.RunContinuationsAsynchronously), count);
        return next += 1_000_000;
    }

    public void Sent(long number) => sent[number] = Stopwatch.GetTimestamp();

    public Task Take(EdgeBatch batch)
    {
        foreach (var news in batch.News.Select(bytes => (EdgeNews.Echo)EdgeNews.Read(bytes)))
        {
            if (!sent.TryRemove(news.Number, out var at)) continue;
            took.Enqueue(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            if (took.Count == expected) all.TrySetResult([.. took.Order()]);
        }

        return Task.CompletedTask;
    }
}

/// <summary>The yardstick: an object that is called directly, without a stream.</summary>
public interface IBatchObserver : IGrainObserver
{
    Task Take(EdgeBatch batch);
}

/// <summary>Calls an observer from where it lives.</summary>
public interface IBatchSource : IGrainWithIntegerKey
{
    Task Send(IBatchObserver observer, EdgeBatch batch);
}

[Reentrant]
[Orleans.Placement.PreferLocalPlacement]
public sealed class BatchSource : Grain, IBatchSource
{
    public Task Send(IBatchObserver observer, EdgeBatch batch) => observer.Take(batch);
}
