using OrleansChat.Engine;
using OrleansChat.Rooms;

namespace OrleansChat.Tests.Conformance;

/// <summary>What happens in a room reaches the edges that hold it open.</summary>
public abstract class News(Func<Task<EngineUnderTest>> start) : Conformance(start)
{
    [Fact]
    public async Task Events_reach_an_open_feed_in_order_from_its_head_on()
    {
        await Say(Ada, "Before");
        await using var listener = await Listen();
        Assert.Equal((await Log())[^1].Seq, listener.Head);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Say(i % 2 == 0 ? Ada : Bob, $"Number {i}")));
        var events = await listener.EventsUpTo(receipts.Max(r => r.Seq));
        Assert.Equal((await Log()).Where(e => e.Seq > listener.Head), events);
    }

    [Fact]
    public async Task A_feed_that_is_opened_amid_the_talk_misses_nothing()
    {
        var talk = Enumerable.Range(0, 200).Select(i => Say(Ada, $"Number {i}")).ToList();
        await using var listener = await Listen();
        var last = (await Task.WhenAll(talk)).Max(r => r.Seq);
        Assert.Equal((await Log()).Where(e => e.Seq > listener.Head), await listener.EventsUpTo(last));
    }

    [Fact]
    public async Task A_feed_may_be_opened_before_its_room()
    {
        var lair = RoomId.Parse($"lair-of-{Ada.Id.Value}");
        await using var listener = await Listen(lair);
        Assert.Equal(0, listener.Head);
        await Do(Ada, lair, new RoomCommand.Create(null, null, Visibility.Public));
        Assert.IsType<RoomEvent.Created>(Assert.Single(await listener.EventsUpTo(1)));
    }

    [Fact]
    public async Task Every_kind_of_event_is_told()
    {
        await using var listener = await Listen();
        var seq = (await Say(Bob, "Tee")).Seq;
        RoomCommand[] commands =
        [
            new RoomCommand.Edit(seq, "Tea"), new RoomCommand.React(seq, "👍", true), new RoomCommand.Delete(seq), new RoomCommand.Leave(), new RoomCommand.Join(),
        ];
        foreach (var command in commands) await Do(Bob, Den, command);
        RoomCommand[] orders =
        [
            new RoomCommand.GiveRole(Bob.Id, Role.Moderator), new RoomCommand.Configure(null, "Tea", null, null), new RoomCommand.Invite(Cleo.Id),
            new RoomCommand.Kick(Cleo.Id, null), new RoomCommand.Ban(Cleo.Id, "No"), new RoomCommand.Unban(Cleo.Id),
        ];
        foreach (var order in orders) await Do(Ada, Den, order);
        string[] kinds =
        [
            nameof(RoomEvent.Message), nameof(RoomEvent.Edited), nameof(RoomEvent.Reacted), nameof(RoomEvent.Deleted), nameof(RoomEvent.Left), nameof(RoomEvent.Joined),
            nameof(RoomEvent.RoleGiven), nameof(RoomEvent.Configured), nameof(RoomEvent.Invited), nameof(RoomEvent.Kicked), nameof(RoomEvent.Banned), nameof(RoomEvent.Unbanned),
        ];
        Assert.Equal(kinds, (await listener.EventsUpTo(seq + 11)).Select(e => e.GetType().Name));
    }

    [Fact]
    public async Task All_who_listen_hear_the_same_on_whichever_edge()
    {
        await using var one = await Listen();
        await using var two = await Listen();
        await using var elsewhere = await Listen(edge: 1);
        var last = (await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Say(Bob, $"Number {i}")))).Max(r => r.Seq);
        var heard = await one.EventsUpTo(last);
        Assert.Equal(heard, await two.EventsUpTo(last));
        Assert.Equal(heard, await elsewhere.EventsUpTo(last));
    }

    [Fact]
    public async Task Who_stopped_listening_hears_nothing_more()
    {
        var bob = await Listen();
        await using var ada = await Listen();
        await bob.EventsUpTo((await Say(Ada, "Good night")).Seq);
        await bob.DisposeAsync();
        await ada.EventsUpTo((await Say(Ada, "Is he gone?")).Seq);
        Assert.Equal(0, bob.Waiting);
    }

    [Fact]
    public async Task Rooms_are_heard_apart()
    {
        var lair = await NewRoom("lair");
        await using var den = await Listen();
        await Say(Ada, "In the lair", lair);
        var seq = (await Say(Ada, "In the den")).Seq;
        Assert.Equal("In the den", Assert.IsType<RoomEvent.Message>(Assert.Single(await den.EventsUpTo(seq))).Text);
    }

    [Fact]
    public async Task Nothing_is_seen_before_it_is_stored()
    {
        await using var listener = await Listen();
        var held = Storage.HoldNextAppend(Den);
        var post = Say(Ada, "Hello");
        await held.Reached;
        Assert.False(post.IsCompleted);
        Assert.Empty(await History());
        Assert.Empty((await Status()).Recent);
        Assert.Equal(0, listener.Waiting);
        held.Release();
        Assert.Single(await listener.EventsUpTo((await post).Seq));
    }

    [Fact]
    public async Task Typing_is_passed_on_once_in_two_seconds()
    {
        await using var listener = await Listen();
        var room = Chat.Room(Den);
        Value(await room.Typing(Bob));
        Value(await room.Typing(Bob));
        Value(await room.Typing(Ada));
        Assert.Equal([new RoomNews.Typing(Bob.Id), new RoomNews.Typing(Ada.Id)], await TypingHeard(listener));

        await Engine.Pass(TimeSpan.FromSeconds(1.9));
        Value(await room.Typing(Bob));
        Assert.Empty(await TypingHeard(listener));

        await Engine.Pass(TimeSpan.FromSeconds(0.1));
        Value(await room.Typing(Bob));
        Assert.Equal([new RoomNews.Typing(Bob.Id)], await TypingHeard(listener));
    }

    [Fact]
    public async Task Only_members_type()
    {
        var hidden = await NewRoom("hidden", Visibility.Private);
        Assert.Equal(ErrorCode.NotMember, (await Chat.Room(Den).Typing(Cleo)).Refusal?.Code);
        Assert.Equal(ErrorCode.NotFound, (await Chat.Room(hidden).Typing(Cleo)).Refusal?.Code);
    }

    /// <summary>Who was heard typing before a post that is made now.</summary>
    private async Task<IEnumerable<RoomNews.Typing>> TypingHeard(RoomListener listener) =>
        (await listener.NewsUpTo((await Say(Ada, "A moment")).Seq)).Others.OfType<RoomNews.Typing>();
}
