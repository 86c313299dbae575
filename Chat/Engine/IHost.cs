using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Engine;

/// <summary>Where a room or a user lives: what it stands on, and its ways out.</summary>
public interface IHost
{
    IStorage Storage { get; }

    RoomLimits Limits { get; }

    TimeProvider Time { get; }

    IRoom Room(RoomId id);

    IUser User(UserId id);
}

/// <summary>Where a room lives.</summary>
public interface IRoomHost : IHost
{
    /// <summary>Hands news to every edge that holds the room open. It may get lost; it must not wait.</summary>
    void Publish(Room room, RoomNews news);

    /// <summary>
    /// This activation of the room is over: it was fenced off, or does not know whether its last append took place.
    /// The next call must reach a new activation, which reads the log.
    /// </summary>
    void SteppedDown(Room room, Exception reason);
}

/// <summary>Where a user's object lives.</summary>
public interface IUserHost : IHost
{
    /// <summary>Hands news to every edge that has the user connected. It may get lost; it must not wait.</summary>
    void Tell(User user, UserNews news);
}
