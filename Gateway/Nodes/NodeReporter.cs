using Microsoft.Extensions.Options;
using OrleansChat.Engine;
using OrleansChat.Gateway.Rooms;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Nodes;

namespace OrleansChat.Gateway.Nodes;

/// <summary>
/// Reads this node every two seconds, reports it, and tells those who watch. It keeps an hour of what it read and heard,
/// for whoever keeps the nodes' readings: where that one begins anew, it learns from here what it cannot know.
/// </summary>
public sealed partial class NodeReporter(
    IChat chat, NodeReader reader, NodeWatchers watchers, OpenSockets sockets, OpenRooms rooms, EdgeMeter meter, IOptions<ChatOptions> options, TimeProvider time,
    ILogger<NodeReporter> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>A call that takes longer goes to one that has died, as a rule; the next may find its successor.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Two who know a past alike may differ by so many seconds in how much of it is left.</summary>
    private const double Alike = 3;

    /// <summary>A word that was heard so many seconds later than theirs is another one.</summary>
    private const double Newer = 1;

    private readonly string node = options.Value.Node;
    private readonly Lock gate = new();
    private readonly NodeMetrics known = new(time);
    private Task reporting = Task.CompletedTask;
    private Task looking = Task.CompletedTask;
    private DateTimeOffset? unreported;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            var reading = reader.Read(Edge());
            lock (gate) known.Take(reading); // whatever becomes of its report: this node's own hour has no hole
            if (!reporting.IsCompleted)
            {
                unreported ??= reading.At;
                continue;
            }

            await reporting;
            reporting = Report(reading, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private EdgeCounters Edge() => new(sockets.Count, rooms.Count, sockets.Waiting, meter.Posts, meter.Deliveries);

    private async Task Report(NodeReading reading, CancellationToken stop)
    {
        try
        {
            await chat.Metrics.Report(reading).WaitAsync(Patience, time, stop);
            await Look(stop);
        }
        catch (Exception e) when (e is UnavailableException or TimeoutException)
        {
            unreported ??= reading.At;
            LogNotReported(log, e); // the next reading comes in a moment
        }
    }

    /// <summary>Hears of all nodes, tells what was not known there, and those who watch.</summary>
    private async Task Look(CancellationToken stop)
    {
        var latest = await chat.Metrics.Latest().WaitAsync(Patience, time, stop);
        var since = unreported;
        IReadOnlyList<NodePast> missing;
        lock (gate)
        {
            foreach (var reading in latest) known.Take(reading);
            missing = [.. Missing(latest, since)];
        }

        foreach (var past in missing) await chat.Metrics.Fill(past).WaitAsync(Patience, time, stop);
        if (missing.Count > 0) latest = await chat.Metrics.Latest().WaitAsync(Patience, time, stop); // nobody seems forgotten meanwhile
        if (unreported == since) unreported = null;
        watchers.Tell(latest);
        if (looking.IsCompleted) looking = LookAgain(latest, stop);
    }

    /// <summary>
    /// What this node knows and <paramref name="latest"/> shows to be unknown there: of itself, of nodes that say nothing
    /// any more; and of a lost one's hour, which one of all tells.
    /// </summary>
    /// <param name="unreportedSince">The first reading that did not get there.</param>
    private IEnumerable<NodePast> Missing(IReadOnlyList<NodeReading> latest, DateTimeOffset? unreportedSince)
    {
        var speaker = latest.FirstOrDefault(reading => reading.Lost is null)?.Node == node;
        foreach (var mine in known.Latest())
        {
            var theirs = latest.FirstOrDefault(reading => reading.Node == mine.Node);
            if (theirs is null || mine.Silent < theirs.Silent - Newer)
            {
                if (known.LastWord(mine.Node) is { } word) yield return word;
            }
            else if ((mine.Node == node || (theirs.Lost is true && speaker)) && mine.Past - theirs.Past > Alike)
            {
                foreach (var stretch in known.Stretches(mine.Node)) yield return stretch;
            }
            else if (mine.Node == node && unreportedSince is { } since)
            {
                foreach (var stretch in known.Stretches(node))
                {
                    yield return stretch;
                    if (stretch.Times[0] <= since.ToUnixTimeMilliseconds()) break;
                }
            }
        }
    }

    /// <summary>A node that is about to count as lost does so when it is time, not when the next reading comes.</summary>
    private async Task LookAgain(IReadOnlyList<NodeReading> latest, CancellationToken stop)
    {
        var silent = latest.Where(reading => reading.Lost is null).Max(reading => reading.Silent) ?? 0;
        var wait = NodeMetrics.Silence - TimeSpan.FromSeconds(silent);
        if (wait > Interval) return;
        try
        {
            await Task.Delay(wait + TimeSpan.FromMilliseconds(100), time, stop);
            watchers.Tell(await chat.Metrics.Latest().WaitAsync(Patience, time, stop));
        }
        catch (Exception e) when (e is UnavailableException or TimeoutException or OperationCanceledException)
        {
            // The next reading looks too.
        }
    }

    [LoggerMessage(EventId = 22, EventName = "NodeNotReported", Level = LogLevel.Warning, Message = "This node's reading could not be reported.")]
    private static partial void LogNotReported(ILogger log, Exception reason);
}
