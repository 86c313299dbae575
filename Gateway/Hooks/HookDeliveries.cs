using Microsoft.Extensions.Options;
using OrleansChat.Engine;
using OrleansChat.Hooks;
using OrleansChat.Presence;
using OrleansChat.Storage;

namespace OrleansChat.Gateway.Hooks;

/// <summary>
/// The outgoing webhooks that this process delivers. Each has one owner, by a lease in storage: one process holds it and
/// renews it, and where that process dies another one takes it when the lease has run out, and goes on at its cursor.
/// </summary>
internal sealed partial class HookDeliveries(
    IChat chat, IStorage storage, HookSender sender, IOptions<ChatOptions> options, TimeProvider time, ILogger<HookDeliveries> log) : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20); // more than a request and a beat together
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReleaseWithin = TimeSpan.FromSeconds(2);

    private readonly Dictionary<HookId, HookRunner> runners = [];
    private readonly HookHouse house = new(EdgeId.New(chat.Feed.Edge.Name), chat, storage, sender, options.Value.Hooks, time, log);
    private TaskCompletionSource woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Something about webhooks has changed here: it is looked at once.</summary>
    public void Wake() => woken.TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Look();
                await Task.WhenAny(woken.Task, Task.Delay(Beat, time, stoppingToken));
            }
        }
        finally
        {
            await End();
        }
    }

    private async Task Look()
    {
        Interlocked.Exchange(ref woken, new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            var until = time.GetUtcNow() + Lease;
            var hooks = await storage.LeaseHooks(house.Me, time.GetUtcNow(), until);
            await Keep(hooks, until);
            if (runners.Count > 0) await WakeThoseBehind();
        }
        catch (UnavailableException e)
        {
            LogNotLeased(log, e);
        }
    }

    private async Task Keep(IReadOnlyList<Hook> hooks, DateTimeOffset until)
    {
        var ours = hooks.ToDictionary(hook => hook.Id, hook => hook.Outgoing!);
        foreach (var (id, runner) in runners.Where(r => r.Value.IsOver || !ours.TryGetValue(r.Key, out var stored) || r.Value.IsOutOfDate(stored)).ToList())
        {
            runners.Remove(id);
            await runner.DisposeAsync();
        }

        foreach (var hook in hooks)
        {
            if (runners.TryGetValue(hook.Id, out var there))
            {
                there.Renew(until);
                continue;
            }

            var runner = runners[hook.Id] = new(hook, house);
            runner.Renew(until);
            runner.Start();
        }
    }

    /// <summary>News may get lost, and the last event of a quiet room has no successor to betray that.</summary>
    private async Task WakeThoseBehind()
    {
        var heads = await storage.Heads([.. runners.Values.Select(runner => runner.Room).Distinct()]);
        foreach (var runner in runners.Values)
        {
            if (heads.GetValueOrDefault(runner.Room) > runner.Cursor) runner.Wake();
        }
    }

    private async Task End()
    {
        await Task.WhenAll(runners.Values.Select(runner => runner.DisposeAsync().AsTask()));
        runners.Clear();
        try
        {
            await storage.ReleaseHooks(house.Me).WaitAsync(ReleaseWithin, time);
        }
        catch (Exception e) when (e is UnavailableException or TimeoutException)
        {
            LogNotLeased(log, e); // the lease runs out
        }
    }

    [LoggerMessage(EventId = 32, EventName = "HooksNotLeased", Level = LogLevel.Warning, Message = "The storage did not say which webhooks are to be delivered.")]
    private static partial void LogNotLeased(ILogger log, Exception reason);
}
