using OrleansChat.Client;

namespace OrleansChat.Tests.Gateway.Rooms;

/// <summary>By whichever way somebody becomes a member: all their sessions get the room, from the first number on.</summary>
public sealed class ComingIn(ChatServer server) : IClassFixture<ChatServer>
{
    [Fact]
    public async Task Joining_gives_the_latest_fifty_events_and_then_the_next_number()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        for (var i = 0; i < 60; i++) await ada.Say(room, $"Number {i}");
        await using var bob = await server.Enter("bob");
        var joined = await bob.Join(room);
        Assert.Equal(Enumerable.Range(13, 50).Select(i => (long)i), joined.Events.Select(e => e.Seq));
        Assert.Equal(("joined", bob.Id, false), (joined.Events[^1].Kind, joined.Events[^1].By, joined.Gap));
        Assert.Equal((62, "public", 2, "member"), (joined.Room.Head, joined.Room.Visibility, joined.Room.Members, joined.Room.Role));
        var next = await ada.Say(room, "Welcome, Bob");
        Assert.Equal(63, Assert.Single(await bob.EventsUpTo(room, next)).Seq);
    }

    [Fact]
    public async Task Whoever_creates_a_room_gets_it_from_its_first_event_on()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var entered = Assert.IsType<ChatPush.Entered>(ada.Seen[0]);
        Assert.Equal((room, 0, "owner"), (entered.Room.Room, entered.Room.Head, entered.Room.Role));
        Assert.Equal([(1, "created")], ada.SeenOf(room).Select(e => (e.Seq, e.Kind)));
    }

    [Fact]
    public async Task Whoever_is_invited_gets_the_room_before_its_first_event_in_all_sessions()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom("private");
        await using var bob = await server.Enter("bob");
        await using var bobsPhone = await bob.Again();
        await ada.Chat.Invite(room, bob.Id);
        foreach (var session in new[] { bob, bobsPhone })
        {
            Assert.Equal(1, (await session.Next<ChatPush.Entered>(entered => entered.Room.Room == room)).Room.Head);
            Assert.Empty(session.SeenOf(room));
            Assert.Equal([(2, "invited")], (await session.EventsUpTo(room, 2)).Select(e => (e.Seq, e.Kind)));
        }
    }

    [Fact]
    public async Task Opening_a_direct_room_opens_it_for_both_under_the_others_name()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = (await ada.Chat.Direct(bob.Id)).Room;
        Assert.Equal($"dm:{ada.Id}+{bob.Id}", room);
        Assert.Equal("Bob", (await ada.Next<ChatPush.Entered>()).Room.Name);
        Assert.Equal("Ada", (await bob.Next<ChatPush.Entered>()).Room.Name);
        Assert.Equal(["created", "invited"], (await ada.EventsUpTo(room, 2)).Select(e => e.Kind));
        var hello = await bob.Say((await bob.Chat.Direct(ada.Id)).Room, "Hello, Ada");
        Assert.Equal("Hello, Ada", (await ada.EventsUpTo(room, hello))[^1].Text);
    }

    [Fact]
    public async Task Joining_in_one_session_brings_the_room_to_the_other()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        await using var bob = await server.Enter("bob");
        await using var bobsPhone = await bob.Again();
        await bob.Join(room);
        Assert.Equal(1, (await bobsPhone.Next<ChatPush.Entered>()).Room.Head);
        Assert.Equal("joined", (await bobsPhone.EventsUpTo(room, 2))[0].Kind);
        var seq = await ada.Say(room, "Hello");
        Assert.Equal("Hello", (await bob.EventsUpTo(room, seq))[^1].Text);
        Assert.Equal("Hello", (await bobsPhone.EventsUpTo(room, seq))[^1].Text);
        Assert.DoesNotContain(bob.Seen, news => news is ChatPush.Entered);
    }

    [Fact]
    public async Task Joining_again_with_a_mark_tells_what_came_after_it_and_goes_on_from_there()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        for (var i = 2; i <= 10; i++) await ada.Say(room, $"Number {i}");
        var joined = await ada.Join(room, since: 6);
        Assert.Equal([7, 8, 9, 10], joined.Events.Select(e => e.Seq));
        Assert.Equal("owner", joined.Room.Role);
        var next = await ada.Say(room, "And on");
        while (ada.SeenOf(room).All(e => e.Seq != next)) await ada.Next<ChatPush.Events>();
        Assert.Single(ada.SeenOf(room), e => e.Seq == next);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(9_007_199_254_740_991)]
    public async Task Joining_with_a_mark_that_the_room_never_had_is_a_gap(long since)
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        await using var bob = await server.Enter("bob");
        var joined = await bob.Join(room, since);
        Assert.Empty(joined.Events);
        Assert.True(joined is { Gap: true, Room: { Gap: true, Head: 2 } });
        Assert.Equal(3, (await bob.EventsUpTo(room, await ada.Say(room, "Hello")))[0].Seq);
    }

    [Fact]
    public async Task What_the_answer_to_a_join_has_no_room_for_follows_in_frames()
    {
        var (ada, bob) = (await server.Account("ada"), await server.Account("bob"));
        await using var talker = await Wire.Enter(server, ada.Token);
        var room = server.NameLike("den");
        await talker.Send($$"""{"op":"create","id":1,"room":"{{room}}"}""");
        for (var i = 2; i <= 40; i++)
        {
            await talker.Send($$"""{"op":"post","id":{{i}},"room":"{{room}}","text":"{{new string('x', 4000)}}","key":"{{i}}"}""");
        }

        await talker.Answer(40);
        await using var joiner = await Wire.Enter(server, bob.Token);
        await joiner.Send($$"""{"op":"join","id":1,"room":"{{room}}","since":1}""");
        var events = (await joiner.Answer(1)).GetProperty("ok").GetProperty("events");
        Assert.InRange(events.GetArrayLength(), 1, 39);
        await joiner.Event(room, 41);
        Assert.Equal(41, RoomStory.Check(joiner, room, bob.Id).Last);
    }

    [Fact]
    public async Task Amid_much_talk_coming_and_going_never_shows_an_event_too_early_too_late_or_twice()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var (id, token) = await server.Account("bob");
        await using var bob = await Wire.Enter(server, token);
        await using var phone = await Wire.Enter(server, token);
        var talk = Task.Run(async () =>
        {
            for (var i = 0; i < 400; i++) await ada.Say(room, $"Number {i}");
        });
        for (var i = 1; i <= 60; i += 2)
        {
            await bob.Send($$"""{"op":"join","id":{{i}},"room":"{{room}}"}""");
            if (i % 4 == 1) await bob.Answer(i);
            await bob.Send($$"""{"op":"leave","id":{{i + 1}},"room":"{{room}}"}""");
        }

        await bob.Send($$"""{"op":"join","id":61,"room":"{{room}}"}""");
        await talk.WaitAsync(ChatServer.Patience);
        var end = await ada.Say(room, "The end");
        foreach (var session in new[] { bob, phone })
        {
            await session.Event(room, end);
            Assert.Equal(end, RoomStory.Check(session, room, id).Last);
        }

        Assert.Equal(31, RoomStory.Check(bob, room, id).Entrances);
    }
}
