using Orleans.Streams;
using OrleansChat.Presence;

namespace OrleansChat.Grains.Streams;

/// <summary>The streams on which news reach the edges: one for each life of an edge.</summary>
public static class EdgeStreams
{
    public const string Provider = "edges";

    /// <summary>
    /// Queues that the streams share, each pulled by one silo at a time. More queues keep an edge that hangs from
    /// holding up others; each costs four empty calls a second.
    /// </summary>
    public const int Queues = 16;

    /// <summary>The pause after an empty answer. The queue itself waits for news, so this is no poll.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <summary>An edge that takes nothing for so long is given up by its queue; it notices, and subscribes again.</summary>
    private static readonly TimeSpan Delivery = TimeSpan.FromSeconds(5);

    private const int BatchesAtOnce = 64; // delivered in one call, when an edge was busy

    public static StreamId Of(EdgeId edge) => StreamId.Create("edge", edge.ToString());

    /// <summary>On silos: publishing, and pulling the queues.</summary>
    public static ISiloBuilder AddEdgeStreams(this ISiloBuilder silo) => silo.AddPersistentStreams(Provider, WaitingQueues.Create, streams =>
    {
        streams.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly);
        streams.ConfigurePullingAgent(agent => agent.Configure(options =>
        {
            options.GetQueueMsgsTimerPeriod = Pause;
            options.MaxEventDeliveryTime = Delivery;
            options.BatchContainerBatchSize = BatchesAtOnce;
        }));
    });

    /// <summary>On gateways without grains: taking the edge's own stream.</summary>
    public static IClientBuilder AddEdgeStreams(this IClientBuilder client) => client.AddPersistentStreams(Provider, WaitingQueues.Create, streams =>
        streams.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly));
}
