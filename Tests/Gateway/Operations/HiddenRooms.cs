using OrleansChat.Client;
using OrleansChat.Rooms;

namespace OrleansChat.Tests.Gateway.Operations;

/// <summary>Nothing tells a stranger that a private room exists, and nothing of it reaches them.</summary>
public sealed class HiddenRooms(Cast cast) : IClassFixture<Cast>
{
    public static TheoryData<string> Operations => new(
        """{"op":"join","id":1,"room":"ROOM"}""",
        """{"op":"leave","id":1,"room":"ROOM"}""",
        """{"op":"configure","id":1,"room":"ROOM","topic":"Tea"}""",
        """{"op":"destroy","id":1,"room":"ROOM"}""",
        """{"op":"post","id":1,"room":"ROOM","text":"Hello","key":"fresh"}""",
        """{"op":"post","id":1,"room":"ROOM","text":"Hello","key":"fresh","reply":2}""",
        """{"op":"edit","id":1,"room":"ROOM","seq":2,"text":"Hello"}""",
        """{"op":"delete","id":1,"room":"ROOM","seq":2}""",
        """{"op":"react","id":1,"room":"ROOM","seq":2,"emoji":"👍","on":true}""",
        """{"op":"history","id":1,"room":"ROOM"}""",
        """{"op":"search","id":1,"query":"pelican","room":"ROOM"}""",
        """{"op":"status","id":1,"room":"ROOM"}""",
        """{"op":"invite","id":1,"room":"ROOM","user":"somebody"}""",
        """{"op":"kick","id":1,"room":"ROOM","user":"somebody"}""",
        """{"op":"ban","id":1,"room":"ROOM","user":"somebody"}""",
        """{"op":"unban","id":1,"room":"ROOM","user":"somebody"}""",
        """{"op":"role","id":1,"room":"ROOM","user":"somebody","role":"owner"}""",
        """{"op":"read","id":1,"room":"ROOM","seq":2}""",
        """{"op":"typing","id":1,"room":"ROOM"}""");

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_private_room_sounds_as_if_it_did_not_exist(string operation)
    {
        var (room, _) = await cast.NewRoom(Visibility.Private);
        var absent = cast.NameLike("nowhere");
        await using var gil = await Wire.Enter(cast, cast["stranger"].Token);
        await gil.Send(operation.Replace("ROOM", room, StringComparison.Ordinal));
        var refused = await gil.Answer(1);
        await gil.Send(operation.Replace("ROOM", absent, StringComparison.Ordinal));
        var nothing = await gil.Until(frame => Wire.IsAnswer(frame, 1));
        Assert.Equal(nothing.GetRawText(), refused.GetRawText().Replace(room, absent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/messages")]
    public async Task A_private_room_sounds_over_http_as_if_it_did_not_exist(string path)
    {
        var (room, _) = await cast.NewRoom(Visibility.Private);
        var absent = cast.NameLike("nowhere");
        var refused = await cast.Get($"/api/v1/rooms/{room}{path}", cast["stranger"].Token);
        var nothing = await cast.Get($"/api/v1/rooms/{absent}{path}", cast["stranger"].Token);
        Assert.Equal("not_found", refused.Word);
        Assert.Equal(Detail(nothing), Detail(refused).Replace(room, absent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_of_rooms_has_a_private_room_for_its_members_and_administrators_only()
    {
        var (room, _) = await cast.NewRoom(Visibility.Private);
        Assert.Equal(
            ["no", "no", "yes", "yes"],
            await Task.WhenAll(new[] { "stranger", "banned", "member", "admin" }.Select(who => Lists(cast[who], room))));
        Assert.DoesNotContain(room, (await cast.Get($"/api/v1/rooms?query={room}", cast["stranger"].Token)).Body.GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<string> Lists(Person person, string room) =>
        (await person.Chat.Rooms(room).WaitAsync(ChatServer.Patience)).Rooms.Any(listed => listed.Room == room) ? "yes" : "no";

    [Theory]
    [InlineData("stranger")]
    [InlineData("banned")]
    [InlineData("admin")]
    public async Task A_search_finds_nothing_where_one_is_no_member(string who)
    {
        await cast.NewRoom(Visibility.Private);
        Assert.Empty((await cast[who].Chat.Search("pelican").WaitAsync(ChatServer.Patience)).Messages);
        Assert.Empty((await cast.Get("/api/v1/search?query=pelican", cast[who].Token)).Body.GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task Resuming_a_room_that_is_not_ones_own_says_nothing_of_it()
    {
        var (room, _) = await cast.NewRoom(Visibility.Private);
        await using var gil = await cast["stranger"].Again(new Dictionary<string, long> { [room] = 1, [cast.NameLike("nowhere")] = 1 });
        Assert.DoesNotContain(gil.Welcome.Rooms, entry => entry.Room == room);
        await gil.NewRoom();
        Assert.DoesNotContain(gil.Seen.OfType<ChatPush.Events>(), events => events.Room == room);
    }

    [Fact]
    public async Task A_reply_cannot_reach_a_message_of_another_room()
    {
        var (hidden, messages) = await cast.NewRoom(Visibility.Private);
        await using var gil = await cast.EnterAsGuest("Gil");
        var own = await gil.NewRoom();
        Assert.Equal("not_found", await gil.Word(chat => chat.Post(own, "Is it there?", reply: messages[cast.Dan])));
        Assert.Equal("not_found", await gil.Word(chat => chat.Post(hidden, "Is it there?", reply: messages[cast.Dan])));
    }

    private static string Detail(WebAnswer answer) => answer.Body.GetProperty("detail").GetString()!;
}
