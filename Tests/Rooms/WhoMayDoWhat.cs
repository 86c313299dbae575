using OrleansChat.Rooms;
using static OrleansChat.Tests.Rooms.Scene;

namespace OrleansChat.Tests.Rooms;

/// <summary>The protocol's table "Who may do what", cell by cell.</summary>
public sealed class WhoMayDoWhat
{
    // "stranger" stands before a public room, "outsider" before a private one; "banned" before a public one;
    // "admin" is an administrator who is no member. All others are tried in a public and in a private room.
    private const string Table = """
        |                       | stranger   | outsider  | banned   | member    | moderator | owner     | admin      |
        | see                   | ok         | not_found | banned   | ok        | ok        | ok        | ok         |
        | take part             | not_member | not_found | banned   | ok        | ok        | ok        | not_member |
        | create                | conflict   | conflict  | conflict | conflict  | conflict  | conflict  | conflict   |
        | join                  | ok         | not_found | banned   | same      | same      | same      | ok         |
        | leave                 | not_member | not_found | banned   | ok        | ok        | ok        | not_member |
        | post                  | not_member | not_found | banned   | ok        | ok        | ok        | not_member |
        | reply                 | not_member | not_found | banned   | ok        | ok        | ok        | not_member |
        | react                 | not_member | not_found | banned   | ok        | ok        | ok        | not_member |
        | edit own              | not_member | not_found | banned   | ok        | ok        | ok        | not_member |
        | edit member           | not_member | not_found | banned   | forbidden | forbidden | forbidden | not_member |
        | edit stranger         | not_member | not_found | banned   | forbidden | forbidden | forbidden | not_member |
        | delete own            | not_member | not_found | banned   | ok        | ok        | ok        | ok         |
        | delete member         | not_member | not_found | banned   | forbidden | ok        | ok        | ok         |
        | delete moderator      | not_member | not_found | banned   | forbidden | forbidden | ok        | ok         |
        | delete owner          | not_member | not_found | banned   | forbidden | forbidden | ok        | ok         |
        | delete stranger       | not_member | not_found | banned   | forbidden | ok        | ok        | ok         |
        | invite member         | not_member | not_found | banned   | same      | same      | same      | same       |
        | invite moderator      | not_member | not_found | banned   | same      | same      | same      | same       |
        | invite owner          | not_member | not_found | banned   | same      | same      | same      | same       |
        | invite stranger       | not_member | not_found | banned   | ok        | ok        | ok        | ok         |
        | invite banned         | not_member | not_found | banned   | banned    | banned    | banned    | banned     |
        | invite nobody         | not_member | not_found | banned   | not_found | not_found | not_found | not_found  |
        | kick member           | not_member | not_found | banned   | forbidden | ok        | ok        | ok         |
        | kick moderator        | not_member | not_found | banned   | forbidden | forbidden | ok        | ok         |
        | kick owner            | not_member | not_found | banned   | forbidden | forbidden | ok        | ok         |
        | kick stranger         | not_member | not_found | banned   | forbidden | not_found | not_found | not_found  |
        | kick nobody           | not_member | not_found | banned   | forbidden | not_found | not_found | not_found  |
        | ban member            | not_member | not_found | banned   | forbidden | ok        | ok        | ok         |
        | ban moderator         | not_member | not_found | banned   | forbidden | forbidden | ok        | ok         |
        | ban owner             | not_member | not_found | banned   | forbidden | forbidden | ok        | ok         |
        | ban stranger          | not_member | not_found | banned   | forbidden | ok        | ok        | ok         |
        | ban banned            | not_member | not_found | banned   | forbidden | same      | same      | same       |
        | ban nobody            | not_member | not_found | banned   | forbidden | not_found | not_found | not_found  |
        | unban member          | not_member | not_found | banned   | forbidden | same      | same      | same       |
        | unban stranger        | not_member | not_found | banned   | forbidden | same      | same      | same       |
        | unban banned          | not_member | not_found | banned   | forbidden | ok        | ok        | ok         |
        | make-moderator member | not_member | not_found | banned   | forbidden | forbidden | ok        | ok         |
        | make-owner member     | not_member | not_found | banned   | forbidden | forbidden | ok        | ok         |
        | make-owner moderator  | not_member | not_found | banned   | forbidden | forbidden | ok        | ok         |
        | make-member member    | not_member | not_found | banned   | forbidden | forbidden | same      | same       |
        | make-member moderator | not_member | not_found | banned   | forbidden | forbidden | ok        | ok         |
        | make-member owner     | not_member | not_found | banned   | forbidden | forbidden | ok        | ok         |
        | make-member stranger  | not_member | not_found | banned   | forbidden | forbidden | not_found | not_found  |
        | set name              | not_member | not_found | banned   | forbidden | ok        | ok        | ok         |
        | set topic             | not_member | not_found | banned   | forbidden | ok        | ok        | ok         |
        | set slow              | not_member | not_found | banned   | forbidden | ok        | ok        | ok         |
        | set visibility        | not_member | not_found | banned   | forbidden | forbidden | ok        | ok         |
        | destroy               | not_member | not_found | banned   | forbidden | forbidden | erased    | erased     |
        """;

    public static TheoryData<string, string, string> Cells() => RightsTable.Cells(Table);

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_table_is_kept(string command, string who, string expected)
    {
        Visibility[] rooms = who switch
        {
            "stranger" or "banned" => [Visibility.Public],
            "outsider" => [Visibility.Private],
            _ => [Visibility.Public, Visibility.Private],
        };
        Assert.All(rooms, visibility => Assert.Equal(expected, new PeopledRoom(visibility).Outcome(who, command)));
    }

    [Theory]
    [InlineData("see")]
    [InlineData("join")]
    [InlineData("post")]
    public void Who_is_banned_from_a_private_room_does_not_hear_that_it_exists(string command) =>
        Assert.Equal("not_found", new PeopledRoom(Visibility.Private).Outcome("banned", command));

    [Theory]
    [InlineData("kick owner", "ok")]
    [InlineData("delete owner", "ok")]
    [InlineData("make-owner member", "ok")]
    [InlineData("destroy", "erased")]
    [InlineData("post", "ok")]
    [InlineData("edit member", "forbidden")]
    public void An_administrator_who_is_a_member_has_both_rights(string command, string expected)
    {
        var room = new PeopledRoom(Visibility.Public);
        room.Scene.Happens(Root, new RoomCommand.Join());
        Assert.Equal(expected, room.Outcome("admin", command));
    }

    [Fact]
    public void A_banned_administrator_lifts_the_ban_before_coming_in()
    {
        var scene = AdasRoom(Root);
        scene.Happens(Ada, new RoomCommand.Ban(Root.Id, null));
        Assert.Equal(ErrorCode.Banned, scene.Refused(Root, new RoomCommand.Join()).Code);
        scene.Happens(Root, new RoomCommand.Unban(Root.Id));
        scene.Happens(Root, new RoomCommand.Join());
    }

    [Fact]
    public void In_a_room_that_does_not_exist_everything_but_creating_is_not_found()
    {
        var scene = Absent(RoomId.Parse("den"));
        RoomCommand[] commands = [new RoomCommand.Join(), new RoomCommand.Leave(), scene.Post("Hello?"), new RoomCommand.Destroy()];
        Assert.All(commands, command => Assert.Equal(ErrorCode.NotFound, scene.Refused(Root, command).Code));
    }
}
