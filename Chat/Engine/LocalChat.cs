using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansChat.Nodes;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Engine;

/// <summary>
/// The embedded engine: every room and user of this process lives here, each with turns of its own. It is also the
/// executable specification of the cluster: the same suite of promises runs on both.
/// </summary>
public sealed partial class LocalChat : IChat, IRoomHost, IUserHost, IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);   // a quarter of a lease
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(2);  // unasked for so long, a room makes place

    private readonly ConcurrentDictionary<RoomId, LocalRoom> rooms = new();
    private readonly ConcurrentDictionary<UserId, LocalUser> users = new();
    private readonly LocalNodeMetrics metrics;
    private readonly LocalFeed feed;
    private readonly ILogger<LocalChat> log;
    private readonly ITimer heart;

    /// <param name="alerts">What makes the desk at which the nodes are judged, where alerts are wanted.</param>
    public LocalChat(IStorage storage, RoomLimits limits, TimeProvider time, ILogger<LocalChat> log, Func<Func<RoomId, IRoom>, AlertDesk>? alerts = null)
    {
        (Storage, Limits, Time, this.log) = (storage, limits, time, log);
        metrics = new(time, alerts?.Invoke(Room));
        feed = new(this);
        heart = time.CreateTimer(_ => _ = HeartBeat(), null, Beat, Beat);
    }

    public IStorage Storage { get; }

    public RoomLimits Limits { get; }

    public TimeProvider Time { get; }

    public IFeed Feed => feed;

    public INodeMetrics Metrics => metrics;

    public IRoom Room(RoomId id) => rooms.GetOrAdd(id, static (id, host) => new(new(id, host), host.Time), this);

    public IUser User(UserId id) => users.GetOrAdd(id, static (id, host) => new(new(id, host)), this);

    public void Publish(Room room, RoomNews news) => feed.Publish(room.Id, news);

    public void Tell(User user, UserNews news) => feed.Tell(user.Id, news);

    public void SteppedDown(Room room, Exception reason)
    {
        // The next call makes a new activation, unless one is there already.
        if (rooms.TryGetValue(room.Id, out var local) && local.Is(room)) rooms.TryRemove(new(room.Id, local));
        LogSteppedDown(log, room.Id, reason);
    }

    public async ValueTask DisposeAsync() => await heart.DisposeAsync();

    /// <summary>Renews the leases of open rooms, lets go of what nobody holds, and looks after the node.</summary>
    private async Task HeartBeat()
    {
        foreach (var room in feed.Rooms) await Renew(room);
        foreach (var (id, room) in rooms)
        {
            if (await room.AtRest(Quiet)) rooms.TryRemove(new(id, room));
        }

        foreach (var (id, user) in users)
        {
            if (await user.AtRest()) users.TryRemove(new(id, user));
        }

        await metrics.Watch();
    }

    private async Task Renew(RoomId room)
    {
        try
        {
            await Room(room).Attach(Feed.Edge);
        }
        catch (UnavailableException e)
        {
            LogMissedBeat(log, room, e); // the next one comes in a moment
        }
    }

    [LoggerMessage(EventId = 1, EventName = "RoomSteppedDown", Level = LogLevel.Warning, Message = "An activation of room {Room} stepped down.")]
    private static partial void LogSteppedDown(ILogger log, RoomId room, Exception reason);

    [LoggerMessage(EventId = 2, EventName = "HeartBeatMissed", Level = LogLevel.Warning, Message = "The lease of room {Room} could not be renewed.")]
    private static partial void LogMissedBeat(ILogger log, RoomId room, Exception reason);
}
