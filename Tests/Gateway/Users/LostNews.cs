using OrleansChat.Client;
using OrleansChat.Engine;
using OrleansChat.Rooms;
using OrleansChat.Storage.Memory;
using OrleansChat.Tests.Conformance;
using OrleansChat.Tests.Gateway.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Users;

/// <summary>What was told to a user's sessions and did not come is found out at the next beat, which reads the storage.</summary>
public sealed class LostNews
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15); // a beat comes every 5 s

    private readonly ManualTime time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Whoever_became_a_member_gets_the_room_from_that_event_on_in_all_sessions()
    {
        await using var server = await LossyFeed.Start(time);
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        await using var bobsPhone = await bob.Again();
        var room = await ada.NewRoom("private");
        await Lose<UserNews.Entered>(server, () => ada.Chat.Invite(room, bob.Id));
        var seq = await ada.Say(room, "Do you see this, Bob?");
        foreach (var session in new[] { bob, bobsPhone })
        {
            var entered = session.Next<ChatPush.Entered>(news => news.Room.Room == room);
            await time.Until(entered, Soon);
            Assert.Equal(1, (await entered).Room.Head);
            Assert.Equal(["invited", "message"], (await session.EventsUpTo(room, seq)).Select(e => e.Kind));
        }
    }

    [Fact]
    public async Task Rooms_in_which_one_sits_already_are_not_begun_again_neither_at_once_nor_later()
    {
        var storage = new FaultyStorage(new MemoryStorage());
        await using var server = await LossyFeed.Start(time, storage);
        await using var ada = await server.Enter("ada");
        var (id, token) = await server.Account("bob");
        var (room, other) = (await ada.NewRoom(), await ada.NewRoom());
        await using var bob = await Wire.Enter(server, token);
        await ada.Chat.Invite(room, id);
        await bob.Event(room, 2);
        await Lose<UserNews.Entered>(server, () => ada.Chat.Invite(other, id));
        await time.Until(bob.Event(other, 2), Soon);
        Assert.Equal((1, 2), Story());

        // An end and a beginning in one commit: the beginning is not the one that was read of.
        var (den, owner) = (RoomId.Parse(room), new Actor(UserId.Parse(ada.Id)));
        var held = storage.HoldNextAppend(den);
        var post = Submit(new RoomCommand.Post("Goodbye, Bob", "key", null));
        await held.Reached;
        var (kick, invite) = (Submit(new RoomCommand.Kick(UserId.Parse(id), null)), Submit(new RoomCommand.Invite(UserId.Parse(id))));
        held.Release();
        Assert.Equal([3, 4, 5], (await Task.WhenAll(post, kick, invite)).Select(answer => answer.Value?.Seq));
        await bob.Event(room, await ada.Say(room, "Are you still there?"));
        Assert.Equal((2, 6), Story());

        (int, long) Story() => RoomStory.Check(bob, room, id) is var story ? (story.Entrances, story.Last) : default;
        Task<Answer<Receipt>> Submit(RoomCommand command) => server.Get<IChat>().Room(den).Submit(owner, command).WaitAsync(ChatServer.Patience);
    }

    [Fact]
    public async Task Whom_one_no_longer_blocks_is_heard_again()
    {
        await using var server = await LossyFeed.Start(time);
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Join(room);
        await bob.Chat.Block(ada.Id);
        await ada.Say(room, $"Do you hear me, @{bob.Id}?");
        await Lose<UserNews.BlocksChanged>(server, () => bob.Chat.Unblock(ada.Id));
        var notice = bob.Next<ChatPush.Notice>();
        for (var passed = TimeSpan.Zero; passed < Soon && !notice.IsCompleted; passed += TimeSpan.FromSeconds(1))
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await ada.Say(room, $"And now, @{bob.Id}?");
        }

        Assert.NotEqual(3, (await notice).Seq);
    }

    [Fact]
    public async Task Whoever_signed_out_is_closed_with_4010_and_their_other_session_is_not()
    {
        await using var server = await LossyFeed.Start(time);
        await using var bob = await server.Enter("bob");
        await using var bobsPhone = await Person.Enter(server, await server.NewToken(bob.Id));
        await Lose<UserNews.SignedOut>(server, () => server.Post("/api/v1/logout", "", bob.Token));
        var closed = bob.Closed();
        await time.Until(closed, Soon);
        Assert.Equal(4010, await closed);
        Assert.Equal("ok", await bobsPhone.Word(chat => chat.Ping()));
    }

    [Fact]
    public async Task Whoever_was_removed_is_closed_with_4010_in_all_sessions()
    {
        await using var server = await LossyFeed.Start(time);
        await using var bob = await server.Enter("bob");
        await using var bobsPhone = await Person.Enter(server, await server.NewToken(bob.Id));
        await Lose<UserNews.SignedOut>(server, () => server.Send(HttpMethod.Delete, $"/api/v1/users/{bob.Id}", bob.Token));
        var closed = Task.WhenAll(bob.Closed(), bobsPhone.Closed());
        await time.Until(closed, Soon);
        Assert.Equal([4010, 4010], await closed);
    }

    /// <summary>Does something of which exactly one piece of news gets lost, and no other.</summary>
    private static async Task Lose<T>(ChatServer server, Func<Task> act)
        where T : UserNews
    {
        var lost = new TaskCompletionSource();
        server.Get<LossyFeed>().LosesOfUsers = news => news is T && lost.TrySetResult();
        await act().WaitAsync(ChatServer.Patience);
        await lost.Task.WaitAsync(ChatServer.Patience);
    }
}
