using OrleansChat.Client;
using OrleansChat.Rooms;
using OrleansChat.Tests.Rooms;

namespace OrleansChat.Tests.Gateway.Operations;

/// <summary>The protocol's table "Who may do what", walked over the wire and over HTTP, one operation a row.</summary>
public sealed class WhoMayDoWhat(Cast cast) : IClassFixture<Cast>
{
    // "stranger" is a guest before a public room, "outsider" before a private one; "banned" stands before a public one,
    // and hears before a private one what the outsider hears; "guest" is a member; "admin" is no member.
    private const string Table = """
        | operation       | stranger    | outsider    | banned      | member      | guest       | moderator   | owner       | admin       |
        | hello           | bad_request | bad_request | bad_request | bad_request | bad_request | bad_request | bad_request | bad_request |
        | join            | ok          | not_found   | banned      | ok          | ok          | ok          | ok          | ok          |
        | leave           | not_member  | not_found   | banned      | ok          | ok          | ok          | ok          | not_member  |
        | create          | conflict    | conflict    | conflict    | conflict    | conflict    | conflict    | conflict    | conflict    |
        | set topic       | not_member  | not_found   | banned      | forbidden   | forbidden   | ok          | ok          | ok          |
        | set visibility  | not_member  | not_found   | banned      | forbidden   | forbidden   | forbidden   | ok          | ok          |
        | destroy         | not_member  | not_found   | banned      | forbidden   | forbidden   | forbidden   | ok          | ok          |
        | post            | not_member  | not_found   | banned      | ok          | ok          | ok          | ok          | not_member  |
        | reply           | not_member  | not_found   | banned      | ok          | ok          | ok          | ok          | not_member  |
        | edit own        | not_member  | not_found   | banned      | ok          | ok          | ok          | ok          | not_member  |
        | edit Dan's      | not_member  | not_found   | banned      | forbidden   | forbidden   | forbidden   | forbidden   | not_member  |
        | delete own      | not_member  | not_found   | banned      | ok          | ok          | ok          | ok          | ok          |
        | delete Dan's    | not_member  | not_found   | banned      | forbidden   | forbidden   | ok          | ok          | ok          |
        | react           | not_member  | not_found   | banned      | ok          | ok          | ok          | ok          | not_member  |
        | history         | ok          | not_found   | banned      | ok          | ok          | ok          | ok          | ok          |
        | search there    | not_member  | not_found   | banned      | ok          | ok          | ok          | ok          | not_member  |
        | search          | ok          | ok          | ok          | ok          | ok          | ok          | ok          | ok          |
        | status          | ok          | not_found   | banned      | ok          | ok          | ok          | ok          | ok          |
        | who             | ok          | ok          | ok          | ok          | ok          | ok          | ok          | ok          |
        | rooms           | ok          | ok          | ok          | ok          | ok          | ok          | ok          | ok          |
        | dm              | ok          | ok          | ok          | ok          | ok          | ok          | ok          | ok          |
        | invite          | not_member  | not_found   | banned      | ok          | ok          | ok          | ok          | ok          |
        | kick            | not_member  | not_found   | banned      | forbidden   | forbidden   | ok          | ok          | ok          |
        | ban             | not_member  | not_found   | banned      | forbidden   | forbidden   | ok          | ok          | ok          |
        | unban           | not_member  | not_found   | banned      | forbidden   | forbidden   | ok          | ok          | ok          |
        | role            | not_member  | not_found   | banned      | forbidden   | forbidden   | forbidden   | ok          | ok          |
        | block           | ok          | ok          | ok          | ok          | ok          | ok          | ok          | ok          |
        | unblock         | ok          | ok          | ok          | ok          | ok          | ok          | ok          | ok          |
        | read            | not_member  | not_found   | banned      | ok          | ok          | ok          | ok          | not_member  |
        | typing          | not_member  | not_found   | banned      | ok          | ok          | ok          | ok          | not_member  |
        | watch           | forbidden   | forbidden   | forbidden   | forbidden   | forbidden   | forbidden   | forbidden   | ok          |
        | unwatch         | forbidden   | forbidden   | forbidden   | forbidden   | forbidden   | forbidden   | forbidden   | ok          |
        | ping            | ok          | ok          | ok          | ok          | ok          | ok          | ok          | ok          |
        | GET status      | ok          | not_found   | banned      | ok          | ok          | ok          | ok          | ok          |
        | GET messages    | ok          | not_found   | banned      | ok          | ok          | ok          | ok          | ok          |
        | POST message    | not_member  | not_found   | banned      | ok          | ok          | ok          | ok          | not_member  |
        | GET search      | not_member  | not_found   | banned      | ok          | ok          | ok          | ok          | not_member  |
        | GET metrics     | forbidden   | forbidden   | forbidden   | forbidden   | forbidden   | forbidden   | forbidden   | ok          |
        """;

