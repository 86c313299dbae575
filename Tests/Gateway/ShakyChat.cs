using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansChat.Engine;
using OrleansChat.Nodes;
using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway;

/// <summary>The embedded engine, whose calls go wrong where the test wants it, as those to a dying node do.</summary>
internal sealed class ShakyChat(IChat chat) : IChat
{
    /// <summary>
    /// What happens before a call (<c>User.Seen</c>) about somebody or something: it may throw, or never come to an end.
    /// </summary>
    public Func<string, string, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>A server that stands on it.</summary>
    public static Task<ChatServer> Start(TimeProvider? time = null, params string[] settings) => ChatServer.Start(services =>
    {
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(provider => new ShakyChat(new LocalChat(
            provider.GetRequiredService<IStorage>(), new RoomLimits(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LocalChat>>())));
        services.AddSingleton<IChat>(provider => provider.GetRequiredService<ShakyChat>());
    }, ["Chat:Limits:Enabled=false", .. settings]);

    public static UnavailableException Fault() => new("The call fails, as the test wants it.");

    public IRoom Room(RoomId id) => new ShakyRoom(this, id.Value, chat.Room(id));

    public IUser User(UserId id) => new ShakyUser(this, id.Value, chat.User(id));

    public INodeMetrics Metrics => new ShakyMetrics(this, chat.Metrics);

    public IFeed Feed => new ShakyFeed(this, chat.Feed);

    private async Task<T> Call<T>(string name, string about, Func<Task<T>> call)
    {
        await Before(name, about);
        return await call();
    }

    private async Task Call(string name, string about, Func<Task> call)
    {
        await Before(name, about);
        await call();
    }

    private sealed class ShakyFeed(ShakyChat chat, IFeed feed) : IFeed
    {
        public EdgeId Edge => feed.Edge;

        public async Task<FeedSubscription> Open(RoomId room, Action<RoomNews> receive) =>
            Shaky("Room", room.Value, await chat.Call("Room.Attach", room.Value, () => feed.Open(room, receive)));

        public async Task<FeedSubscription> Follow(UserId user, Action<UserNews> receive) =>
            Shaky("User", user.Value, await chat.Call("User.Attach", user.Value, () => feed.Follow(user, receive)));

        private FeedSubscription Shaky(string kind, string about, FeedSubscription subscription) =>
            subscription with
            {
                End = async () =>
                {
                    await subscription.DisposeAsync(); // what this process itself does succeeds
                    await chat.Before($"{kind}.Detach", about);
                },
            };
    }

    private sealed class ShakyMetrics(ShakyChat chat, INodeMetrics metrics) : INodeMetrics
    {
        public Task Report(NodeReading reading) => chat.Call("Metrics.Report", reading.Node, () => metrics.Report(reading));

        public Task<IReadOnlyList<NodeReading>> Latest() => chat.Call("Metrics.Latest", "", metrics.Latest);
    }

    private sealed class ShakyUser(ShakyChat chat, string id, IUser user) : IUser
    {
        public Task<UserStatus?> Status() => chat.Call("User.Status", id, user.Status);

        public Task Attach(EdgeId edge) => chat.Call("User.Attach", id, () => user.Attach(edge));

        public Task Detach(EdgeId edge) => chat.Call("User.Detach", id, () => user.Detach(edge));

        public Task<NewsMark> Seen(EdgeId edge, bool online, DateTimeOffset lastActive) =>
            chat.Call(online ? "User.Seen" : "User.SeenNoMore", id, () => user.Seen(edge, online, lastActive));

        public Task<Answer<Done>> Block(UserId other, bool on) => chat.Call("User.Block", id, () => user.Block(other, on));

        public Task Entered(RoomId room, long seq) => chat.Call("User.Entered", id, () => user.Entered(room, seq));

        public Task SignOut(SessionId session) => chat.Call("User.SignOut", id, () => user.SignOut(session));

        public Task<Answer<Done>> Remove(bool erase) => chat.Call("User.Remove", id, () => user.Remove(erase));
    }

    private sealed class ShakyRoom(ShakyChat chat, string id, IRoom room) : IRoom
    {
        public Task<Answer<Receipt>> Submit(Actor actor, RoomCommand command) => chat.Call("Room.Submit", id, () => room.Submit(actor, command));

        public Task<Answer<HistoryPage>> History(Actor actor, HistoryQuery query) => chat.Call("Room.History", id, () => room.History(actor, query));

        public Task<Answer<RoomStatus>> Status(Actor actor, UserId? after) => chat.Call("Room.Status", id, () => room.Status(actor, after));

        public Task<Answer<Done>> MaySearch(Actor actor) => chat.Call("Room.MaySearch", id, () => room.MaySearch(actor));

        public Task<Answer<Done>> MayConfigure(Actor actor) => chat.Call("Room.MayConfigure", id, () => room.MayConfigure(actor));

        public Task<Answer<Done>> MarkRead(Actor actor, long seq) => chat.Call("Room.MarkRead", id, () => room.MarkRead(actor, seq));

        public Task<Answer<Done>> Typing(Actor actor) => chat.Call("Room.Typing", id, () => room.Typing(actor));

        public Task<long> Attach(EdgeId edge) => chat.Call("Room.Attach", id, () => room.Attach(edge));

        public Task Detach(EdgeId edge) => chat.Call("Room.Detach", id, () => room.Detach(edge));

        public Task Report(EdgeId edge, PresenceReport report) => chat.Call("Room.Report", id, () => room.Report(edge, report));
    }
}
