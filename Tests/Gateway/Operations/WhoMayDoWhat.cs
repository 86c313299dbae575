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
            _ => await me.Word(Asked(operation, room, own, dans)),
        };
    }

    private Func<ChatConnection, Task> Asked(string operation, string room, long own, long dans) => operation switch
    {
        "hello" => chat => chat.Hello(guest: "Once more"),
        "join" => chat => chat.Join(room),
        "leave" => chat => chat.Leave(room),
        "create" => chat => chat.Create(room),
        "set topic" => chat => chat.Configure(room, topic: "Tea"),
        "set visibility" => chat => chat.Configure(room, visibility: "private"),
        "destroy" => chat => chat.Destroy(room),
        "post" => chat => chat.Post(room, "Hello", "fresh"),
        "reply" => chat => chat.Post(room, "Hello", "fresh", dans),
        "edit own" => chat => chat.Edit(room, own, "A stork"),
        "edit Dan's" => chat => chat.Edit(room, dans, "A stork"),
        "delete own" => chat => chat.Delete(room, own),
        "delete Dan's" => chat => chat.Delete(room, dans),
        "react" => chat => chat.React(room, dans, "👍", true),
        "history" => chat => chat.History(room),
        "search there" => chat => chat.Search("pelican", room),
        "search" => chat => chat.Search("pelican"),
        "status" => chat => chat.Status(room),
        "who" => chat => chat.Who([cast.Dan]),
        "rooms" => chat => chat.Rooms(),
        "dm" => chat => chat.Direct(cast.Fay),
        "invite" => chat => chat.Invite(room, cast.Fay),
        "kick" => chat => chat.Kick(room, cast.Dan, "Enough"),
        "ban" => chat => chat.Ban(room, cast.Dan),
        "unban" => chat => chat.Unban(room, cast["banned"].Id),
        "role" => chat => chat.Role(room, cast.Dan, "moderator"),
        "block" => chat => chat.Block(cast.Dan),
        "unblock" => chat => chat.Unblock(cast.Dan),
        "read" => chat => chat.Read(room, 1),
        "typing" => chat => chat.Typing(room),
        "watch" => chat => chat.Watch("metrics"),
        "unwatch" => chat => chat.Unwatch("metrics"),
        "ping" => chat => chat.Ping(),
        _ => throw new ArgumentException($"There is no operation '{operation}'.", nameof(operation)),
    };
}
