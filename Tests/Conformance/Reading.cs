using System.Text.Json;
using OrleansChat.Presence;
using OrleansChat.Rooms;

namespace OrleansChat.Tests.Conformance;

/// <summary>History, search and the chat status of a room.</summary>
public abstract class Reading(Func<Task<EngineUnderTest>> start) : Conformance(start)
{
    [Fact]
    public async Task History_shows_messages_as_they_now_are()
    {
        var tea = await Say(Ada, "Tee?");
        await Do(Ada, Den, new RoomCommand.Edit(tea.Seq, "Tea?"));
        var yes = await Do(Bob, Den, new RoomCommand.Post("Yes", "key", tea.Seq));
        foreach (var who in new[] { Ada, Bob }) await Do(who, Den, new RoomCommand.React(tea.Seq, "👍", true));
        await Do(Bob, Den, new RoomCommand.React(tea.Seq, "🎂", true));
        await Do(Bob, Den, new RoomCommand.React(tea.Seq, "🎂", false));

        var history = await History();
        Assert.Equal([("Tea?", true, null), ("Yes", false, tea.Seq)], history.Select(m => (m.Text, m.Edited, m.Reply)));
        Assert.Equal((tea.Seq, tea.At, Ada.Id), (history[0].Seq, history[0].At, history[0].By));
        Assert.Equal(yes.Seq, history[1].Seq);
        var reaction = Assert.Single(history[0].Reactions!);
        Assert.Equal("👍", reaction.Key);
        Assert.Equal([Ada.Id, Bob.Id], reaction.Value.OrderBy(user => user.Value));
    }

    [Fact]
    public async Task History_is_read_in_pages_from_both_ends()
    {
        foreach (var i in Enumerable.Range(1, 10)) await Say(Ada, $"Number {i}"); // events 3 to 12
        Assert.Equal(("8 9 10", true), await Page(new(Limit: 3)));
        Assert.Equal(("5 6 7", true), await Page(new(Before: 10, Limit: 3)));
        Assert.Equal(("1 2", false), await Page(new(Before: 5, Limit: 3)));
        Assert.Equal(("1 2 3", true), await Page(new(After: 0, Limit: 3)));
        Assert.Equal(("9 10", false), await Page(new(After: 10, Limit: 3)));
        Assert.Equal(("", false), await Page(new(After: 12)));
        Assert.Equal(("", false), await Page(new(Before: 3)));
        Assert.Equal(("1 2 3 4 5 6 7 8 9 10", false), await Page(new()));
    }

    [Fact]
    public async Task A_deleted_text_is_in_no_log_no_history_and_no_search()
    {
        var oops = await Say(Bob, "My password is marmalade");
        await Do(Bob, Den, new RoomCommand.Edit(oops.Seq, "My password is not marmalade"));
        Assert.Single((await Search(Ada, "marmalade")).Messages);
        await Do(Bob, Den, new RoomCommand.Delete(oops.Seq));

        Assert.Empty((await Search(Ada, "marmalade")).Messages);
        var message = Assert.Single(await History());
        Assert.Equal((oops.Seq, true, null), (message.Seq, message.Deleted, message.Text));
        var log = JsonSerializer.Serialize([.. await Log()], ChatJson.Wire.ListRoomEvent);
        Assert.DoesNotContain("marmalade", log);
        Assert.Equal(2, log.Split("\"deleted\":true").Length - 1); // the message and its edit say so
    }

    [Fact]
    public async Task Search_finds_what_was_said_in_ones_own_rooms()
    {
        var hidden = await NewRoom("hidden", Visibility.Private);
        await Say(Ada, "Marmalade for tea", hidden);
        await Say(Ada, "Marmalade for breakfast");
        Assert.Equal("Marmalade for breakfast", Assert.Single((await Search(Bob, "marmalade")).Messages).Text);
        Assert.Equal(2, (await Search(Ada, "marmalade")).Messages.Count);
        Assert.Empty((await Search(Cleo, "marmalade")).Messages);

        Value(await Chat.Room(hidden).MaySearch(Ada));
        Assert.Equal(ErrorCode.NotFound, (await Chat.Room(hidden).MaySearch(Bob)).Refusal?.Code);
        Assert.Equal(ErrorCode.NotMember, (await Chat.Room(Den).MaySearch(Cleo)).Refusal?.Code);
    }

    [Fact]
    public async Task Status_shows_the_room_its_participants_and_its_latest_messages()
    {
        await Do(Ada, Den, new RoomCommand.Configure("The den", "Tea", null, null));
        foreach (var i in Enumerable.Range(1, 25)) await Say(Bob, $"Number {i}");
        await Chat.Room(Den).Report(EdgeId.New("north"), new([Bob.Id], []));

        var status = await Status();
        Assert.Equal((Den, "The den", "Tea", Visibility.Public, false), (status.Room, status.Name, status.Topic, status.Visibility, status.More));
        Assert.Equal((await Log())[^1].Seq, status.Head);
        Assert.Equal(Enumerable.Range(6, 20).Select(i => $"Number {i}"), status.Recent.Select(m => m.Text));
        Assert.Equal([(Ada.Id, "Ada", Role.Owner, false), (Bob.Id, "Bob", Role.Member, true)], status.Members.Select(m => (m.User, m.Name, m.Role, m.Online)));
    }

