using OrleansChat.Client;

namespace OrleansChat.Tests.Gateway.Rooms;

/// <summary>Who is spoken to hears so, unless they have blocked the speaker.</summary>
public sealed class Notices(ChatServer server) : IClassFixture<ChatServer>
{
    [Fact]
    public async Task Who_is_mentioned_is_given_notice_and_nobody_else()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        await using var cleo = await server.Enter("cleo");
        var room = await ada.NewRoom();
        await bob.Join(room);
        await cleo.Join(room);
        var seq = await ada.Say(room, $"Look, @{bob.Id}, and I, @{ada.Id}");
        var notice = await bob.Next<ChatPush.Notice>();
        Assert.Equal(("mention", room, ada.Id, seq), (notice.Kind, notice.Room, notice.By, notice.Seq));
        await NoMoreNotices(room, ada, bob, cleo);
    }

    [Fact]
    public async Task A_message_in_a_direct_room_is_noticed_by_the_other_one_also_right_after_it_is_opened()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = (await ada.Chat.Direct(bob.Id)).Room;
        var seq = await ada.Say(room, "Hello, Bob");
        var notice = await bob.Next<ChatPush.Notice>(news => news.Kind == "direct");
        Assert.Equal((room, ada.Id, seq), (notice.Room, notice.By, notice.Seq));
        var answer = await bob.Say(room, "Hello, Ada");
        Assert.Equal(answer, (await ada.Next<ChatPush.Notice>()).Seq);
    }

    [Fact]
    public async Task Who_is_invited_is_given_notice_in_every_session()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        await using var bobsPhone = await bob.Again();
        var room = await ada.NewRoom("private");
        await ada.Chat.Invite(room, bob.Id);
        foreach (var session in new[] { bob, bobsPhone })
        {
            var notice = await session.Next<ChatPush.Notice>();
            Assert.Equal(("invited", room, ada.Id, 2), (notice.Kind, notice.Room, notice.By, notice.Seq));
        }
    }

    [Fact]
    public async Task From_people_whom_one_has_blocked_there_are_no_notices()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Chat.Block(ada.Id);
        await ada.Chat.Invite(room, bob.Id);
        await ada.Say(room, $"Do you hear me, @{bob.Id}?");
        await NoMoreNotices(room, ada, bob);
        await bob.Chat.Unblock(ada.Id);
        await ada.Say(room, $"And now, @{bob.Id}?");
        Assert.Equal("mention", (await bob.Next<ChatPush.Notice>()).Kind);
    }

    [Fact]
    public async Task What_is_replayed_is_noticed_no_more_but_what_comes_behind_it_is()
    {
        await using var ada = await server.Enter("ada");
        var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Join(room);
        await bob.DisposeAsync();
        await ada.Say(room, $"Are you there, @{bob.Id}?");
        await using var again = await bob.Again(new Dictionary<string, long> { [room] = 1 });
        var seq = await ada.Say(room, $"And now, @{bob.Id}?");
        Assert.Equal(seq, (await again.Next<ChatPush.Notice>()).Seq);
    }

    [Fact]
    public async Task A_blocked_one_cannot_talk_in_the_direct_room_from_the_answer_on()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = (await ada.Chat.Direct(bob.Id)).Room;
        await bob.Chat.Block(ada.Id);
        Assert.Equal("forbidden", await ada.Word(chat => chat.Post(room, "Hello?")));
        Assert.Equal("forbidden", await bob.Word(chat => chat.Post(room, "Hello?")));
        Assert.Equal("forbidden", await ada.Word(chat => chat.Typing(room)));
        await bob.Chat.Unblock(ada.Id);
        Assert.Equal("ok", await ada.Word(chat => chat.Post(room, "Hello again")));
        Assert.Equal("bad_request", await ada.Word(chat => chat.Direct(ada.Id)));
        Assert.Equal("not_found", await ada.Word(chat => chat.Direct("nobody")));
        Assert.Equal("not_found", await ada.Word(chat => chat.Block("nobody")));
        Assert.Equal("bad_request", await ada.Word(chat => chat.Block(ada.Id)));
    }

    /// <summary>What comes next shows what did not come before it.</summary>
    private static async Task NoMoreNotices(string room, Person speaker, params Person[] listeners)
    {
        var end = await speaker.Say(room, "That was all");
        foreach (var person in listeners)
        {
            var before = person.Seen.OfType<ChatPush.Notice>().Count();
            while (person.SeenOf(room).LastOrDefault()?.Seq != end) await person.Next<ChatPush.Events>();
            Assert.Equal(before, person.Seen.OfType<ChatPush.Notice>().Count());
        }
    }
}
