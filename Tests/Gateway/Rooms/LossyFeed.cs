using OrleansChat.Engine;
using OrleansChat.Nodes;
using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Rooms;

/// <summary>The embedded engine, whose feed loses what the test wants lost.</summary>
internal sealed class LossyFeed(LocalChat chat) : IChat, IFeed
{
    public Func<RoomNews, bool> Loses { get; set; } = _ => false;

    public IFeed Feed => this;

    public EdgeId Edge => chat.Feed.Edge;

    public INodeMetrics Metrics => chat.Metrics;

    public IRoom Room(RoomId id) => chat.Room(id);

    public IUser User(UserId id) => chat.User(id);

    public Task<FeedSubscription> Open(RoomId room, Action<RoomNews> receive) => chat.Feed.Open(room, news =>
    {
        if (!Loses(news)) receive(news);
    });

    public Task<FeedSubscription> Follow(UserId user, Action<UserNews> receive) => chat.Feed.Follow(user, receive);
}
