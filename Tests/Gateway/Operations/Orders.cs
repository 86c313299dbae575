using System.Text.Json;

namespace OrleansChat.Tests.Gateway.Operations;

/// <summary>One connection's operations on one room are carried out, and answered, in the order in which they were sent.</summary>
public sealed class Orders(ChatServer server) : IClassFixture<ChatServer>
{
    [Fact]
    public async Task Two_hundred_posts_without_waiting_are_numbered_and_answered_in_order()
    {
        await using var ada = await Enter("ada");
        var room = await NewRoom(ada);
        for (var i = 1; i <= 200; i++) await ada.Send($$"""{"op":"post","id":{{i}},"room":"{{room}}","text":"Number {{i}}","key":"{{i}}"}""");
        await ada.Answer(200);
        var answers = Answers(ada, 1);
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), answers.Select(a => a.GetProperty("re").GetInt64()));
        Assert.Equal(Enumerable.Range(2, 200).Select(i => (long)i), answers.Select(a => a.GetProperty("ok").GetProperty("seq").GetInt64()));
    }

    [Fact]
    public async Task A_history_right_behind_a_post_has_it()
    {
        await using var ada = await Enter("ada");
        var room = await NewRoom(ada);
        for (var i = 1; i <= 40; i += 2)
        {
            await ada.Send($$"""{"op":"post","id":{{i}},"room":"{{room}}","text":"Number {{i}}","key":"{{i}}"}""");
            await ada.Send($$"""{"op":"history","id":{{i + 1}},"room":"{{room}}","limit":1}""");
        }

        await ada.Answer(40);
        var answers = Answers(ada, 1);
        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), answers.Select(a => a.GetProperty("re").GetInt64()));
        Assert.All(answers.Chunk(2), pair => Assert.Equal(
            pair[0].GetProperty("ok").GetProperty("seq").GetInt64(),
            pair[1].GetProperty("ok").GetProperty("messages")[0].GetProperty("seq").GetInt64()));
    }

    [Fact]
    public async Task Whoever_joins_may_post_without_waiting_and_whoever_leaves_may_not()
    {
        await using var ada = await Enter("ada");
        var room = await NewRoom(ada);
        await using var bob = await Enter("bob");
        await bob.Send($$"""{"op":"post","id":1,"room":"{{room}}","text":"Too early","key":"a"}""");
        await bob.Send($$"""{"op":"join","id":2,"room":"{{room}}"}""");
        await bob.Send($$"""{"op":"post","id":3,"room":"{{room}}","text":"In time","key":"b"}""");
        await bob.Send($$"""{"op":"leave","id":4,"room":"{{room}}"}""");
        await bob.Send($$"""{"op":"post","id":5,"room":"{{room}}","text":"Too late","key":"c"}""");
        await bob.Answer(5);
        var answers = Answers(bob, 1);
        Assert.Equal([1, 2, 3, 4, 5], answers.Select(a => a.GetProperty("re").GetInt64()));
        Assert.Equal(["not_member", "ok", "ok", "ok", "not_member"], answers.Select(Wire.Word));
    }

    [Fact]
    public async Task A_mixture_of_operations_on_one_room_is_answered_in_order()
    {
        await using var ada = await Enter("ada");
        var room = await NewRoom(ada);
        string[] operations =
        [
            """{"op":"post","id":1,"room":"ROOM","text":"One","key":"1"}""",
            """{"op":"read","id":2,"room":"ROOM","seq":2}""",
            """{"op":"status","id":3,"room":"ROOM"}""",
            """{"op":"edit","id":4,"room":"ROOM","seq":2,"text":"Two"}""",
            """{"op":"react","id":5,"room":"ROOM","seq":2,"emoji":"👍","on":true}""",
            """{"op":"search","id":6,"room":"ROOM","query":"two"}""",
            """{"op":"typing","id":7,"room":"ROOM"}""",
            """{"op":"delete","id":8,"room":"ROOM","seq":2}""",
            """{"op":"history","id":9,"room":"ROOM"}""",
            """{"op":"destroy","id":10,"room":"ROOM"}""",
            """{"op":"post","id":11,"room":"ROOM","text":"Nobody hears it","key":"2"}""",
        ];
        foreach (var operation in operations) await ada.Send(operation.Replace("ROOM", room, StringComparison.Ordinal));
        await ada.Answer(11);
        var answers = Answers(ada, 1);
        Assert.Equal(Enumerable.Range(1, 11).Select(i => (long)i), answers.Select(a => a.GetProperty("re").GetInt64()));
        Assert.Equal([.. Enumerable.Repeat("ok", 10), "not_found"], answers.Select(Wire.Word));
        Assert.Equal(2, answers[2].GetProperty("ok").GetProperty("head").GetInt64());
        Assert.Equal("Two", answers[5].GetProperty("ok").GetProperty("messages")[0].GetProperty("text").GetString());
        Assert.True(answers[8].GetProperty("ok").GetProperty("messages")[0].GetProperty("deleted").GetBoolean());
    }

    [Fact]
    public async Task The_same_key_a_hundred_times_at_once_is_stored_once()
    {
        var (id, token) = await server.Account("ada");
        var wires = new List<Wire>();
        for (var i = 0; i < 4; i++) wires.Add(await Wire.Enter(server, token));
        var room = await NewRoom(wires[0]);
        for (var i = 1; i <= 25; i++)
        {
            foreach (var wire in wires) await wire.Send($$"""{"op":"post","id":{{i}},"room":"{{room}}","text":"Once","key":"same"}""");
        }

        foreach (var wire in wires) await wire.Answer(25);
        var answers = wires.SelectMany(wire => Answers(wire, 1)).Select(answer => answer.GetProperty("ok").GetRawText()).ToList();
        Assert.Equal(100, answers.Count);
        Assert.Single(answers.Distinct());
        Assert.StartsWith("""{"seq":2,""", answers[0], StringComparison.Ordinal);
        foreach (var wire in wires) await wire.DisposeAsync();
    }

    private async Task<Wire> Enter(string name) => await Wire.Enter(server, (await server.Account(name)).Token);

    private async Task<string> NewRoom(Wire wire)
    {
        var room = server.NameLike("den");
        await wire.Send($$"""{"op":"create","id":0,"room":"{{room}}"}""");
        await wire.Until(frame => Wire.IsPush(frame, "events", room));
        return room;
    }

    /// <summary>The answers with ids from this one on, as they came.</summary>
    private static List<JsonElement> Answers(Wire wire, long from) =>
        [.. wire.Frames.Where(frame => frame.TryGetProperty("re", out var re) && re.GetInt64() >= from)];
}
