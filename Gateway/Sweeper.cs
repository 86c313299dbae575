using OrleansChat.Gateway.Limits;
using OrleansChat.Storage;

namespace OrleansChat.Gateway;

/// <summary>Clears away what is over: sessions, and the rates of people who have been quiet.</summary>
internal sealed partial class Sweeper(IStorage storage, UserRates rates, TimeProvider time, ILogger<Sweeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            rates.Sweep();
            try
            {
                await storage.SweepSessions(time.GetUtcNow());
            }
            catch (UnavailableException e)
            {
                LogNotSwept(log, e);
            }
        }
    }

    [LoggerMessage(EventId = 13, EventName = "SessionsNotSwept", Level = LogLevel.Warning, Message = "Sessions that are over could not be swept.")]
    private static partial void LogNotSwept(ILogger log, Exception reason);
}
