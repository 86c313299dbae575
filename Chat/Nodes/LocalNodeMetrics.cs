namespace OrleansChat.Nodes;

/// <summary>The readings of the one node.</summary>
public sealed class LocalNodeMetrics(TimeProvider time) : INodeMetrics
{
    private readonly Lock gate = new();
    private readonly NodeMetrics nodes = new(time);

    public Task Report(NodeReading reading)
    {
        lock (gate) nodes.Take(reading);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<NodeReading>> Latest()
    {
        lock (gate) return Task.FromResult(nodes.Latest());
    }

    public Task Fill(NodePast past)
    {
        lock (gate) nodes.Take(past);
        return Task.CompletedTask;
    }

    public Task<NodePast?> Past(string node)
    {
        lock (gate) return Task.FromResult(nodes.Past(node));
    }
}
