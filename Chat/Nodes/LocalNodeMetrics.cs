namespace OrleansChat.Nodes;

/// <summary>The readings of the one node.</summary>
/// <param name="alerts">Absent where nothing is to be told.</param>
public sealed class LocalNodeMetrics(TimeProvider time, AlertDesk? alerts) : INodeMetrics
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

    /// <summary>Has it told what is to be told. To be called every few seconds.</summary>
    public async Task Watch()
    {
        if (alerts is null) return;
        Task posting;
        lock (gate)
        {
            alerts.Judge(nodes);
            posting = alerts.Post();
        }

        await posting;
    }
}
