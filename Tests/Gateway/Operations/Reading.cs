using OrleansChat.Client;
using OrleansChat.Rooms;
using OrleansChat.Tests.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Operations;

/// <summary>History, search, status, who and rooms: what is asked for, page by page.</summary>
public sealed class Reading(ChatServer server) : IClassFixture<ChatServer>
{
    [Fact]
    public async Task History_has_the_latest_fifty_or_what_lies_beside_a_mark_ascending()
    {
        await using var ada = await server.Enter("ada");
        var room = await Talk(ada, 250);
        Assert.Equal(Numbers(202, 50, true), Of(await ada.Chat.History(room)));
        Assert.Equal(Numbers(2, 8, false), Of(await ada.Chat.History(room, before: 10)));
        Assert.Equal(Numbers(7, 3, true), Of(await ada.Chat.History(room, before: 10, limit: 3)));
        Assert.Equal(Numbers(11, 3, true), Of(await ada.Chat.History(room, after: 10, limit: 3)));
        Assert.Equal(Numbers(250, 2, false), Of(await ada.Chat.History(room, after: 249)));
        Assert.Equal(Numbers(52, 200, true), Of(await ada.Chat.History(room, limit: 1_000)));
        Assert.Equal("bad_request", await ada.Word(chat => chat.History(room, limit: 0)));
        Assert.Equal("bad_request", await ada.Word(chat => chat.History(room, limit: -1)));
    }

    [Fact]
    public async Task A_search_goes_on_where_its_cursor_says_newest_first_over_all_of_ones_rooms()
    {
        await using var ada = await server.Enter("ada");
        var rooms = new[] { await Talk(ada, 30, "pelican"), await Talk(ada, 30, "heron"), await Talk(ada, 30, "pelican") };
        var found = new List<ChatMessage>();
        SearchAnswer? page = null;
        do
        {
            page = await ada.Chat.Search("pelican", cursor: page?.Cursor, limit: 7).WaitAsync(ChatServer.Patience);
            Assert.InRange(page.Messages.Count, 1, 7);
            found.AddRange(page.Messages);
        }
        while (page.More);
        Assert.Equal(60, found.Select(message => (message.Room, message.Seq)).Distinct().Count());
        Assert.Equal(found.Select(message => message.At).OrderDescending(), found.Select(message => message.At));
        Assert.Equal(new[] { rooms[0], rooms[2] }.Order(), found.Select(message => message.Room!).Distinct().Order());
        Assert.Equal(30, (await ada.Chat.Search("heron", rooms[1])).Messages.Count);
        Assert.Empty((await ada.Chat.Search("heron", rooms[0])).Messages);
    }

    [Theory]
    [InlineData("", null, null, "bad_request")]
    [InlineData("   ", null, null, "bad_request")]
    [InlineData("pelican", "nonsense", null, "bad_request")]
    [InlineData("pelican", null, 0, "bad_request")]
    [InlineData("pelican", null, 1_000, "ok")]
    [InlineData("\" OR NEAR(* -", null, null, "ok")]
    public async Task A_search_that_cannot_be_is_refused(string query, string? cursor, int? limit, string expected)
    {
        await using var ada = await server.Enter("ada");
        Assert.Equal(expected, await ada.Word(chat => chat.Search(query, cursor: cursor, limit: limit)));
    }

    [Fact]
    public async Task A_query_may_have_two_hundred_characters_and_no_more()
    {
        await using var ada = await server.Enter("ada");
        Assert.Equal("ok", await ada.Word(chat => chat.Search(new string('x', 200))));
        Assert.Equal("too_long", await ada.Word(chat => chat.Search(new string('x', 201))));
        Assert.Equal("too_long", await ada.Word(chat => chat.Rooms(new string('x', 201))));
    }

    [Fact]
    public async Task Status_has_five_hundred_participants_a_page_and_the_latest_twenty_messages()
    {
        await using var ada = await server.Enter("ada");
        var room = await WrittenRoom.Open(server.Storage, RoomId.Parse(server.NameLike("hall")), DateTimeOffset.UtcNow.AddDays(-1));
        await room.Append(UserId.Parse(ada.Id), new RoomEvent.Created("The hall", Visibility.Public, "Tea"));
        for (var i = 0; i < 700; i++) await room.Append(UserId.Parse($"member-{i:000}"), new RoomEvent.Joined());
        for (var i = 0; i < 30; i++) await room.Says(UserId.Parse(ada.Id), $"Number {i}");
        var first = await ada.Chat.Status(room.Id.Value);
        Assert.Equal(("The hall", "Tea", "public", 731), (first.Name, first.Topic, first.Visibility, first.Head));
        Assert.Equal((500, true, 20, 731), (first.Members.Count, first.More, first.Recent.Count, first.Recent[^1].Seq));
        var second = await ada.Chat.Status(room.Id.Value, after: first.Members[^1].User);
        Assert.Equal((201, false), (second.Members.Count, second.More));
        Assert.Equal(701, first.Members.Concat(second.Members).Select(member => member.User).Distinct().Count());
        Assert.Equal("bad_request", await ada.Word(chat => chat.Status(room.Id.Value, after: "NOBODY!")));
    }

