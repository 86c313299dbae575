using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansChat.Engine;
using OrleansChat.Nodes;
using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Rooms;

/// <summary>The embedded engine, whose feed loses what the test wants lost.</summary>
internal sealed class LossyFeed(LocalChat chat) : IChat, IFeed
{
    public Func<RoomNews, bool> Loses { get; set; } = _ => false;

    public Func<UserNews, bool> LosesOfUsers { get; set; } = _ => false;

    /// <summary>What happens just before an edge follows a user.</summary>
    public Func<UserId, Task> BeforeFollowing { get; set; } = _ => Task.CompletedTask;

    /// <summary>A server that stands on it.</summary>
    public static Task<ChatServer> Start(TimeProvider? time = null, IStorage? storage = null) => ChatServer.Start(services =>
    {
        services.AddSingleton(time ?? TimeProvider.System);
        if (storage is not null) services.AddSingleton(storage);
        services.AddSingleton(provider => new LossyFeed(new LocalChat(
            provider.GetRequiredService<IStorage>(), new RoomLimits(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LocalChat>>())));
        services.AddSingleton<IChat>(provider => provider.GetRequiredService<LossyFeed>());
    }, "Chat:Limits:Enabled=false");

    public IFeed Feed => this;

    public EdgeId Edge => chat.Feed.Edge;

    public INodeMetrics Metrics => chat.Metrics;

    public IRoom Room(RoomId id) => chat.Room(id);

    public IUser User(UserId id) => chat.User(id);

    public Task<FeedSubscription> Open(RoomId room, Action<RoomNews> receive) => chat.Feed.Open(room, news =>
    {
        if (!Loses(news)) receive(news);
    });

    public async Task<FeedSubscription> Follow(UserId user, Action<UserNews> receive)
    {
        await BeforeFollowing(user);
        return await chat.Feed.Follow(user, news =>
        {
            if (!LosesOfUsers(news)) receive(news);
        });
    }
}
