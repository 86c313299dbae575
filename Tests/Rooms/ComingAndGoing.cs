using OrleansChat.Rooms;
using static OrleansChat.Tests.Rooms.Scene;

namespace OrleansChat.Tests.Rooms;

/// <summary>Creating, joining, inviting and banning, apart from who may.</summary>
public sealed class ComingAndGoing
{
    [Fact]
    public void Who_creates_a_room_owns_it()
    {
        var room = AdasRoom();
        var created = Assert.IsType<RoomEvent.Created>(Assert.Single(room.Log));
        Assert.Equal((1, Ada.Id, "Den"), (created.Seq, created.By, created.Name));
        Assert.Equal(Role.Owner, room.Room.Member(Ada.Id)?.Role);
    }

    [Fact]
    public void A_room_without_a_name_is_called_as_its_id()
    {
        var room = Absent(RoomId.Parse("den"));
        room.Happens(Ada, new RoomCommand.Create(null, "", Visibility.Private));
        Assert.Equal(("den", "", Visibility.Private), (room.Room.Name, room.Room.Topic, room.Room.Visibility));
    }

    [Fact]
    public void The_id_of_a_destroyed_room_is_never_free_again()
    {
        var room = Absent(RoomId.Parse("den"));
        room.Room = RoomState.Absent(room.Room.Id, wasDestroyed: true);
        Assert.Equal(ErrorCode.Conflict, room.Refused(Ada, new RoomCommand.Create(null, null, Visibility.Public)).Code);
        Assert.Equal(ErrorCode.NotFound, room.Refused(Ada, new RoomCommand.Join()).Code);
    }

    [Theory]
    [InlineData("", null, "bad_request")]
    [InlineData(" ", null, "bad_request")]
    [InlineData("a\nb", null, "bad_request")]
    [InlineData("Den", "tea\nand cake", "bad_request")]
    [InlineData("Den", "\u0007", "bad_request")]
    [InlineData("Den", "tea and cake", "ok")]
    public void Names_and_topics_are_one_line(string name, string? topic, string expected)
    {
        Assert.Equal(expected, Word(Absent(RoomId.Parse("den")).Decide(Ada, new RoomCommand.Create(name, topic, Visibility.Public))));
        Assert.Equal(expected, Word(AdasRoom().Decide(Ada, new RoomCommand.Configure(name, topic, Visibility.Private, null))));
    }

    [Fact]
    public void Only_what_differs_is_configured()
    {
        var room = AdasRoom();
        room.Unchanged(Ada, new RoomCommand.Configure("Den", "", Visibility.Public, 0));
        room.Unchanged(Ada, new RoomCommand.Configure(null, null, null, null));
        room.Happens(Ada, new RoomCommand.Configure("Den", " Tea ", null, null));
        Assert.Equal(new RoomEvent.Configured(null, "Tea", null, null), room.Log[^1] with { Seq = 0, At = default, By = default });
    }

    [Fact]
    public void An_emptied_topic_is_a_change()
    {
        var room = AdasRoom();
        room.Happens(Ada, new RoomCommand.Configure(null, "Tea", null, null));
        room.Happens(Ada, new RoomCommand.Configure(null, "", null, null));
        Assert.Equal("", room.Room.Topic);
    }

    [Fact]
    public void Nobody_comes_into_more_rooms_than_allowed_by_any_way()
    {
        var room = AdasRoom();
        room.Knows(Bob, rooms: 200);
        Assert.Equal(ErrorCode.RateLimited, room.Refused(Bob, new RoomCommand.Join()).Code);
        Assert.Equal(ErrorCode.RateLimited, room.Refused(Ada, new RoomCommand.Invite(Bob.Id)).Code);

        var absent = Absent(RoomId.Parse("lair"));
        absent.Knows(Bob, rooms: 200);
        Assert.Equal(ErrorCode.RateLimited, absent.Refused(Bob, new RoomCommand.Create(null, null, Visibility.Public)).Code);

        var direct = Absent(RoomId.Direct(Ada.Id, Bob.Id));
        direct.Knows(Ada);
        direct.Knows(Bob, rooms: 200);
        Assert.Equal(ErrorCode.RateLimited, direct.Refused(Ada, new RoomCommand.OpenDirect(Bob.Id)).Code);
        Assert.Equal(ErrorCode.RateLimited, direct.Refused(Bob, new RoomCommand.OpenDirect(Ada.Id)).Code);
    }

    [Fact]
    public void The_last_allowed_room_is_allowed()
    {
        var room = AdasRoom();
        room.Knows(Bob, rooms: 199);
        room.Happens(Bob, new RoomCommand.Join());
        room.Knows(Bob, rooms: 200);
        room.Unchanged(Bob, new RoomCommand.Join());
    }

    [Fact]
    public void A_banned_one_comes_back_only_after_the_ban_is_lifted()
    {
        var room = AdasRoom(Bob);
        room.Happens(Ada, new RoomCommand.Ban(Bob.Id, " Shouting "));
        Assert.Equal("Shouting", Assert.IsType<RoomEvent.Banned>(room.Log[^1]).Reason);
        Assert.Equal(ErrorCode.Banned, room.Refused(Bob, new RoomCommand.Join()).Code);
        room.Happens(Ada, new RoomCommand.Unban(Bob.Id));
        room.Happens(Bob, new RoomCommand.Join());
    }

    [Fact]
    public void Who_goes_loses_the_role()
    {
        var room = AdasRoom(Bob);
        room.GivesRole(Ada, Bob, Role.Owner);
        room.Happens(Bob, new RoomCommand.Leave());
        room.Happens(Bob, new RoomCommand.Join());
        Assert.Equal(Role.Member, room.Room.Member(Bob.Id)?.Role);
    }

    [Fact]
    public void Nobody_kicks_or_bans_themselves()
    {
        var room = AdasRoom(Bob);
        Assert.Equal(ErrorCode.BadRequest, room.Refused(Ada, new RoomCommand.Kick(Ada.Id, null)).Code);
        Assert.Equal(ErrorCode.BadRequest, room.Refused(Ada, new RoomCommand.Ban(Ada.Id, null)).Code);
    }

    [Fact]
    public void A_reason_is_a_line_of_100_code_points()
    {
        var room = AdasRoom(Bob);
        Assert.Equal(ErrorCode.BadRequest, room.Refused(Ada, new RoomCommand.Kick(Bob.Id, "")).Code);
        Assert.Equal(ErrorCode.TooLong, room.Refused(Ada, new RoomCommand.Ban(Bob.Id, new string('x', 101))).Code);
        room.Happens(Ada, new RoomCommand.Kick(Bob.Id, new string('x', 100)));
    }
}
