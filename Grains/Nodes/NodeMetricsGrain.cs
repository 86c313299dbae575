using Microsoft.Extensions.Logging;
using OrleansChat.Grains.Interfaces.Nodes;
using OrleansChat.Nodes;

namespace OrleansChat.Grains.Nodes;

/// <summary>
/// Keeps an hour of every node. Nothing of it is stored: each node keeps its own hour too, and what it heard of the
/// others, and fills a new activation within seconds.
/// </summary>
/// <param name="alerts">Absent where nothing is to be told.</param>
public sealed class NodeMetricsGrain(GrainHost host, ILogger<AlertDesk> log, AlertSettings? alerts = null) : Grain, INodeMetricsGrain
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5); // as the embedded engine's

    private readonly NodeMetrics nodes = new(host.Time);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (alerts is null) return Task.CompletedTask;
        var desk = new AlertDesk(alerts, host.Storage, host.Room, host.Time, log);
        this.RegisterGrainTimer(() => Watch(desk), new GrainTimerCreationOptions(Beat, Beat) { Interleave = true }); // reports wait for no room
        return Task.CompletedTask;
    }

    private Task Watch(AlertDesk desk)
    {
        desk.Judge(nodes);
        return desk.Post();
    }

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
