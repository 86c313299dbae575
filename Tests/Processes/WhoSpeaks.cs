using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>Names that are not one's own, marks of rooms that are not one's own, and letters that are not what they seem.</summary>
[Collection(Processes.Name)]
public sealed class WhoSpeaks(GuardedGateway guarded) : IClassFixture<GuardedGateway>
{
    private readonly GatewayProcess gateway = guarded.Process;

    public static TheoryData<string> Smuggled => ["user", "by", "author", "from", "as", "sender", "userId", "uid", "session", "token", "role", "admin", "guest", "name"];

    [Theory]
    [MemberData(nameof(Smuggled))]
    public async Task Who_speaks_is_the_connection_whatever_a_frame_says(string field)
    {
        await using var ada = await Stranger.Enter(gateway, "Ada");
        await using var eve = await Stranger.Enter(gateway);
        var room = $"smuggle-{field.ToLowerInvariant()}";
        var claim = $"\"{field}\":\"{ada.Id}\"";
        await ada.Connection.Create(room);
        await ada.Connection.Join(room);
        await eve.Connection.Join(room);

        Assert.NotNull((await eve.Say($$"""{"op":"post","id":1,"room":"{{room}}","text":"It is me","key":"k1",{{claim}}}""")).Ok);
        Assert.NotNull((await eve.Say($$"""{"op":"react","id":2,"room":"{{room}}","seq":3,"emoji":"👍","on":true,{{claim}}}""")).Ok);
        // The owner's rights do not come with her name: 'user' and 'role' are then the target's.
        Assert.NotNull((await eve.Say($$"""{"op":"destroy","id":3,"room":"{{room}}",{{claim}}}""")).Error);
        Assert.NotNull((await eve.Say($$"""{"op":"configure","id":4,"room":"{{room}}","topic":"Eve's",{{claim}}}""")).Error);
        Assert.NotNull((await eve.Say($$"""{"op":"watch","id":5,"topic":"metrics",{{claim}}}""")).Error);
        var hers = await ada.Connection.Post(room, "And this is me");
        Assert.Equal("forbidden", (await eve.Say($$"""{"op":"edit","id":6,"room":"{{room}}","seq":{{hers.Seq}},"text":"No",{{claim}}}""")).Error?.Code);
        Assert.Equal("forbidden", (await eve.Say($$"""{"op":"delete","id":7,"room":"{{room}}","seq":{{hers.Seq}},{{claim}}}""")).Error?.Code);

        var log = (await ada.Connection.Join(room, since: 0)).Events;
        Assert.Equal([ada.Id, eve.Id, eve.Id, eve.Id, ada.Id], log.Select(e => e.By));
    }

    [Fact]
    public Task Marks_that_are_no_use_are_a_gap_and_those_of_other_rooms_are_nothing() => Bystanders.Undisturbed(gateway, async () =>
    {
        await using var ada = await Stranger.Enter(gateway, "Ada");
        await ada.Connection.Create("secret", visibility: "private");
        await ada.Connection.Join("lobby");
        string[] mine = ["mark-negative", "mark-least", "mark-future", "mark-most", "mark-right"];
        await using var eve = await Stranger.Enter(gateway);
        foreach (var room in mine) await eve.Connection.Create(room);

        var marks = new Dictionary<string, long>
        {
            ["mark-negative"] = -1,
            ["mark-least"] = long.MinValue,
            ["mark-future"] = 1000,
            ["mark-most"] = long.MaxValue,
            ["mark-right"] = 0,
        };
        foreach (var room in (string[])["secret", "lobby", "nowhere", "dm:ada+bob", "No Room\u202e", ""]) marks[room] = 0;
        await using var again = await Stranger.Enter(gateway, token: eve.Welcome.Token, resume: marks);
        Assert.Equal(mine.Order(), again.Welcome.Rooms.Select(entry => entry.Room).Order());
        Assert.All(again.Welcome.Rooms, entry => Assert.Equal(entry.Room != "mark-right", entry.Gap));
        var push = Assert.IsType<ChatPush.Events>(await Next(again, push => push is ChatPush.Events));
        Assert.Equal(("mark-right", 1), (push.Room, push.List.Single().Seq));
    });

    private static async Task<ChatPush> Next(Stranger stranger, Func<ChatPush, bool> wanted)
    {
        using var patience = new CancellationTokenSource(Stranger.Soon);
        await foreach (var push in stranger.Connection.Pushes.ReadAllAsync(patience.Token))
        {
            if (wanted(push)) return push;
        }

        throw new InvalidOperationException("The connection ended.");
    }

    [Fact]
    public Task Letters_that_turn_hide_or_join_are_kept_as_they_were_written() => Bystanders.Undisturbed(gateway, async () =>
    {
        await using var eve = await Stranger.Enter(gateway);
        await eve.Connection.Create("letters");
        string[] texts =
        [
            "abc\u202Edef", "zero\u200Bwidth", "joi\u200Dner", "שלום \u200Fעולם", "\u2066isolated\u2069", "e\u0301", "👩‍👩‍👧‍👦", "tab\tand\nnewline", "\uFEFFmark", "<b>&amp;</b>", "a\u2028b\u2029c",
        ];
        foreach (var text in texts) await eve.Connection.Post("letters", text);
        var kept = (await eve.Connection.History("letters")).Messages.Select(message => message.Text);
        Assert.Equal(texts, kept);
    });
}
