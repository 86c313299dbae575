using OrleansChat.Nodes;

namespace OrleansChat.Grains.Interfaces.Nodes;

/// <summary>The nodes' readings as callers reach them.</summary>
public sealed class RemoteNodeMetrics(INodeMetricsGrain metrics) : INodeMetrics
{
    public Task Report(NodeReading reading) => Remote.Call(metrics.Report(reading));

    public Task<IReadOnlyList<NodeReading>> Latest() => Remote.Call(metrics.Latest());

    public Task Fill(NodePast past) => Remote.Call(metrics.Fill(past));

    public Task<NodePast?> Past(string node) => Remote.Call(metrics.Past(node));
}
