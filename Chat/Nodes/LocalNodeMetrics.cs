namespace OrleansChat.Nodes;

/// <summary>The readings of the one node.</summary>
public sealed class LocalNodeMetrics : INodeMetrics
{
    private volatile NodeReading? latest;

    public Task Report(NodeReading reading)
    {
        latest = reading;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<NodeReading>> Latest() => Task.FromResult<IReadOnlyList<NodeReading>>(latest is { } reading ? [reading] : []);
}
