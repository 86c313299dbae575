using OrleansChat.Engine;
using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Conformance;

/// <summary>Who is online in a room: the members whom some living edge has connected.</summary>
public abstract class PresenceInRooms(Func<Task<EngineUnderTest>> start) : Conformance(start)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private readonly EdgeId north = EdgeId.New("north");
    private readonly EdgeId south = EdgeId.New("south");

    [Fact]
    public async Task Somebody_is_online_while_any_edge_has_them()
    {
        await using var listener = await Listen();
        await Comes(north, Bob);
        await Comes(south, Bob);
        Assert.Equal("+bob", await Heard(listener));
        Assert.True(await IsOnline(Bob));

        await Goes(north, Bob);
        Assert.Equal("", await Heard(listener));
        Assert.True(await IsOnline(Bob));

        await Goes(south, Bob);
        Assert.Equal("-bob", await Heard(listener));
        Assert.False(await IsOnline(Bob));
    }

    [Fact]
    public async Task An_edge_that_says_so_twice_has_them_once()
    {
        await using var listener = await Listen();
        await Comes(north, Bob);
        await Comes(north, Bob);
        await Goes(north, Bob);
        await Goes(north, Bob);
        Assert.Equal("+bob -bob", await Heard(listener));
    }

    [Fact]
    public async Task An_edge_that_falls_silent_takes_its_people_with_it_after_20_seconds()
    {
        await using var listener = await Listen();
        await Comes(north, Bob);
        await Comes(south, Ada);
        await Engine.Pass(Lease - TimeSpan.FromSeconds(1));
        await Comes(south, Ada);
        Assert.True(await IsOnline(Bob));

        await Engine.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal([Bob.Id], (await NextOffline(listener)).Offline);
        Assert.False(await IsOnline(Bob));
        Assert.True(await IsOnline(Ada));
    }

    [Fact]
    public async Task An_edge_that_holds_the_room_open_keeps_its_lease()
    {
        await Comes(north, Bob);
        for (var i = 0; i < 4; i++)
        {
            await Engine.Pass(Lease / 2);
            await Chat.Room(Den).Attach(north);
        }

        Assert.True(await IsOnline(Bob));
    }

    [Fact]
    public async Task An_edge_that_lets_the_room_go_takes_its_people_with_it_at_once()
    {
        await using var listener = await Listen();
        await Comes(north, Bob);
        await Chat.Room(Den).Detach(north);
        Assert.Equal("+bob -bob", await Heard(listener));
    }

    [Fact]
    public async Task A_new_life_of_an_edge_is_not_the_old_one()
    {
        await Comes(north, Bob);
        await Goes(EdgeId.New(north.Name), Bob);
        Assert.True(await IsOnline(Bob));
    }

    [Fact]
    public async Task Of_strangers_nothing_is_told()
    {
        await using var listener = await Listen();
        await Comes(north, Cleo);
        await Goes(north, Cleo);
        Assert.Equal("", await Heard(listener));
    }

    [Fact]
    public async Task A_room_of_more_than_500_members_tells_only_how_many_are_online()
    {
        var people = await People(499); // with Ada and Bob one too many
        await Task.WhenAll(people.Select(person => Do(Ada, Den, new RoomCommand.Invite(person.Id))));
        await using var listener = await Listen();
        await Chat.Room(Den).Report(north, new([Ada.Id, people[0].Id], []));
        var presence = await listener.Next<RoomNews.Presence>();
        Assert.Equal((0, 0, 2), (presence.Online.Count, presence.Offline.Count, presence.Count));

        await Do(people[0], Den, new RoomCommand.Leave());
        await Comes(north, Bob);
        Assert.Equal([Bob.Id], (await listener.Next<RoomNews.Presence>()).Online);
    }

    private Task Comes(EdgeId edge, Actor who) => Chat.Room(Den).Report(edge, new([who.Id], [])).WaitAsync(Patience);

    private Task Goes(EdgeId edge, Actor who) => Chat.Room(Den).Report(edge, new([], [who.Id])).WaitAsync(Patience);

    private async Task<bool> IsOnline(Actor who) => (await Status()).Members.Single(m => m.User == who.Id).Online;

    /// <summary>Who was heard coming and going before a post that is made now: <c>+bob -bob</c>.</summary>
    private async Task<string> Heard(RoomListener listener)
    {
        var (_, others) = await listener.NewsUpTo((await Say(Ada, "A moment")).Seq);
        return string.Join(' ', others.OfType<RoomNews.Presence>().SelectMany(p => p.Online.Select(u => "+" + Name(u)).Concat(p.Offline.Select(u => "-" + Name(u)))));
    }

    private static async Task<RoomNews.Presence> NextOffline(RoomListener listener)
    {
        while (true)
        {
            if (await listener.Next<RoomNews.Presence>() is { Offline.Count: > 0 } presence) return presence;
        }
    }

    private static string Name(UserId user) => user.Value.Split('-')[0];
}
