using OrleansChat.Engine;
using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Conformance;

/// <summary>The status of people, their sessions, and their removal.</summary>
public abstract class PeopleWhoComeAndGo(Func<Task<EngineUnderTest>> start) : Conformance(start)
{
    private readonly EdgeId north = EdgeId.New("north");
    private readonly EdgeId south = EdgeId.New("south");

    [Fact]
    public async Task Who_never_came_is_offline_and_nobody_has_no_status()
    {
        Assert.Equal(new UserStatus(Bob.Id, "Bob", false, Then), await StatusOf(Bob));
        Assert.Null(await Chat.User(UserId.Parse("no.such.person")).Status());
    }

    [Fact]
    public async Task Somebody_is_online_while_any_edge_has_them()
    {
        await Seen(north, true);
        await Seen(south, true);
        await Seen(north, false);
        Assert.True((await StatusOf(Bob))?.Online);
        await Seen(south, false);
        Assert.False((await StatusOf(Bob))?.Online);
    }

    [Fact]
    public async Task An_edge_that_falls_silent_has_nobody_after_20_seconds()
    {
        await Seen(north, true);
        await Engine.Pass(TimeSpan.FromSeconds(19));
        Assert.True((await StatusOf(Bob))?.Online);
        await Seen(north, true);
        await Engine.Pass(TimeSpan.FromSeconds(19));
        Assert.True((await StatusOf(Bob))?.Online);
        await Engine.Pass(TimeSpan.FromSeconds(2));
        Assert.False((await StatusOf(Bob))?.Online);
    }

    [Fact]
    public async Task An_edge_is_told_how_much_news_it_was_sent()
    {
        var cleo = Chat.User(Cleo.Id); // a member of nothing: no other news are on their way
        var before = await cleo.Seen(north, true, Then);
        Value(await cleo.Block(Ada.Id, on: true));
        await cleo.Entered(Den, 2);
        Assert.Equal(before with { Count = before.Count + 2 }, await cleo.Seen(north, true, Then));
        Assert.Equal(0, (await cleo.Seen(south, true, Then)).Count);
    }

    [Fact]
    public async Task An_edge_that_fell_silent_and_comes_back_is_told_that_it_may_have_missed_something()
    {
        var before = await Seen(north, true);
        await Engine.Pass(TimeSpan.FromSeconds(19));
        await Seen(south, true); // so that Bob's object stays
        await Engine.Pass(TimeSpan.FromSeconds(2));
        Value(await Chat.User(Bob.Id).Block(Ada.Id, on: true));
        Assert.NotEqual(before.Life, (await Seen(north, true)).Life);
    }

    [Fact]
    public async Task The_last_activity_moves_only_forward()
    {
        await Seen(north, true, Then.AddHours(2));
        await Seen(south, true, Then.AddHours(1));
        Assert.Equal(Then.AddHours(2), (await StatusOf(Bob))?.LastActive);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_every_edge_hears_so()
    {
        var (session, other) = (SessionId.New(), SessionId.New());
        var end = DateTimeOffset.UtcNow.AddYears(10);
        foreach (var id in new[] { session, other }) await Storage.AddSession(new(id, Bob.Id, end));
        await using var here = await Listen(Bob);
        await using var there = await Listen(Bob, edge: 1);
        await Chat.User(Bob.Id).SignOut(session);

        Assert.Equal(session, (await here.Next<UserNews.SignedOut>()).Session);
        Assert.Equal(session, (await there.Next<UserNews.SignedOut>()).Session);
        Assert.Null(await Storage.FindSession(session, DateTimeOffset.UtcNow));
        Assert.NotNull(await Storage.FindSession(other, DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task A_removed_person_leaves_their_rooms_and_their_words_stay()
    {
        var session = SessionId.New();
        await Storage.AddSession(new(session, Bob.Id, DateTimeOffset.UtcNow.AddYears(10)));
        await Say(Bob, "I was here");
        await using var edge = await Listen(Bob);
        await Removed(Bob, erase: false);

        Assert.Equal(Bob.Id, Assert.IsType<RoomEvent.Left>((await Log())[^1]).By);
        Assert.Null((await edge.Next<UserNews.SignedOut>()).Session);
        Assert.Null(await StatusOf(Bob));
        Assert.Null(await Storage.FindSession(session, DateTimeOffset.UtcNow));
        Assert.Equal("I was here", Assert.Single(await History()).Text);
        Assert.False(await Storage.AddAccount(new(Bob.Id, "Another Bob", null, false, Then, Then)));
        Assert.Equal(ErrorCode.NotFound, await Refused(Ada, Den, new RoomCommand.Invite(Bob.Id)));
    }

    [Fact]
    public async Task A_removed_persons_words_go_with_them_if_they_want_so_also_from_where_they_are_no_more()
    {
        var hidden = await NewRoom("hidden", Visibility.Private);
        await Do(Ada, hidden, new RoomCommand.Invite(Bob.Id));
        var ours = RoomId.Direct(Ada.Id, Bob.Id);
        await Do(Ada, ours, new RoomCommand.OpenDirect(Bob.Id));
        await Say(Ada, "Marmalade?");
        foreach (var room in new[] { Den, hidden, ours }) await Say(Bob, "Marmalade!", room);
        await Do(Ada, hidden, new RoomCommand.Ban(Bob.Id, null));
        Value(await Chat.User(Ada.Id).Block(Bob.Id, on: true));
        await Removed(Bob, erase: true);

        Assert.Equal("Marmalade?", Assert.Single((await Storage.Search(Ada.Id, new("marmalade"))).Messages).Text);
        foreach (var room in new[] { Den, hidden, ours })
        {
            var message = (await History(room))[^1];
            Assert.Equal((Bob.Id, true, null), (message.By, message.Deleted, message.Text));
        }
    }

    [Fact]
    public async Task When_the_last_owner_is_removed_another_follows()
    {
        await Removed(Ada, erase: true);
        Assert.Equal(Role.Owner, (await Storage.RoomOf(Bob.Id, Den))?.Role);
    }

    [Fact]
    public async Task More_words_than_one_page_are_erased_too()
    {
        await Task.WhenAll(Enumerable.Range(0, 520).Select(i => Say(Bob, $"Number {i}")));
        await Removed(Bob, erase: true);
        Assert.Empty(await Storage.MessagesBy(Bob.Id));
    }

    private Task<UserStatus?> StatusOf(Actor who) => Chat.User(who.Id).Status().WaitAsync(Patience);

    private Task<NewsMark> Seen(EdgeId edge, bool online, DateTimeOffset? lastActive = null) => Chat.User(Bob.Id).Seen(edge, online, lastActive ?? Then);

    private async Task Removed(Actor who, bool erase) => Value(await Chat.User(who.Id).Remove(erase).WaitAsync(Patience));
}