    [Fact]
    public async Task Members_of_a_small_room_see_how_far_each_has_read_and_strangers_do_not()
    {
        var hello = await Say(Ada, "Hello");
        Value(await Chat.Room(Den).MarkRead(Bob, hello.Seq));
        Assert.Equal([(Ada.Id, 1L), (Bob.Id, hello.Seq)], (await Status()).Members.Select(m => (m.User, m.Read ?? -1)));
        await Reactivate(Den);
        Assert.Equal([(Ada.Id, 1L), (Bob.Id, hello.Seq)], (await Status()).Members.Select(m => (m.User, m.Read ?? -1)));
        Assert.All(Value(await Chat.Room(Den).Status(Cleo, null)).Members, member => Assert.Null(member.Read));

        await Task.WhenAll((await People(23)).Select(person => Do(Ada, Den, new RoomCommand.Invite(person.Id))));
        Assert.All((await Status()).Members, member => Assert.NotNull(member.Read));
        await Do(Ada, Den, new RoomCommand.Invite(Cleo.Id));
        Assert.All((await Status()).Members, member => Assert.Null(member.Read));
    }

    [Fact]
    public async Task Who_may_lift_bans_sees_who_is_banned_and_nobody_else_does()
    {
        var boss = new Actor((await Person("boss")).Id, Admin: true);
        Assert.Null((await Status()).Banned);
        await Do(Ada, Den, new RoomCommand.Ban(Cleo.Id, null));
        Assert.Equal([new BannedUser(Cleo.Id, "Cleo")], (await Status()).Banned);
        Assert.Equal([new BannedUser(Cleo.Id, "Cleo")], Value(await Chat.Room(Den).Status(boss, null)).Banned);
        Assert.Null(Value(await Chat.Room(Den).Status(Ada, Bob.Id)).Banned); // a later page
        Assert.Null(Value(await Chat.Room(Den).Status(Bob, null)).Banned);
        await Do(Ada, Den, new RoomCommand.GiveRole(Bob.Id, Role.Moderator));
        Assert.Single(Value(await Chat.Room(Den).Status(Bob, null)).Banned!);
        await Do(Bob, Den, new RoomCommand.Unban(Cleo.Id));
        Assert.Null((await Status()).Banned);
    }

    [Fact]
    public async Task Status_says_how_slow_a_room_is()
    {
        Assert.Equal(0, (await Status()).Slow);
        await Do(Ada, Den, new RoomCommand.Configure(null, null, null, 30));
        Assert.Equal(30, (await Status()).Slow);
    }

    [Fact]
    public async Task Status_shows_when_members_were_last_active()
    {
        await Do(Ada, Den, new RoomCommand.Invite(Cleo.Id));
        var spoke = await Say(Bob, "Hello");
        var members = (await Status()).Members.ToDictionary(m => m.User, m => m.LastActive);
        Assert.True(members[Bob.Id] >= spoke.At);
        Assert.Equal(Then, members[Cleo.Id]);
    }

    [Fact]
    public async Task Status_shows_500_participants_a_page()
    {
        await Task.WhenAll((await People(500)).Select(person => Do(Ada, Den, new RoomCommand.Invite(person.Id))));
        var first = await Status();
        var second = Value(await Chat.Room(Den).Status(Ada, first.Members[^1].User));
        Assert.Equal((500, true), (first.Members.Count, first.More));
        Assert.Equal((2, false), (second.Members.Count, second.More));
        var all = first.Members.Concat(second.Members).Select(m => m.User.Value).ToList();
        Assert.Equal(all.Order(StringComparer.Ordinal), all);
    }

    [Fact]
    public async Task Strangers_read_public_rooms_and_no_private_ones_and_the_banned_none()
    {
        var hidden = await NewRoom("hidden", Visibility.Private);
        Value(await Chat.Room(Den).Status(Cleo, null));
        Value(await Chat.Room(Den).History(Cleo, new()));
        Assert.Equal(ErrorCode.NotFound, (await Chat.Room(hidden).Status(Cleo, null)).Refusal?.Code);
        Assert.Equal(ErrorCode.NotFound, (await Chat.Room(hidden).History(Cleo, new())).Refusal?.Code);
        Value(await Chat.Room(hidden).Status(Cleo with { Admin = true }, null));

        await Do(Ada, Den, new RoomCommand.Ban(Cleo.Id, null));
        Assert.Equal(ErrorCode.Banned, (await Chat.Room(Den).Status(Cleo, null)).Refusal?.Code);
        Assert.Equal(ErrorCode.Banned, (await Chat.Room(Den).History(Cleo, new())).Refusal?.Code);
    }

    private Task<SearchPage> Search(Actor who, string text) => Storage.Search(who.Id, new(text));

    /// <summary>A page's messages by their numbers in the text, and whether there are more.</summary>
    private async Task<(string, bool)> Page(HistoryQuery query)
    {
        var page = Value(await Chat.Room(Den).History(Bob, query));
        return (string.Join(' ', page.Messages.Select(m => m.Text!["Number ".Length..])), page.More);
    }
}
