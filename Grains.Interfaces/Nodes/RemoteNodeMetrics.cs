using OrleansChat.Nodes;

namespace OrleansChat.Grains.Interfaces.Nodes;

/// <summary>The nodes' readings as callers reach them.</summary>
public sealed class RemoteNodeMetrics(INodeMetricsGrain metrics) : INodeMetrics
{
    public Task Report(NodeReading reading) => Remote.Call(metrics.Report(reading));

    public Task<IReadOnlyList<NodeReading>> Latest() => Remote.Call(metrics.Latest());
}
