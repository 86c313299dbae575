using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>Tokens that are worth nothing, names that are not one's own, and marks of rooms that are not one's own.</summary>
[Collection(Processes.Name)]
public sealed class WhoSpeaks(GuardedGateway guarded) : IClassFixture<GuardedGateway>
{
    private readonly GatewayProcess gateway = guarded.Process;

    [Fact]
    public Task A_forged_token_is_worth_nothing() => Bystanders.Undisturbed(gateway, async () =>
    {
        string token;
        await using (var ada = await Stranger.Enter(gateway, "Ada")) token = ada.Welcome.Token!;
        await using (var again = await Stranger.Enter(gateway, token: token)) Assert.Equal("Ada", again.Welcome.User.Name);
        var middle = token.Length / 2;
        string[] forged =
        [
            "", " ", "admin", token[..^1], token[1..], token + "A", token.ToUpperInvariant(), token[..middle],
            token[..middle] + (token[middle] == 'A' ? 'B' : 'A') + token[(middle + 1)..], new string('A', 60_000), "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
        ];
        foreach (var bad in forged) await IsRefused(gateway, bad);
    });

    /// <summary>The answer says so, and the connection closes with 4003.</summary>
    private static async Task IsRefused(GatewayProcess gateway, string token)
    {
        await using var eve = await Stranger.Knock(gateway);
        var hello = eve.Connection.Hello(token).WaitAsync(Stranger.Soon);
        await hello.ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.False(hello.IsCompletedSuccessfully, $"It was taken: {token}");
        var refused = await Assert.ThrowsAsync<ChatException>(() => hello);
        Assert.Equal("unauthenticated", refused.Code);
        Assert.Equal(4003, await eve.Closed());
    }

    [Fact]
    public async Task A_token_of_another_server_is_worth_nothing()
    {
        await using var other = await GatewayProcess.Start();
        await using var ada = await Stranger.Enter(other, "Ada");
        await IsRefused(gateway, ada.Welcome.Token!);
    }

    [Fact]
    public async Task A_token_that_has_run_out_is_worth_nothing()
    {
        await using var shortLived = await GatewayProcess.Start(("Chat:SessionLifetime", "00:00:02"));
        await using var ada = await Stranger.Enter(shortLived, "Ada");
        var token = ada.Welcome.Token!;
        using var patience = new CancellationTokenSource(Stranger.Soon);
        while (await IsWelcome()) await Task.Delay(100, patience.Token);
        await IsRefused(shortLived, token);

        async Task<bool> IsWelcome()
        {
            await using var again = await Stranger.Knock(shortLived);
            try
            {
                return await again.Connection.Hello(token, cancel: patience.Token) is not null;
            }
            catch (ChatException)
            {
                return false;
            }
        }
    }

    [Fact]
    public Task A_token_that_was_signed_out_is_worth_nothing_and_ends_what_it_opened() => Bystanders.Undisturbed(gateway, async () =>
    {
        using var http = new HttpClient { BaseAddress = gateway.Address };
        var accounts = new ChatAccounts(http);
        await accounts.Register("mallory", "Mallory", "a password");
        var token = (await accounts.Login("mallory", "a password")).Token;
        await using var mallory = await Stranger.Enter(gateway, token: token);
        await accounts.Logout(token);
        Assert.Equal(4010, await mallory.Closed());
        await IsRefused(gateway, token);
    });

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
            ["mark-negative"] = -1, ["mark-least"] = long.MinValue, ["mark-future"] = 1000, ["mark-most"] = long.MaxValue, ["mark-right"] = 0,
            ["secret"] = 0, ["lobby"] = 0, ["nowhere"] = 0, ["dm:ada+bob"] = 0, ["No Room\u202e"] = 0, [""] = 0,
        };
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
