using OrleansChat.Client;

namespace OrleansChat.Tests.Gateway.Rooms;

/// <summary>One's own going is the last that one gets of a room.</summary>
public sealed class Going(ChatServer server) : IClassFixture<ChatServer>
{
    [Theory]
    [InlineData("left")]
    [InlineData("kicked")]
    [InlineData("banned")]
    public async Task Ones_own_going_is_the_last_event_in_every_session(string how)
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Join(room);
        await using var bobsPhone = await bob.Again();
        await (how switch
        {
            "left" => bob.Chat.Leave(room),
            "kicked" => ada.Chat.Kick(room, bob.Id, "Enough"),
            _ => ada.Chat.Ban(room, bob.Id),
        });
        await ada.Say(room, "Is he gone?");
        await ada.Chat.Typing(room);
        var other = await ada.NewRoom(); // what comes in another room comes after it
        await ada.Chat.Invite(other, bob.Id);
        foreach (var session in new[] { bob, bobsPhone })
        {
            await session.EventsUpTo(other, 2);
            Assert.Equal((3, how), (session.SeenOf(room).Last().Seq, session.SeenOf(room).Last().Kind));
            Assert.DoesNotContain(session.Seen, news => news is ChatPush.Typing);
        }
    }

    [Fact]
    public async Task Who_is_kicked_and_invited_again_at_once_sees_each_stay_whole_and_is_there_in_the_end()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var (id, token) = await server.Account("bob");
        await ada.Chat.Invite(room, id);
        await using var bob = await Wire.Enter(server, token);
        for (var i = 0; i < 30; i++) await Task.WhenAll(ada.Chat.Kick(room, id), ada.Chat.Invite(room, id)).WaitAsync(ChatServer.Patience);
        var end = await ada.Say(room, "Are you still there?");
        await bob.Event(room, end);
        var story = RoomStory.Check(bob, room, id);
        Assert.Equal(end, story.Last);
        Assert.InRange(story.Entrances, 2, 31); // a stay that was over before it could be told is not told
    }

    [Fact]
    public async Task A_kick_and_an_invitation_in_one_commit_are_an_end_and_a_beginning()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var (id, token) = await server.Account("bob");
        await ada.Chat.Invite(room, id);
        await using var bob = await Wire.Enter(server, token);
        await using var cleo = await server.Enter("cleo");
        await cleo.Join(room);
        long end = 0;
        for (var i = 0; i < 50; i++)
        {
            // Two connections, so that the room may take both into one append. Either may come first.
            await Task.WhenAll(ada.Chat.Kick(room, id), cleo.Chat.Invite(room, id)).WaitAsync(ChatServer.Patience);
            await cleo.Chat.Invite(room, id).WaitAsync(ChatServer.Patience);
            end = await ada.Say(room, "Are you still there?");
        }

        await bob.Event(room, end);
        Assert.Equal(end, RoomStory.Check(bob, room, id).Last);
    }

    [Fact]
    public async Task When_a_room_is_destroyed_its_members_hear_that_it_is_gone()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Join(room);
        await ada.Chat.Destroy(room);
        Assert.Equal(room, (await bob.Next<ChatPush.Gone>()).Room);
        Assert.Equal(room, (await ada.Next<ChatPush.Gone>()).Room);
        Assert.Equal("not_found", await bob.Word(chat => chat.History(room)));
        Assert.Equal("conflict", await bob.Word(chat => chat.Create(room)));
        await using var again = await bob.Again(new Dictionary<string, long> { [room] = 1 });
        Assert.Empty(again.Welcome.Rooms);
    }

    [Fact]
    public async Task When_the_last_owner_leaves_the_heir_sees_the_role_that_came_to_them()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Join(room);
        await ada.Chat.Leave(room);
        var role = (await bob.EventsUpTo(room, 4))[^1];
        Assert.Equal(("role", bob.Id, "owner"), (role.Kind, role.User, role.Role));
    }
}
