using System.Collections.Concurrent;
using OrleansChat.Gateway.Operations;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Nodes;

namespace OrleansChat.Gateway.Nodes;

/// <summary>The sockets that watch the nodes.</summary>
public sealed class NodeWatchers
{
    private readonly ConcurrentDictionary<Outbox, bool> outboxes = new();

    public void Add(Outbox outbox) => outboxes.TryAdd(outbox, true);

    public void Remove(Outbox outbox) => outboxes.TryRemove(outbox, out _);

    public void Tell(IReadOnlyList<NodeReading> nodes)
    {
        if (outboxes.IsEmpty) return;
        var frame = Frames.Json(new MetricsPush(nodes), WireJson.Wire.MetricsPush);
        foreach (var outbox in outboxes.Keys) outbox.Offer(frame);
    }
}
