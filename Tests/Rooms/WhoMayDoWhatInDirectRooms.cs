using OrleansChat.Rooms;
using static OrleansChat.Tests.Rooms.Scene;

namespace OrleansChat.Tests.Rooms;

/// <summary>A direct room is only for talking, and only for the two.</summary>
public sealed class WhoMayDoWhatInDirectRooms
{
    // Ada opened the room. "blocked" is either of the two while one blocks the other; "admin" is a third person.
    private const string Table = """
        |                       | ada       | bob       | blocked   | stranger  | admin     |
        | see                   | ok        | ok        | ok        | not_found | not_found |
        | take part             | ok        | ok        | ok        | not_found | not_found |
        | post                  | ok        | ok        | forbidden | not_found | not_found |
        | edit own              | ok        | ok        | forbidden | not_found | not_found |
        | edit other            | forbidden | forbidden | forbidden | not_found | not_found |
        | delete own            | ok        | ok        | ok        | not_found | not_found |
        | delete other          | forbidden | forbidden | forbidden | not_found | not_found |
        | react                 | ok        | ok        | forbidden | not_found | not_found |
        | join                  | forbidden | forbidden | forbidden | not_found | not_found |
        | leave                 | forbidden | forbidden | forbidden | not_found | not_found |
        | invite                | forbidden | forbidden | forbidden | not_found | not_found |
        | kick                  | forbidden | forbidden | forbidden | not_found | not_found |
        | ban                   | forbidden | forbidden | forbidden | not_found | not_found |
        | unban                 | forbidden | forbidden | forbidden | not_found | not_found |
        | role                  | forbidden | forbidden | forbidden | not_found | not_found |
        | configure             | forbidden | forbidden | forbidden | not_found | not_found |
        | destroy               | forbidden | forbidden | forbidden | not_found | not_found |
        """;

    public static TheoryData<string, string, string> Cells() => RightsTable.Cells(Table);

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_table_is_kept(string command, string who, string expected)
    {
        foreach (var admin in new[] { false, true })
        {
            // An administrator who is one of the two is not more than the other.
            var (ada, bob) = (Ada with { Admin = admin }, Bob with { Admin = admin });
            Assert.Equal(expected, who switch
            {
                "ada" => Outcome(ada, bob, command),
                "bob" => Outcome(bob, ada, command),
                "blocked" => Outcome(ada, bob, command, blocked: true),
                "stranger" => Outcome(Cleo, ada, command),
                _ => Outcome(Root, ada, command),
            });
        }
    }

    private static string Outcome(Actor actor, Actor other, string command, bool blocked = false)
    {
        var scene = AdaAndBob();
        var messages = new Dictionary<Actor, long> { [Ada] = scene.Says(Ada, "Hello, Bob"), [Bob] = scene.Says(Bob, "Hello, Ada") };
        scene.Room = scene.Room with { Blocked = blocked };
        return command switch
        {
            "see" => Word(RoomRules.Hidden(scene.Room, actor)),
            "take part" => Word(RoomRules.NotAmongMembers(scene.Room, actor)),
            _ => Word(scene.Decide(actor, Command())),
        };

        long MessageOf(Actor author) => messages.GetValueOrDefault(author with { Admin = false }, 3);

        RoomCommand Command() => command switch
        {
            "post" => scene.Post("How are you?"),
            "edit own" => new RoomCommand.Edit(MessageOf(actor), "Good day"),
            "edit other" => new RoomCommand.Edit(MessageOf(other), "Good day"),
            "delete own" => new RoomCommand.Delete(MessageOf(actor)),
            "delete other" => new RoomCommand.Delete(MessageOf(other)),
            "react" => new RoomCommand.React(MessageOf(other), "👋", true),
            "join" => new RoomCommand.Join(),
            "leave" => new RoomCommand.Leave(),
            "invite" => new RoomCommand.Invite(Dan.Id),
            "kick" => new RoomCommand.Kick(other.Id, null),
            "ban" => new RoomCommand.Ban(other.Id, null),
            "unban" => new RoomCommand.Unban(other.Id),
            "role" => new RoomCommand.GiveRole(other.Id, Role.Moderator),
            "configure" => new RoomCommand.Configure(null, "Tea", null, null),
            "destroy" => new RoomCommand.Destroy(),
            _ => throw new ArgumentException($"There is no command '{command}'.", nameof(command)),
        };
    }

    [Fact]
    public void Opening_makes_both_members_and_opening_again_changes_nothing()
    {
        var scene = AdaAndBob();
        Assert.Equal(2, scene.Room.Members.Count);
        scene.Unchanged(Ada, new RoomCommand.OpenDirect(Bob.Id));
        scene.Unchanged(Bob, new RoomCommand.OpenDirect(Ada.Id));
    }

    [Fact]
    public void Nobody_opens_a_direct_room_alone_or_for_others()
    {
        var scene = Absent(RoomId.Direct(Ada.Id, Bob.Id));
        foreach (var person in new[] { Ada, Bob, Cleo }) scene.Knows(person);
        Assert.Equal(ErrorCode.BadRequest, scene.Refused(Ada, new RoomCommand.OpenDirect(Ada.Id)).Code);
        Assert.Equal(ErrorCode.BadRequest, scene.Refused(Cleo, new RoomCommand.OpenDirect(Bob.Id)).Code);
        Assert.Equal(ErrorCode.BadRequest, scene.Refused(Ada, new RoomCommand.Create("Ours", null, Visibility.Private)).Code);
    }

    [Fact]
    public void Nobody_opens_a_direct_room_with_nobody_or_while_blocked()
    {
        var scene = Absent(RoomId.Direct(Ada.Id, Bob.Id));
        Assert.Equal(ErrorCode.NotFound, scene.Refused(Ada, new RoomCommand.OpenDirect(Bob.Id)).Code);
        scene.Knows(Bob);
        scene.Room = scene.Room with { Blocked = true };
        Assert.Equal(ErrorCode.Forbidden, scene.Refused(Ada, new RoomCommand.OpenDirect(Bob.Id)).Code);
    }
}
