using System.Text.Json;
using OrleansChat.Rooms;
using OrleansChat.Tests.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Rooms;

/// <summary>A replay waits for its reader; what happens meanwhile may not, and says so with 4008.</summary>
public sealed class SlowReaders(ChatServer server) : IClassFixture<ChatServer>
{
    private static readonly string LongText = new('x', 4_000);
    private static readonly string LongestText = string.Concat(Enumerable.Repeat("🦩", 4_000)); // fewer fill what lies on the way

    [Fact]
    public async Task A_replay_of_a_thousand_long_messages_waits_for_a_slow_reader_and_newer_ones_wait_behind_it()
    {
        var (ada, bob) = (await server.Account("ada"), await server.Enter("bob"));
        var room = await LongRoom(ada.Id, messages: 1_000);
        await bob.Join(room);
        await using var slow = await Wire.Open(server);
        await slow.Send($$"""{"op":"hello","resume":{"{{room}}":2},"id":0,"token":"{{ada.Token}}"}""");
        await slow.Answer(0);
        // The server has filled all buffers on the way by now, or will; Bob talks on.
        long last = 0;
        for (var i = 0; i < 100; i++) last = await bob.Say(room, LongText);
        await slow.Event(room, last);
        Assert.Equal(Enumerable.Range(3, (int)last - 2).Select(i => (long)i), Numbers(slow, room));
        Assert.Equal("ok", await bob.Word(chat => chat.Ping()));
        await bob.DisposeAsync();
    }

    [Fact]
    public async Task A_replay_of_many_rooms_at_once_waits_for_a_slow_reader()
    {
        var (id, token) = await server.Account("ada");
        var rooms = new List<string>();
        for (var i = 0; i < 60; i++) rooms.Add(await LongRoom(id, messages: 40));
        await using var slow = await Wire.Open(server);
        var resume = string.Join(",", rooms.Select(room => $"\"{room}\":0"));
        await slow.Send($$"""{"op":"hello","id":0,"token":"{{token}}","resume":{ {{resume}} } }""");
        await slow.Answer(0);
        foreach (var room in rooms) await UntilTold(slow, room, 41);
        Assert.All(rooms, room => Assert.Equal(Enumerable.Range(1, 41).Select(i => (long)i), Numbers(slow, room)));
    }

    [Fact]
    public async Task A_replay_fits_through_the_smallest_outbox_that_may_be_configured()
    {
        await using var small = await ChatServer.Start("Chat:Limits:Outbox=65536", "Chat:Limits:Enabled=false");
        var (id, token) = await small.Account("ada");
        var room = await LongRoom(id, messages: 200, small);
        await using var slow = await Wire.Open(small);
        await slow.Send($$"""{"op":"hello","resume":{"{{room}}":1},"id":0,"token":"{{token}}"}""");
        await slow.Event(room, 201);
        Assert.Equal(Enumerable.Range(2, 200).Select(i => (long)i), Numbers(slow, room));
    }

    [Fact]
    public async Task A_reader_that_asks_for_many_long_pages_without_waiting_gets_them_all()
    {
        var (id, token) = await server.Account("ada");
        var room = await LongRoom(id, messages: 200);
        await using var ada = await Wire.Enter(server, token);
        for (var i = 1; i <= 40; i++) await ada.Send($$"""{"op":"history","id":{{i}},"room":"{{room}}","limit":200}""");
        await ada.Answer(40);
        Assert.Equal(40, ada.Frames.Count(frame => frame.TryGetProperty("re", out var re) && re.GetInt64() > 0));
    }

    [Fact]
    public async Task Whoever_stops_reading_is_closed_with_4008_while_others_talk_on_and_finds_all_by_resuming()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var (id, token) = await server.Account("bob");
        await ada.Chat.Invite(room, id);
        await using var bob = await Wire.Enter(server, token);
        await ada.Next<OrleansChat.Client.ChatPush.Presence>(news => news.Online?.Contains(id) == true);
        var gone = ada.Next<OrleansChat.Client.ChatPush.Presence>(news => news.Offline?.Contains(id) == true);
        long last = 0;
        for (var i = 0; i < 900 && !gone.IsCompleted; i++) last = await ada.Say(room, LongestText);
        await gone;
        Assert.Equal(4008, await bob.Closed());
        var numbers = Numbers(bob, room);
        Assert.Equal(Enumerable.Range(3, numbers.Count).Select(i => (long)i), numbers);
        var mark = Math.Max(2, numbers.Count + 2);
        Assert.InRange(last - mark, 0, 1_000);
        await using var again = await Person.Enter(server, token, resume: new Dictionary<string, long> { [room] = mark });
        last = await ada.Say(room, "All there?");
        Assert.Equal(last - mark, (await again.EventsUpTo(room, last)).Count);
    }

    private static async Task UntilTold(Wire wire, string room, long seq)
    {
        if (Numbers(wire, room).LastOrDefault() < seq) await wire.Event(room, seq);
    }

    private static List<long> Numbers(Wire wire, string room) =>
        [.. wire.Frames.Where(frame => Wire.IsPush(frame, "events", room)).SelectMany(Numbers)];

    private static IEnumerable<long> Numbers(JsonElement frame) =>
        frame.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("seq").GetInt64());

    /// <summary>A room of one member's, with so many of the longest messages after its first event.</summary>
    private async Task<string> LongRoom(string owner, int messages, ChatServer? at = null)
    {
        at ??= server;
        var room = await WrittenRoom.Open(at.Storage, RoomId.Parse(at.NameLike("den")), DateTimeOffset.UtcNow.AddDays(-1));
        await room.Append(UserId.Parse(owner), new RoomEvent.Created("Den", Visibility.Public));
        for (var i = 0; i < messages; i++) await room.Says(UserId.Parse(owner), LongText);
        return room.Id.Value;
    }
}
