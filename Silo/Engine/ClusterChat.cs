using OrleansChat.Engine;
using OrleansChat.Grains.Interfaces.Nodes;
using OrleansChat.Grains.Interfaces.Rooms;
using OrleansChat.Grains.Interfaces.Users;
using OrleansChat.Nodes;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Silo.Engine;

/// <summary>The engine of the cluster: every call goes to the grain, on whichever silo it lives.</summary>
public sealed class ClusterChat(IGrainFactory grains, IFeed feed) : IChat
{
    private readonly RoomOrders orders = new(grains);

    public IRoom Room(RoomId id) => new RemoteRoom(id, grains.GetGrain<IRoomGrain>(id.Value), orders);

    public IUser User(UserId id) => new RemoteUser(grains.GetGrain<IUserGrain>(id.Value));

    /// <summary>Found when it is asked for: a client knows no grain before it has connected, and this is made before.</summary>
    public INodeMetrics Metrics => new RemoteNodeMetrics(grains.GetGrain<INodeMetricsGrain>(0));

    public IFeed Feed => feed;
}
