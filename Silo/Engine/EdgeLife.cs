namespace OrleansChat.Silo.Engine;

/// <summary>Keeps this edge alive in the cluster: it begins before the first socket is taken and ends after the last.</summary>
internal sealed partial class EdgeLife(ClusterFeed feed, TimeProvider time, ILogger<EdgeLife> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5); // a quarter of a lease
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);
    private const int Attempts = 30;
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(2);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Begin(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await feed.End().WaitAsync(EndWithin, cancellationToken);
        }
        catch (Exception e) when (e is UnavailableException or TimeoutException or OperationCanceledException)
        {
            LogNoGoodbye(log, e);
        }
    }

    /// <summary>A node may start while another one is found dead: then the first calls fail.</summary>
    private async Task Begin(CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await feed.Begin();
                return;
            }
            catch (UnavailableException e) when (attempt < Attempts)
            {
                LogNoBeginning(log, e);
                await Task.Delay(BetweenAttempts, time, cancel);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await feed.Beat();
            }
            catch (UnavailableException e)
            {
                LogMissedBeat(log, e); // leases last four beats
            }
        }
    }

    [LoggerMessage(EventId = 112, EventName = "EdgeBeatMissed", Level = LogLevel.Warning, Message = "The edge could not tell the cluster that it lives.")]
    private static partial void LogMissedBeat(ILogger log, Exception reason);

    [LoggerMessage(EventId = 114, EventName = "EdgeNotBegun", Level = LogLevel.Warning, Message = "The cluster did not answer this edge; trying again.")]
    private static partial void LogNoBeginning(ILogger log, Exception reason);

    [LoggerMessage(EventId = 113, EventName = "EdgeWithoutGoodbye", Level = LogLevel.Information, Message = "The edge left without the cluster's hearing of it; its leases run out.")]
    private static partial void LogNoGoodbye(ILogger log, Exception reason);
}
