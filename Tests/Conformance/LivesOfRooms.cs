using OrleansChat.Engine;
using OrleansChat.Rooms;

namespace OrleansChat.Tests.Conformance;

/// <summary>Rooms come and go, and so do the people in them.</summary>
public abstract class LivesOfRooms(Func<Task<EngineUnderTest>> start) : Conformance(start)
{
    [Fact]
    public async Task A_created_room_begins_with_its_owner()
    {
        var lair = await NewRoom("lair");
        var created = Assert.IsType<RoomEvent.Created>(Assert.Single(await Log(lair)));
        Assert.Equal((1, Ada.Id, "Lair"), (created.Seq, created.By, created.Name));
        Assert.Equal(Role.Owner, (await Storage.RoomOf(Ada.Id, lair))?.Role);
    }

    [Fact]
    public async Task A_room_is_created_once()
    {
        var lair = RoomId.Parse($"lair-of-{Ada.Id.Value}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Submit(i % 2 == 0 ? Ada : Bob, lair, new RoomCommand.Create(null, null, Visibility.Public), edge: i % 2)));
        Assert.Single(answers, a => a.Ok);
        Assert.All(answers.Where(a => !a.Ok), a => Assert.Equal(ErrorCode.Conflict, a.Refusal!.Code));
        Assert.Single(await Log(lair));
    }

    [Fact]
    public async Task A_destroyed_room_is_gone_for_everybody_and_its_id_is_never_free_again()
    {
        await using var listener = await Listen();
        await Say(Bob, "Marmalade");
        Assert.Equal(ErrorCode.Forbidden, await Refused(Bob, Den, new RoomCommand.Destroy()));
        await Do(Ada, Den, new RoomCommand.Destroy());
        await listener.Next<RoomNews.Gone>();

        Assert.Equal(ErrorCode.NotFound, await Refused(Ada, Den, Post("Hello?")));
        Assert.Equal(ErrorCode.NotFound, await Refused(Cleo, Den, new RoomCommand.Join()));
        Assert.Equal(ErrorCode.NotFound, (await Chat.Room(Den).History(Ada, new())).Refusal?.Code);
        Assert.Equal(ErrorCode.NotFound, (await Chat.Room(Den).Status(Ada, null)).Refusal?.Code);
        Assert.Equal(ErrorCode.Conflict, await Refused(Ada, Den, new RoomCommand.Create(null, null, Visibility.Public)));
        Assert.Empty(await Log());
        Assert.DoesNotContain(await Storage.RoomsOf(Bob.Id), entry => entry.Room == Den);
        Assert.Empty((await Storage.Search(Bob.Id, new("marmalade"))).Messages);
    }

    [Fact]
    public async Task What_waits_behind_the_destruction_of_a_room_finds_no_room()
    {
        var held = Storage.HoldNextAppend(Den);
        var before = Say(Ada, "Farewell");
        await held.Reached;
        var (end, after) = (Do(Ada, Den, new RoomCommand.Destroy()), Refused(Bob, Den, Post("Hello?")));
        held.Release();
        await before;
        await end;
        Assert.Equal(ErrorCode.NotFound, await after);
    }

    [Fact]
    public async Task Whoever_becomes_a_member_by_any_way_hears_so()
    {
        await using var cleo = await Listen(Cleo);
        var invited = await Do(Bob, Den, new RoomCommand.Invite(Cleo.Id));
        Assert.Equal(new UserNews.Entered(Den, invited.Seq), await cleo.Next<UserNews.Entered>());

        await Do(Cleo, Den, new RoomCommand.Leave());
        var joined = await Do(Cleo, Den, new RoomCommand.Join());
        Assert.Equal(new UserNews.Entered(Den, joined.Seq), await cleo.Next<UserNews.Entered>());

        var ours = RoomId.Direct(Ada.Id, Cleo.Id);
        await Do(Ada, ours, new RoomCommand.OpenDirect(Cleo.Id));
        Assert.Equal(new UserNews.Entered(ours, 2), await cleo.Next<UserNews.Entered>());

        var own = RoomId.Parse($"lair-of-{Cleo.Id.Value}");
        await Do(Cleo, own, new RoomCommand.Create(null, null, Visibility.Private));
        Assert.Equal(new UserNews.Entered(own, 1), await cleo.Next<UserNews.Entered>());
    }

    [Fact]
    public async Task All_edges_of_an_invited_one_hear_so()
    {
        await using var here = await Listen(Cleo);
        await using var there = await Listen(Cleo, edge: 1);
        await Do(Bob, Den, new RoomCommand.Invite(Cleo.Id));
        Assert.Equal(Den, (await here.Next<UserNews.Entered>()).Room);
        Assert.Equal(Den, (await there.Next<UserNews.Entered>()).Room);
    }

    [Fact]
    public async Task Who_stopped_following_hears_nothing_more()
    {
        var gone = await Listen(Cleo);
        await using var here = await Listen(Cleo);
        await gone.DisposeAsync();
        await Do(Bob, Den, new RoomCommand.Invite(Cleo.Id));
        await here.Next<UserNews.Entered>();
        Assert.Equal(0, gone.Waiting);
    }

    [Fact]
    public async Task When_the_last_owner_leaves_the_longest_serving_member_follows()
    {
        await Do(Cleo, Den, new RoomCommand.Join());
        var left = await Do(Ada, Den, new RoomCommand.Leave());
        var heir = Assert.IsType<RoomEvent.RoleGiven>((await Log())[^1]);
        Assert.Equal((left.Seq + 1, Bob.Id, Role.Owner), (heir.Seq, heir.User, heir.Role));
        Assert.Equal(Role.Owner, (await Storage.RoomOf(Bob.Id, Den))?.Role);
    }

    [Fact]
    public async Task Roles_bans_and_settings_outlive_an_activation()
    {
        await Do(Ada, Den, new RoomCommand.GiveRole(Bob.Id, Role.Moderator));
        await Do(Bob, Den, new RoomCommand.Ban(Cleo.Id, null));
        await Do(Bob, Den, new RoomCommand.Configure("The den", "Tea", null, null));
        await Reactivate(Den);
        Assert.Equal(ErrorCode.Banned, await Refused(Cleo, Den, new RoomCommand.Join()));
        await Do(Bob, Den, new RoomCommand.Unban(Cleo.Id));
        var status = await Status();
        Assert.Equal(("The den", "Tea", Role.Moderator), (status.Name, status.Topic, status.Members.Single(m => m.User == Bob.Id).Role));
    }

    [Fact]
    public async Task Nobody_is_in_more_than_200_rooms()
    {
        var rooms = Enumerable.Range(1, 199).Select(i => RoomId.Parse($"room-{i}-{Bob.Id.Value}"));
        await Task.WhenAll(rooms.Select(room => Do(Bob, room, new RoomCommand.Create(null, null, Visibility.Public))));
        var oneMore = RoomId.Parse($"room-200-{Bob.Id.Value}");
        Assert.Equal(ErrorCode.RateLimited, await Refused(Bob, oneMore, new RoomCommand.Create(null, null, Visibility.Public)));

        await Do(Bob, Den, new RoomCommand.Leave());
        await Do(Bob, oneMore, new RoomCommand.Create(null, null, Visibility.Public));
        Assert.Equal(ErrorCode.RateLimited, await Refused(Bob, Den, new RoomCommand.Join()));
        Assert.Equal(ErrorCode.RateLimited, await Refused(Ada, Den, new RoomCommand.Invite(Bob.Id)));
        Assert.Equal(ErrorCode.RateLimited, await Refused(Ada, RoomId.Direct(Ada.Id, Bob.Id), new RoomCommand.OpenDirect(Bob.Id)));
    }

    [Fact]
    public async Task The_lobby_is_there_from_the_beginning()
    {
        await Do(Cleo, RoomId.Lobby, new RoomCommand.Join());
        await Say(Cleo, "Anybody here?", RoomId.Lobby);
        Assert.Equal(Role.Member, (await Storage.RoomOf(Cleo.Id, RoomId.Lobby))?.Role);
    }
}
