using OrleansChat.Engine;
using OrleansChat.Gateway.Rooms;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Nodes;

namespace OrleansChat.Gateway.Nodes;

/// <summary>Reads this node every two seconds, reports it, and tells those who watch.</summary>
public sealed partial class NodeReporter(
    IChat chat, NodeReader reader, NodeWatchers watchers, OpenSockets sockets, OpenRooms rooms, EdgeMeter meter, TimeProvider time,
    ILogger<NodeReporter> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await chat.Metrics.Report(reader.Read(Edge())).WaitAsync(stoppingToken);
                watchers.Tell(await chat.Metrics.Latest().WaitAsync(stoppingToken));
            }
            catch (UnavailableException e)
            {
                LogNotReported(log, e); // the next reading comes in a moment
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private EdgeCounters Edge() => new(sockets.Count, rooms.Count, sockets.Waiting, meter.Posts, meter.Deliveries);

    [LoggerMessage(EventId = 22, EventName = "NodeNotReported", Level = LogLevel.Warning, Message = "This node's reading could not be reported.")]
    private static partial void LogNotReported(ILogger log, Exception reason);
}
