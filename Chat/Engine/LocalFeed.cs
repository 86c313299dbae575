using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Engine;

/// <summary>The feed of the one process: a room's news are handed over as they happen, on the room's own turn.</summary>
public sealed class LocalFeed(IChat chat) : IFeed
{
    private readonly Subscribers<RoomId, RoomNews> rooms = new();
    private readonly Subscribers<UserId, UserNews> users = new();

    public EdgeId Edge { get; } = EdgeId.New("local");

    public async Task<FeedSubscription> Open(RoomId room, Action<RoomNews> receive)
    {
        // Taken before the head is read: news up to the head may come, none after it can be missed.
        rooms.Add(room, receive);
        try
        {
            return new(await chat.Room(room).Attach(Edge), async () =>
            {
                if (rooms.Remove(room, receive)) await chat.Room(room).Detach(Edge);
            });
        }
        catch
        {
            rooms.Remove(room, receive);
            throw;
        }
    }

    public async Task<FeedSubscription> Follow(UserId user, Action<UserNews> receive)
    {
        users.Add(user, receive);
        try
        {
            await chat.User(user).Attach(Edge);
            return new(0, async () =>
            {
                if (users.Remove(user, receive)) await chat.User(user).Detach(Edge);
            });
        }
        catch
        {
            users.Remove(user, receive);
            throw;
        }
    }

    /// <summary>Rooms that somebody holds open.</summary>
    internal IEnumerable<RoomId> Rooms => rooms.Topics;

    internal void Publish(RoomId room, RoomNews news) => Publish(rooms, room, news);

    internal void Tell(UserId user, UserNews news) => Publish(users, user, news);

    /// <summary>What the receivers begin is the edge's work and takes no turn of the room or user.</summary>
    private static void Publish<TTopic, TNews>(Subscribers<TTopic, TNews> subscribers, TTopic topic, TNews news)
        where TTopic : notnull
    {
        var turns = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            subscribers.Publish(topic, news);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(turns);
        }
    }
}
