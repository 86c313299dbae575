using OrleansChat.Grains.Interfaces.Nodes;
using OrleansChat.Nodes;

namespace OrleansChat.Grains.Nodes;

/// <summary>
/// Keeps the latest reading of every node. All of it is in memory: each node reads itself every two seconds, and fills
/// a new activation by its next report.
/// </summary>
public sealed class NodeMetricsGrain(TimeProvider time) : Grain, INodeMetricsGrain
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private readonly SortedDictionary<string, NodeReading> latest = new(StringComparer.Ordinal);

    public Task Report(NodeReading reading)
    {
        latest[reading.Node] = reading;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<NodeReading>> Latest()
    {
        foreach (var reading in latest.Values.Where(reading => time.GetUtcNow() - reading.At > Forgotten).ToList()) latest.Remove(reading.Node);
        return Task.FromResult<IReadOnlyList<NodeReading>>(latest.Values.ToArray());
    }
}