    [Fact]
    public async Task Status_says_what_people_did_a_moment_ago()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Chat.Join(room);
        await Task.Delay(20);
        var now = DateTimeOffset.UtcNow.AddMilliseconds(-2); // times on the wire end at the millisecond
        await bob.Chat.Rooms();
        Assert.InRange((await ada.Chat.Status(room)).Members.Single(member => member.User == bob.Id).LastActive, now, now.AddMinutes(1));
    }

    [Fact]
    public async Task Status_leaves_out_what_there_is_not_and_says_what_there_is()
    {
        await using var ada = await server.Enter("ada");
        var bob = await server.Account("bob");
        var room = await ada.NewRoom();
        var plain = (await server.Get($"/api/v1/rooms/{room}", ada.Token)).Body;
        Assert.False(plain.TryGetProperty("slow", out _) || plain.TryGetProperty("banned", out _));

        await ada.Chat.Configure(room, slow: 20);
        await ada.Chat.Ban(room, bob.Id);
        var status = await ada.Chat.Status(room);
        Assert.Equal((20, 1L), (status.Slow, Assert.Single(status.Members).Read));
        Assert.Equal([(bob.Id, "Bob")], status.Banned!.Select(user => (user.User, user.Name)));
    }

    [Fact]
    public async Task Hello_says_whom_one_blocks_also_right_after_it()
    {
        await using var ada = await server.Enter("ada");
        var bob = await server.Account("bob");
        Assert.Empty(ada.Welcome.Blocked!);
        await ada.Chat.Block(bob.Id);
        await using (var again = await ada.Again()) Assert.Equal([bob.Id], again.Welcome.Blocked);
        await ada.Chat.Unblock(bob.Id);
        await using var free = await ada.Again();
        Assert.Empty(free.Welcome.Blocked!);
    }

    [Fact]
    public async Task Who_knows_a_hundred_people_at_a_time_and_leaves_out_those_it_does_not_know()
    {
        await using var ada = await server.Enter("ada");
        var bob = await server.Account("bob");
        var users = (await ada.Chat.Who([ada.Id, bob.Id, "nobody", "NOT AN ID", ada.Id])).Users;
        Assert.Equal([(ada.Id, "Ada", true), (bob.Id, "Bob", false)], users.Select(user => (user.User, user.Name, user.Online)).Order());
        Assert.InRange(users.Single(user => user.Online).LastActive, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Equal("ok", await ada.Word(chat => chat.Who([.. Enumerable.Range(0, 100).Select(i => $"user-{i}")])));
        Assert.Equal("bad_request", await ada.Word(chat => chat.Who([.. Enumerable.Range(0, 101).Select(i => $"user-{i}")])));
    }

    [Fact]
    public async Task The_public_rooms_are_listed_page_by_page_and_found_by_name_and_topic()
    {
        await using var ada = await server.Enter("ada");
        var prefix = server.NameLike("zoo");
        for (var i = 0; i < 130; i++) await ada.Chat.Create($"{prefix}-{i:000}", name: $"Cage {i}", topic: i == 7 ? "Pangolins" : null);
        var found = new List<PublicRoom>();
        RoomsAnswer page;
        do
        {
            page = await ada.Chat.Rooms(prefix, after: found.LastOrDefault()?.Room);
            found.AddRange(page.Rooms);
        }
        while (page.More);
        Assert.Equal(Enumerable.Range(0, 130).Select(i => $"{prefix}-{i:000}"), found.Select(room => room.Room));
        var seven = Assert.Single((await ada.Chat.Rooms("pangolin")).Rooms);
        Assert.Equal(($"{prefix}-007", "Cage 7", "Pangolins", 1, 1), (seven.Room, seven.Name, seven.Topic, seven.Members, seven.Head));
        Assert.Contains((await ada.Chat.Rooms("lobby")).Rooms, room => room is { Room: "lobby", Members: 0 });
    }

    /// <summary>A room of Ada's, with so many messages after its first event.</summary>
    private static async Task<string> Talk(Person ada, int messages, string text = "Hello")
    {
        var room = await ada.NewRoom();
        for (var i = 0; i < messages; i++) await ada.Say(room, $"{text} {i}");
        return room;
    }

    private static string Numbers(int from, int count, bool more) => $"{string.Join(" ", Enumerable.Range(from, count))} {more}";

    private static string Of(HistoryAnswer page) => $"{string.Join(" ", page.Messages.Select(message => message.Seq))} {page.More}";
}
