using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansChat.Grains.Interfaces.Edges;
using OrleansChat.Presence;

namespace OrleansChat.Grains.Edges;

/// <summary>
/// What this silo knows of the living edges: asked for every two seconds, so that it is at hand in the moment when a
/// node has died, rooms wake up here, and nobody may be left to ask.
/// </summary>
public sealed partial class LivingEdges(IGrainFactory grains, EdgeOutboxes outboxes, TimeProvider time, ILogger<LivingEdges> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private volatile EdgeId[] now = [];

    /// <summary>The edges that lived when last asked.</summary>
    public IReadOnlyCollection<EdgeId> Now => now;

    /// <summary>Asks now.</summary>
    public async Task Refresh()
    {
        now = await grains.GetGrain<IEdgesGrain>(0).Living();
        outboxes.Keep(now);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await Refresh();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotAnswered(log, e); // the list of before is better than none
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 102, EventName = "EdgesUnknown", Level = LogLevel.Warning, Message = "The list of living edges could not be read.")]
    private static partial void LogNotAnswered(ILogger log, Exception reason);
}
