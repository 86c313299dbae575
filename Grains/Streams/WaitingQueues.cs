using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;
using OrleansChat.Grains.Interfaces.Edges;

namespace OrleansChat.Grains.Streams;

/// <summary>
/// A stream provider whose queues are grains in memory, and whose receivers wait for messages rather than poll for them:
/// news travel at once, and an idle cluster idles. Nothing in a queue outlives its silo, which is as it should be: the
/// log is the truth, and an edge reads there what it missed.
/// </summary>
public sealed class WaitingQueues(string name, IGrainFactory grains, TimeProvider time, ILoggerFactory loggers) : IQueueAdapterFactory, IQueueAdapter
{
    private const int CacheSize = 4096; // batches of one queue that may be on their way

    private readonly HashRingBasedStreamQueueMapper mapper = new(new HashRingStreamQueueMapperOptions { TotalQueueCount = EdgeStreams.Queues }, name);
    private readonly SimpleQueueAdapterCache cache = new(new SimpleQueueCacheOptions { CacheSize = CacheSize }, name, loggers);

    public string Name => name;

    /// <summary>There is no way back in a queue: an edge that missed something reads the log.</summary>
    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    public static WaitingQueues Create(IServiceProvider services, string name) => ActivatorUtilities.CreateInstance<WaitingQueues>(services, name);

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public IQueueAdapterCache GetQueueAdapterCache() => cache;

    public IStreamQueueMapper GetStreamQueueMapper() => mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) => Task.FromResult<IStreamFailureHandler>(new GiveUp());

    public Task QueueMessageBatchAsync<T>(StreamId streamId, IEnumerable<T> events, StreamSequenceToken token, Dictionary<string, object> requestContext) =>
        Queue(mapper.GetQueueForStream(streamId)).Enqueue(new(streamId, [.. events.Cast<EdgeBatch>()]));

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => new WaitingReceiver(Queue(queueId), time, loggers.CreateLogger<WaitingReceiver>());

    private IEdgeQueueGrain Queue(QueueId id) => grains.GetGrain<IEdgeQueueGrain>(id.GetNumericId());

    /// <summary>An edge that cannot be reached is taken off its stream, so that its queue goes on for the others.</summary>
    private sealed class GiveUp : IStreamFailureHandler
    {
        public bool ShouldFaultSubsriptionOnError => true;

        public Task OnDeliveryFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken sequenceToken) => Task.CompletedTask;

        public Task OnSubscriptionFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken sequenceToken) => Task.CompletedTask;
    }
}
