using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using OrleansChat.Grains.Interfaces.Edges;
using OrleansChat.Grains.Streams;
using OrleansChat.Presence;

namespace OrleansChat.Grains.Edges;

/// <summary>This silo's ways to the edges: one outbox for each, shared by all rooms and users that live here.</summary>
public sealed class EdgeOutboxes(IServiceProvider services, ILogger<EdgeOutbox> log)
{
    private readonly ConcurrentDictionary<EdgeId, EdgeOutbox> outboxes = new();
    private IStreamProvider? provider;

    /// <summary>Hands the news to the edges' outboxes; written once for all of them. Never waits.</summary>
    public void Send(IEnumerable<EdgeId> edges, EdgeNews news)
    {
        byte[]? written = null;
        foreach (var edge in edges) outboxes.GetOrAdd(edge, Open).Send(written ??= news.Write());
    }

    /// <summary>Lets go of the outboxes of edges that live no more.</summary>
    public void Keep(IReadOnlyCollection<EdgeId> living)
    {
        foreach (var (edge, outbox) in outboxes)
        {
            if (outbox.IsIdle && !living.Contains(edge)) outboxes.TryRemove(new(edge, outbox));
        }
    }

    private EdgeOutbox Open(EdgeId edge)
    {
        provider ??= services.GetRequiredKeyedService<IStreamProvider>(EdgeStreams.Provider);
        return new(provider.GetStream<EdgeBatch>(EdgeStreams.Of(edge)), log);
    }
}
