using Microsoft.Extensions.Logging;
using OrleansChat.Engine;
using OrleansChat.Grains.Edges;
using OrleansChat.Grains.Interfaces.Edges;
using OrleansChat.Grains.Interfaces.Rooms;
using OrleansChat.Grains.Interfaces.Users;
using OrleansChat.Grains.Rooms;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Grains;

/// <summary>What the rooms and users of a silo stand on. One for all of them.</summary>
/// <param name="time">The rooms' clock; Orleans keeps its own.</param>
public sealed partial class GrainHost(IStorage storage, RoomLimits limits, TimeProvider time, IGrainFactory grains, EdgeOutboxes outboxes, LivingEdges edges, ILogger<GrainHost> log)
    : IRoomHost, IUserHost
{
    private readonly RoomOrders orders = new(grains);

    public IStorage Storage => storage;

    public RoomLimits Limits => limits;

    public TimeProvider Time => time;

    public IRoom Room(RoomId id) => new RemoteRoom(id, grains.GetGrain<IRoomGrain>(id.Value), orders);

    public IUser User(UserId id) => new RemoteUser(grains.GetGrain<IUserGrain>(id.Value));

    public void Publish(Room room, RoomNews news)
    {
        var grain = (RoomGrain)room;
        if (news is RoomNews.Announced) grain.Presume(edges.Now);
        outboxes.Send(grain.Audience(news), new EdgeNews.OfRoom(room.Id, news));
    }

    public void Tell(User user, UserNews news) => outboxes.Send(user.Edges, new EdgeNews.OfUser(user.Id, news));

    public void SteppedDown(Room room, Exception reason)
    {
        ((RoomGrain)room).DeactivateOnIdle();
        LogSteppedDown(log, room.Id, reason);
    }

    [LoggerMessage(EventId = 101, EventName = "RoomSteppedDown", Level = LogLevel.Warning, Message = "An activation of room {Room} stepped down.")]
    private static partial void LogSteppedDown(ILogger log, RoomId room, Exception reason);
}
