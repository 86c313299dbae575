using System.Collections.Concurrent;
using OrleansChat.Engine;
using OrleansChat.Gateway.Identity;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Users;

/// <summary>
/// The users that this edge has connected. It says so to their objects before their leases run out, hears from them how
/// much news it should have had, and keeps the times of their last activity, in one write for all of them.
/// </summary>
public sealed partial class OpenUsers(IChat chat, IStorage storage, TimeProvider time, ILogger<OpenUsers> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);       // a quarter of a lease
    private static readonly TimeSpan CallWithin = TimeSpan.FromSeconds(10); // what has not come by then is given up for this beat
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(2);   // for the last write, when the node goes down

    /// <summary>Calls at once: so many may wait for a node that just died, while the others are kept alive.</summary>
    private const int AtOnce = 32;

    private readonly ConcurrentDictionary<UserId, OpenUser> users = new();
    private ConcurrentDictionary<UserId, DateTimeOffset> active = new(); // since the last beat, who is not connected

    /// <summary>Takes a connection in: from now on the user's news reach it. The user is online when this is done.</summary>
    public async Task<OpenUser> Enter(Caller caller, IConnection connection)
    {
        while (true)
        {
            var user = users.GetOrAdd(caller.Id, id => new(id, chat, storage));
            if (!user.TryAdd(connection)) continue; // it was closed in this moment
            try
            {
                user.Touch(time.GetTimestamp());
                await user.Following;
                await user.Count(await chat.User(caller.Id).Seen(chat.Feed.Edge, true, time.GetUtcNow()));
                return user;
            }
            catch
            {
                await Leave(user, connection);
                throw;
            }
        }
    }

    /// <summary>The connection is gone. Where the user's object cannot be told, its lease on the user runs out by itself.</summary>
    public async Task Leave(OpenUser user, IConnection connection)
    {
        if (!user.Remove(connection)) return;
        users.TryRemove(new(user.Id, user));
        if (user.TakeActivity()) active[user.Id] = LastActive(user);
        try
        {
            try
            {
                await user.Close();
            }
            finally
            {
                await Announce(user.Id, LastActive(user));
            }
        }
        catch (UnavailableException e)
        {
            LogLeftUntold(log, e);
        }
    }

    /// <summary>Whether the user is connected to this edge.</summary>
    public bool IsHere(UserId user) => users.ContainsKey(user);

    /// <summary>Somebody, connected or not, did something just now.</summary>
    public void Touch(UserId user)
    {
        if (users.TryGetValue(user, out var open)) open.Touch(time.GetTimestamp());
        else active[user] = time.GetUtcNow();
    }

    /// <summary>When somebody last did something here, if that was moments ago.</summary>
    public DateTimeOffset? LastActive(UserId user) =>
        users.TryGetValue(user, out var open) ? LastActive(open) : active.TryGetValue(user, out var at) ? at : null;

    private DateTimeOffset LastActive(OpenUser user) => time.GetUtcNow() - time.GetElapsedTime(user.LastActive);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var lately = TakeActivity();
                await Keep(lately, CallWithin);
                await TellAll(lately, stoppingToken);
            }
        }
        finally
        {
            await Keep(TakeActivity(), EndWithin);
        }
    }

    private ConcurrentDictionary<UserId, DateTimeOffset> TakeActivity()
    {
        var lately = Interlocked.Exchange(ref active, new());
        foreach (var (id, user) in users)
        {
            if (user.TakeActivity()) lately[id] = LastActive(user);
        }

        return lately;
    }

    private async Task Keep(ConcurrentDictionary<UserId, DateTimeOffset> lately, TimeSpan within)
    {
        if (lately.IsEmpty) return;
        try
        {
            await storage.SaveActivity(lately).WaitAsync(within, time);
        }
        catch (Exception e) when (e is UnavailableException or TimeoutException)
        {
            LogNotKept(log, e);
        }
    }

    /// <summary>Tells every user's object that they are here. One that does not answer holds up no other.</summary>
    private async Task TellAll(ConcurrentDictionary<UserId, DateTimeOffset> lately, CancellationToken stopping)
    {
        var missed = new ConcurrentQueue<Exception>();
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping };
        await Parallel.ForEachAsync(users.Values, atOnce, async (user, _) =>
        {
            try
            {
                await Tell(user, lately.GetValueOrDefault(user.Id)).WaitAsync(CallWithin, time, stopping);
            }
            catch (Exception e) when (e is UnavailableException or TimeoutException)
            {
                missed.Enqueue(e);
            }
        });
        if (missed.TryPeek(out var first)) LogMissedBeats(log, missed.Count, first);
    }

    private async Task Tell(OpenUser user, DateTimeOffset lastActive) => await user.Count(await Announce(user.Id, lastActive));

    /// <summary>Says whether the user is here, and says it again where that changed before it was heard.</summary>
    private async Task<NewsMark> Announce(UserId user, DateTimeOffset lastActive)
    {
        while (true)
        {
            var here = IsHere(user);
            var mark = await chat.User(user).Seen(chat.Feed.Edge, here, lastActive);
            if (here == IsHere(user)) return mark;
        }
    }

    [LoggerMessage(EventId = 11, EventName = "ActivityNotSaved", Level = LogLevel.Warning, Message = "Times of last activity could not be kept.")]
    private static partial void LogNotKept(ILogger log, Exception reason);

    [LoggerMessage(EventId = 20, EventName = "UsersNotTold", Level = LogLevel.Warning, Message = "{Count} users' objects could not be told that they are here.")]
    private static partial void LogMissedBeats(ILogger log, int count, Exception reason);

    [LoggerMessage(EventId = 21, EventName = "LeavingNotTold", Level = LogLevel.Debug, Message = "A user's object could not be told that they went; its lease runs out.")]
    private static partial void LogLeftUntold(ILogger log, Exception reason);
}
