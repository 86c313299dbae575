using System.Collections.Concurrent;
using OrleansChat.Gateway.Operations;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Nodes;

namespace OrleansChat.Gateway.Nodes;

/// <summary>The sockets that watch the nodes.</summary>
public sealed class NodeWatchers
{
    private readonly ConcurrentDictionary<Outbox, bool> outboxes = new();

    private volatile IReadOnlyList<NodeReading> latest = [];

    /// <summary>Whoever begins to watch sees at once what was heard last.</summary>
    public void Add(Outbox outbox)
    {
        if (outboxes.TryAdd(outbox, true) && latest.Count > 0) outbox.Offer(Frame(latest));
    }

    public void Remove(Outbox outbox) => outboxes.TryRemove(outbox, out _);

    public void Tell(IReadOnlyList<NodeReading> nodes)
    {
        latest = nodes;
        if (outboxes.IsEmpty) return;
        var frame = Frame(nodes);
        foreach (var outbox in outboxes.Keys) outbox.Offer(frame);
    }

    private static ReadOnlyMemory<byte> Frame(IReadOnlyList<NodeReading> nodes) => Frames.Json(new MetricsPush(nodes), WireJson.Wire.MetricsPush);
}
