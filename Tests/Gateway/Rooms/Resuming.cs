using OrleansChat.Client;
using OrleansChat.Rooms;
using OrleansChat.Tests.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Rooms;

/// <summary>Whoever comes back with marks ends up with exactly the log.</summary>
public sealed class Resuming(ChatServer server) : IClassFixture<ChatServer>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(51)]
    public async Task Every_later_event_comes_in_order_and_then_what_is_new(int mark)
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        for (var i = 2; i <= 51; i++) await ada.Say(room, $"Number {i}");
        await using var again = await ada.Again(new Dictionary<string, long> { [room] = mark });
        Assert.Equal((51, false), (again.Welcome.Rooms[0].Head, again.Welcome.Rooms[0].Gap));
        var next = await ada.Say(room, "And on");
        Assert.Equal(Enumerable.Range(mark + 1, 52 - mark).Select(i => (long)i), (await again.EventsUpTo(room, next)).Select(e => e.Seq));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(-9_007_199_254_740_991, true)]
    [InlineData(1_202, true)]
    [InlineData(9_007_199_254_740_991, true)]
    [InlineData(200, true)] // 1,001 behind
    [InlineData(201, false)] // 1,000 behind
    [InlineData(1_201, false)]
    public async Task There_is_a_gap_in_three_cases_and_only_those(long mark, bool gap)
    {
        var (id, token) = await server.Account("ada");
        var room = await Written(id, events: 1_201);
        await using var ada = await Person.Enter(server, token, resume: new Dictionary<string, long> { [room] = mark });
        Assert.Equal((1_201, gap), (ada.Welcome.Rooms[0].Head, ada.Welcome.Rooms[0].Gap));
        var next = await ada.Say(room, "And on");
        var first = gap ? next : mark + 1;
        Assert.Equal(first, (await ada.EventsUpTo(room, next))[0].Seq);
    }

    [Fact]
    public async Task Several_rooms_at_once_each_go_on_from_their_marks()
    {
        await using var ada = await server.Enter("ada");
        var marks = new Dictionary<string, long>();
        for (var i = 0; i < 10; i++)
        {
            var room = await ada.NewRoom();
            for (var n = 0; n < 20; n++) await ada.Say(room, $"Number {n}");
            marks[room] = 2 * i;
        }

        await using var again = await ada.Again(marks);
        var heads = marks.Keys.ToDictionary(room => room, _ => 0L);
        while (heads.Values.Any(head => head < 21))
        {
            var events = await again.Next<ChatPush.Events>();
            heads[events.Room] = events.List[^1].Seq;
        }

        Assert.All(marks, mark => Assert.Equal(
            Enumerable.Range((int)mark.Value + 1, 21 - (int)mark.Value).Select(i => (long)i),
            again.SeenOf(mark.Key).Select(e => e.Seq)));
    }

    [Fact]
    public async Task A_replay_goes_on_over_ones_own_kick_and_return_however_far_apart()
    {
        var (id, token) = await server.Account("bob");
        var (owner, bob) = (UserId.Parse((await server.Account("ada")).Id), UserId.Parse(id));
        var room = await WrittenRoom.Open(server.Storage, RoomId.Parse(server.NameLike("den")), DateTimeOffset.UtcNow.AddDays(-1));
        await room.Append(owner, new RoomEvent.Created("Den", Visibility.Public));
        await room.Append(bob, new RoomEvent.Joined());
        await room.Append(owner, new RoomEvent.Kicked(bob, null));
        for (var i = 0; i < 600; i++) await room.Says(owner, $"Number {i}");
        await room.Append(owner, new RoomEvent.Invited(bob));
        await using var again = await Person.Enter(server, token, resume: new Dictionary<string, long> { [room.Id.Value] = 2 });
        var last = await again.Say(room.Id.Value, "What did I miss?");
        Assert.Equal(Enumerable.Range(3, (int)last - 2).Select(i => (long)i), (await again.EventsUpTo(room.Id.Value, last)).Select(e => e.Seq));
    }

    [Fact]
    public async Task A_room_that_is_no_longer_ones_own_is_not_named_and_not_replayed()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Join(room);
        await ada.Chat.Kick(room, bob.Id);
        await using var again = await bob.Again(new Dictionary<string, long> { [room] = 1 });
        Assert.Empty(again.Welcome.Rooms);
        await again.NewRoom();
        Assert.Empty(again.SeenOf(room));
    }

    [Fact]
    public async Task While_others_talk_hello_comes_first_and_then_each_number_once()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var talk = Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++) await ada.Say(room, $"Number {i}");
        });
        for (var i = 0; i < 10; i++)
        {
            await using var wire = await Wire.Open(server);
            await wire.Send($$"""{"op":"hello","resume":{"{{room}}":1},"id":0,"token":"{{ada.Token}}"}""");
            await wire.Until(frame => Wire.IsPush(frame, "events", room));
            await wire.Until(frame => Wire.IsPush(frame, "events", room));
            Assert.True(Wire.IsAnswer(wire.Frames[0], 0));
            var numbers = wire.Frames.Where(f => Wire.IsPush(f, "events", room))
                .SelectMany(f => f.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("seq").GetInt64())).ToList();
            Assert.Equal(Enumerable.Range(2, numbers.Count).Select(n => (long)n), numbers);
            if (talk.IsCompleted) break;
        }

        await talk.WaitAsync(ChatServer.Patience);
    }

    /// <summary>A room of one member's, with so many events.</summary>
    private async Task<string> Written(string owner, int events)
    {
        var id = UserId.Parse(owner);
        var room = await WrittenRoom.Open(server.Storage, RoomId.Parse(server.NameLike("den")), DateTimeOffset.UtcNow.AddDays(-1));
        await room.Append(id, new RoomEvent.Created("Den", Visibility.Public));
        for (var i = 2; i <= events; i++) await room.Says(id, $"Number {i}");
        return room.Id.Value;
    }
}