    // In a direct room "owner" is one of the two; nobody else gets in, whoever they are.
    private const string Direct = """
        | operation       | owner       | stranger    | admin       |
        | join            | forbidden   | not_found   | not_found   |
        | leave           | forbidden   | not_found   | not_found   |
        | create          | bad_request | bad_request | bad_request |
        | set topic       | forbidden   | not_found   | not_found   |
        | set visibility  | forbidden   | not_found   | not_found   |
        | destroy         | forbidden   | not_found   | not_found   |
        | post            | ok          | not_found   | not_found   |
        | reply           | ok          | not_found   | not_found   |
        | edit own        | ok          | not_found   | not_found   |
        | edit Dan's      | forbidden   | not_found   | not_found   |
        | delete own      | ok          | not_found   | not_found   |
        | delete Dan's    | forbidden   | not_found   | not_found   |
        | react           | ok          | not_found   | not_found   |
        | history         | ok          | not_found   | not_found   |
        | search there    | ok          | not_found   | not_found   |
        | status          | ok          | not_found   | not_found   |
        | invite          | forbidden   | not_found   | not_found   |
        | kick            | forbidden   | not_found   | not_found   |
        | ban             | forbidden   | not_found   | not_found   |
        | unban           | forbidden   | not_found   | not_found   |
        | role            | forbidden   | not_found   | not_found   |
        | read            | ok          | not_found   | not_found   |
        | typing          | ok          | not_found   | not_found   |
        | GET status      | ok          | not_found   | not_found   |
        | GET messages    | ok          | not_found   | not_found   |
        | POST message    | ok          | not_found   | not_found   |
        | GET search      | ok          | not_found   | not_found   |
        """;

    public static TheoryData<string, string, string> Cells() => RightsTable.Cells(Table);

    public static TheoryData<string, string, string> DirectCells() => RightsTable.Cells(Direct);

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task The_table_is_kept_over_the_wire(string operation, string who, string expected)
    {
        if (who is not "outsider") Assert.Equal(expected, await Outcome(operation, who, await cast.NewRoom(Visibility.Public)));
        if (who is not ("stranger" or "banned")) Assert.Equal(expected, await Outcome(operation, who, await cast.NewRoom(Visibility.Private)));
        if (who is "outsider") Assert.Equal(expected, await Outcome(operation, "banned", await cast.NewRoom(Visibility.Private)));
    }

    [Theory]
    [MemberData(nameof(DirectCells))]
    public async Task In_a_direct_room_the_two_talk_and_nobody_else_hears_that_it_exists(string operation, string who, string expected) =>
        Assert.Equal(expected, await Outcome(operation, who, await cast.NewDirectRoom()));

    private async Task<string> Outcome(string operation, string who, (string Room, IReadOnlyDictionary<string, long> Messages) place)
    {
        var (room, messages) = place;
        var me = cast[who];
        var (own, dans) = (messages.GetValueOrDefault(me.Id, messages[cast.Dan]), messages[cast.Dan]);
        return operation switch
        {
            "GET status" => (await cast.Get($"/api/v1/rooms/{room}", me.Token)).Word,
            "GET messages" => (await cast.Get($"/api/v1/rooms/{room}/messages", me.Token)).Word,
            "POST message" => (await cast.Post($"/api/v1/rooms/{room}/messages", """{"text":"Hello","key":"fresh"}""", me.Token)).Word,
            "GET search" => (await cast.Get($"/api/v1/search?query=pelican&room={Uri.EscapeDataString(room)}", me.Token)).Word,
            "GET metrics" => (await cast.Get("/api/v1/metrics", me.Token)).Word,
            _ => await me.Word(chat => chat.Call(Asked(operation, room, own, dans))),
        };
    }

    private Operation Asked(string operation, string room, long own, long dans) => operation switch
    {
        "hello" => new Operation.Hello(null, "Once more", null),
        "join" => new Operation.Join(room, null),
        "leave" => new Operation.Leave(room),
        "create" => new Operation.Create(room, null, null, null),
        "set topic" => new Operation.Configure(room, null, "Tea", null, null),
        "set visibility" => new Operation.Configure(room, null, null, "private", null),
        "destroy" => new Operation.Destroy(room),
        "post" => new Operation.Post(room, "Hello", "fresh", null),
        "reply" => new Operation.Post(room, "Hello", "fresh", dans),
        "edit own" => new Operation.Edit(room, own, "A stork"),
        "edit Dan's" => new Operation.Edit(room, dans, "A stork"),
        "delete own" => new Operation.Delete(room, own),
        "delete Dan's" => new Operation.Delete(room, dans),
        "react" => new Operation.React(room, dans, "👍", true),
        "history" => new Operation.History(room, null, null, null),
        "search there" => new Operation.Search("pelican", room, null, null),
        "search" => new Operation.Search("pelican", null, null, null),
        "status" => new Operation.Status(room, null),
        "who" => new Operation.Who([cast.Dan]),
        "rooms" => new Operation.Rooms(null, null),
        "dm" => new Operation.Direct(cast.Fay),
        "invite" => new Operation.Invite(room, cast.Fay, null),
        "kick" => new Operation.Kick(room, cast.Dan, "Enough"),
        "ban" => new Operation.Ban(room, cast.Dan, null),
        "unban" => new Operation.Unban(room, cast["banned"].Id, null),
        "role" => new Operation.GiveRole(room, cast.Dan, "moderator"),
        "block" => new Operation.Block(cast.Dan),
        "unblock" => new Operation.Unblock(cast.Dan),
        "read" => new Operation.Read(room, 1),
        "typing" => new Operation.Typing(room),
        "watch" => new Operation.Watch("metrics"),
        "unwatch" => new Operation.Unwatch("metrics"),
        "ping" => new Operation.Ping(),
        _ => throw new ArgumentException($"There is no operation '{operation}'.", nameof(operation)),
    };
}
