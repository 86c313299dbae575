using OrleansChat.Nodes;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Engine;

/// <summary>What an edge needs of an engine. One engine keeps the rooms in this process, another in a cluster.</summary>
public interface IChat
{
    /// <summary>The room, for one call. Ask again for the next: an activation that is over answers no more.</summary>
    IRoom Room(RoomId id);

    IUser User(UserId id);

    INodeMetrics Metrics { get; }

    /// <summary>Events for the rooms that this edge holds open.</summary>
    IFeed Feed { get; }
}
