using OrleansChat.Grains.Interfaces.Nodes;
using OrleansChat.Nodes;

namespace OrleansChat.Grains.Nodes;

/// <summary>
/// Keeps an hour of every node. Nothing of it is stored: each node keeps its own hour too, and what it heard of the
/// others, and fills a new activation within seconds.
/// </summary>
public sealed class NodeMetricsGrain(GrainHost host) : Grain, INodeMetricsGrain
{
    private readonly NodeMetrics nodes = new(host.Time);

    public Task Report(NodeReading reading)
    {
        nodes.Take(reading);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<NodeReading>> Latest() => Task.FromResult(nodes.Latest());

    public Task Fill(NodePast past)
    {
        nodes.Take(past);
        return Task.CompletedTask;
    }

    public Task<NodePast?> Past(string node) => Task.FromResult(nodes.Past(node));
}
