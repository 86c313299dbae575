using OrleansChat.Rooms;
using static OrleansChat.Tests.Rooms.Scene;

namespace OrleansChat.Tests.Rooms;

/// <summary>A room that has an owner keeps one while anybody is in it.</summary>
public sealed class LastOwners
{
    public static TheoryData<string> WaysToGo => ["leaves", "is kicked", "is banned"];

    [Theory]
    [MemberData(nameof(WaysToGo))]
    public void The_longest_serving_moderator_follows_the_last_owner(string way)
    {
        var room = AdasRoom(Bob, Cleo, Dan);
        room.GivesRole(Ada, Dan, Role.Moderator);
        room.GivesRole(Ada, Cleo, Role.Moderator);
        Assert.Equal(new RoomEvent.RoleGiven(Cleo.Id, Role.Owner), Heir(Goes(room, way)));
        Assert.Equal(Role.Owner, room.Room.Member(Cleo.Id)?.Role);
    }

    [Theory]
    [MemberData(nameof(WaysToGo))]
    public void Without_a_moderator_the_longest_serving_member_follows(string way) =>
        Assert.Equal(new RoomEvent.RoleGiven(Bob.Id, Role.Owner), Heir(Goes(AdasRoom(Bob, Cleo), way)));

    [Theory]
    [MemberData(nameof(WaysToGo))]
    public void While_another_owner_is_left_nobody_follows(string way)
    {
        var room = AdasRoom(Bob, Cleo);
        room.GivesRole(Ada, Cleo, Role.Owner);
        Assert.Single(Goes(room, way));
    }

    [Theory]
    [MemberData(nameof(WaysToGo))]
    public void Where_nobody_is_left_nobody_follows(string way)
    {
        var room = AdasRoom();
        Assert.Single(Goes(room, way));
        Assert.Empty(room.Room.Members);
    }

    [Fact]
    public void Who_comes_back_serves_anew()
    {
        var room = AdasRoom(Bob, Cleo);
        room.Happens(Bob, new RoomCommand.Leave());
        room.Happens(Bob, new RoomCommand.Join());
        Assert.Equal(new RoomEvent.RoleGiven(Cleo.Id, Role.Owner), Heir(Goes(room, "leaves")));
    }

    [Fact]
    public void The_last_owner_is_not_demoted_by_anybody()
    {
        var room = AdasRoom(Bob);
        Assert.Equal(ErrorCode.Conflict, room.Refused(Ada, new RoomCommand.GiveRole(Ada.Id, Role.Member)).Code);
        Assert.Equal(ErrorCode.Conflict, room.Refused(Root, new RoomCommand.GiveRole(Ada.Id, Role.Moderator)).Code);
        room.GivesRole(Ada, Bob, Role.Owner);
        room.GivesRole(Ada, Ada, Role.Member);
    }

    [Fact]
    public void A_room_that_never_had_an_owner_gets_none_by_somebody_leaving()
    {
        // The lobby of a fresh server.
        var room = Absent(RoomId.Lobby);
        room.Room = room.Room with { Exists = true };
        room.Happens(Ada, new RoomCommand.Join());
        room.Happens(Bob, new RoomCommand.Join());
        Assert.Single(room.Happens(Ada, new RoomCommand.Leave()));
        Assert.Equal(Role.Member, room.Room.Member(Bob.Id)?.Role);
    }

    private static IReadOnlyList<RoomEvent> Goes(Scene room, string way)
    {
        room.Knows(Ada);
        return way switch
        {
            "leaves" => room.Happens(Ada, new RoomCommand.Leave()),
            "is kicked" => room.Happens(Root, new RoomCommand.Kick(Ada.Id, null)),
            _ => room.Happens(Root, new RoomCommand.Ban(Ada.Id, null)),
        };
    }

    /// <summary>The second of two events, without its number, time and author.</summary>
    private static RoomEvent Heir(IReadOnlyList<RoomEvent> events)
    {
        Assert.Equal(2, events.Count);
        return events[1] with { Seq = 0, At = default, By = default };
    }
}
