using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Engine;
using OrleansChat.Gateway.Users;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Storage.Memory;
using OrleansChat.Tests.Conformance;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Users;

/// <summary>When the storage is read for a user of an edge: where the count says that news were lost, and only then.</summary>
public sealed class CountedNews : IAsyncLifetime
{
    private static readonly UserId Bob = UserId.Parse("bob");

    private readonly FaultyStorage storage = new(new MemoryStorage());
    private readonly Connection connection = new();
    private readonly ShakyChat chat;
    private readonly LocalChat local;
    private OpenUser user;

    public CountedNews()
    {
        local = new(storage, new RoomLimits(), TimeProvider.System, NullLogger<LocalChat>.Instance);
        chat = new(local);
        user = new(Bob, chat, storage);
    }

    public async ValueTask InitializeAsync()
    {
        await storage.Open();
        await storage.AddAccount(new(Bob, "Bob", null, false, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow));
        await storage.AddSession(new(connection.Session, Bob, DateTimeOffset.UtcNow.AddDays(1)));
        user.TryAdd(connection);
        await user.Following;
    }

    public async ValueTask DisposeAsync()
    {
        await local.DisposeAsync();
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task Where_all_came_that_was_sent_nothing_is_read()
    {
        for (var i = 0; i < 3; i++)
        {
            await user.Count(await Seen());
            await local.User(Bob).Entered(RoomId.Parse("den"), 1);
        }

        Assert.Equal((3, 0), (connection.Entrances, Reads));
    }

    [Theory]
    [InlineData(+1)]
    [InlineData(-1)]
    public async Task Where_the_count_differs_it_is_read_until_the_count_stands_still(int more)
    {
        await user.Count(await Seen());
        await local.User(Bob).Entered(RoomId.Parse("den"), 1);
        var sent = await Seen();
        for (var i = 0; i < 5; i++) await user.Count(sent with { Count = sent.Count + more });
        Assert.InRange(Reads, 1, 2);
    }

    [Fact]
    public async Task What_was_on_its_way_hides_no_later_loss()
    {
        var first = await Seen();
        await user.Count(first);
        await user.Count(first with { Count = 1 }); // sent, and here only after the count
        await local.User(Bob).Entered(RoomId.Parse("den"), 1);
        var before = Reads;
        await user.Count(first with { Count = 2 }); // and another that never came
        Assert.Equal(before + 1, Reads);
    }

    [Fact]
    public async Task Another_life_of_the_users_object_knows_nothing_of_what_was_lost_before_so_it_is_read()
    {
        await user.Count(await Seen());
        await user.Count(new(Guid.NewGuid(), 0));
        Assert.Equal(1, Reads);
    }

    [Fact]
    public async Task What_could_not_be_read_is_read_the_next_time()
    {
        var first = await Seen();
        await user.Count(first);
        storage.Away = true;
        var sent = first with { Count = 1 };
        await Assert.ThrowsAnyAsync<UnavailableException>(() => user.Count(sent));
        storage.Away = false;
        await storage.EndSession(connection.Session);
        await user.Count(sent);
        Assert.True(connection.Ended);
    }

    [Fact]
    public async Task Blocks_that_could_not_be_read_when_they_changed_are_read_at_the_next_count()
    {
        var ada = UserId.Parse("ada");
        await storage.AddAccount(new(ada, "Ada", null, false, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow));
        await user.Count(await Seen());
        storage.RefuseNext(nameof(IStorage.BlockedBy));
        Assert.True((await local.User(Bob).Block(ada, on: true)).Ok);
        Assert.False(user.Blocks(ada));
        await user.Count(await Seen());
        Assert.True(user.Blocks(ada));
    }

    [Fact]
    public async Task A_following_that_failed_is_tried_again_by_the_next_connection()
    {
        user = new(Bob, chat, storage);
        chat.Before = (call, _) => call == "User.Attach" ? throw ShakyChat.Fault() : Task.CompletedTask;
        await Assert.ThrowsAsync<UnavailableException>(() => user.Following);
        chat.Before = (_, _) => Task.CompletedTask;
        await user.Following;
        var another = new Connection();
        user.TryAdd(another);
        await local.User(Bob).Entered(RoomId.Parse("den"), 1);
        Assert.Equal(1, another.Entrances);
    }

    [Fact]
    public async Task A_following_without_the_blocks_is_none_and_leaves_nothing_behind()
    {
        var detached = 0;
        chat.Before = (call, _) => Task.FromResult(call == "User.Detach" ? detached++ : 0);
        user = new(Bob, chat, storage);
        storage.Away = true;
        await Assert.ThrowsAnyAsync<UnavailableException>(() => user.Following);
        Assert.Equal(1, detached);
    }

    private int Reads => storage.Asked(nameof(IStorage.RoomsOf));

    private Task<NewsMark> Seen() => local.User(Bob).Seen(local.Feed.Edge, true, default);

    private sealed class Connection : IConnection
    {
        public SessionId Session { get; } = SessionId.New();

        public int Entrances { get; private set; }

        public bool Ended { get; private set; }

        public void Entered(RoomId room, long seq) => Entrances++;

        public void SignedOut() => Ended = true;
    }
}
