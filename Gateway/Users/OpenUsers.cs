using System.Collections.Concurrent;
using OrleansChat.Engine;
using OrleansChat.Gateway.Identity;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Users;

/// <summary>
/// The users that this edge has connected. It says so to their objects before their leases run out, and keeps the
/// times of their last activity, in one write for all of them.
/// </summary>
public sealed partial class OpenUsers(IChat chat, IStorage storage, TimeProvider time, ILogger<OpenUsers> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5); // a quarter of a lease

    private readonly ConcurrentDictionary<UserId, OpenUser> users = new();
    private ConcurrentDictionary<UserId, DateTimeOffset> active = new(); // since the last beat

    /// <summary>Takes a connection in: from now on the user's news reach it. The user is online when this is done.</summary>
    public async Task<OpenUser> Enter(Caller caller, IConnection connection)
    {
        while (true)
        {
            var user = users.GetOrAdd(caller.Id, id => new(id, chat, storage));
            if (!user.TryAdd(connection)) continue; // it was closed in this moment
            try
            {
                await user.Following;
                Touch(caller.Id);
                await chat.User(caller.Id).Seen(chat.Feed.Edge, true, time.GetUtcNow());
                return user;
            }
            catch
            {
                await Leave(user, connection);
                throw;
            }
        }
    }

    public async Task Leave(OpenUser user, IConnection connection)
    {
        if (!user.Remove(connection)) return;
        users.TryRemove(new(user.Id, user));
        await user.Close();
        var told = chat.User(user.Id);
        await told.Seen(chat.Feed.Edge, false, LastActive(user.Id) ?? default);
        // Who came back meanwhile may have been announced before this goodbye.
        if (IsHere(user.Id)) await told.Seen(chat.Feed.Edge, true, default);
    }

    /// <summary>Whether the user is connected to this edge.</summary>
    public bool IsHere(UserId user) => users.ContainsKey(user);

    /// <summary>The user did something just now.</summary>
    public void Touch(UserId user) => active[user] = time.GetUtcNow();

    /// <summary>When the user last did something here, if that was moments ago.</summary>
    public DateTimeOffset? LastActive(UserId user) => active.TryGetValue(user, out var at) ? at : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await HeartBeat();
        }
        finally
        {
            await HeartBeat();
        }
    }

    private async Task HeartBeat()
    {
        var lately = Interlocked.Exchange(ref active, new());
        try
        {
            if (!lately.IsEmpty) await storage.SaveActivity(lately);
            foreach (var id in users.Keys) await chat.User(id).Seen(chat.Feed.Edge, true, lately.GetValueOrDefault(id));
        }
        catch (UnavailableException e)
        {
            LogMissedBeat(log, e);
        }
    }

    [LoggerMessage(EventId = 11, EventName = "ActivityNotSaved", Level = LogLevel.Warning, Message = "Times of last activity could not be kept.")]
    private static partial void LogMissedBeat(ILogger log, Exception reason);
}
