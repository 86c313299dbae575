namespace OrleansChat.Tests.Gateway.Limits;

/// <summary>Each rate and each count holds, says when to come again, and is lifted by <c>Chat:Limits:Enabled=false</c>.</summary>
public sealed class Rates
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_may_do_so_much_at_once_and_then_so_much_a_second(bool enabled)
    {
        await using var server = await Start(enabled, "OperationsAtOnce=5", "OperationsPerSecond=0.5");
        await using var ada = await Wire.Enter(server, (await server.Account("ada")).Token); // hello is the first
        var words = await Pings(ada, 6);
        Assert.Equal(enabled ? ["ok", "ok", "ok", "ok", "rate_limited", "rate_limited"] : Enumerable.Repeat("ok", 6), words);
        if (!enabled) return;
        var error = ada.Frames[^1].GetProperty("error");
        Assert.InRange(error.GetProperty("retryAfter").GetDouble(), 0.5, 2.01);
        await using var other = await Wire.Enter(server, (await server.Account("bob")).Token);
        Assert.Equal(["ok"], await Pings(other, 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_user_may_do_so_much_over_all_connections_and_http(bool enabled)
    {
        await using var server = await Start(enabled, "UserOperationsAtOnce=4", "UserOperationsPerSecond=0.02");
        var (_, token) = await server.Account("ada");
        await using var desk = await Wire.Enter(server, token);
        await using var phone = await Wire.Enter(server, token);
        Assert.Equal(["ok", "ok"], [.. await Pings(desk, 1), .. await Pings(phone, 1)]);
        Assert.Equal((200, 200), ((await server.Get("/api/v1/rooms", token)).Status, (await server.Get("/api/v1/rooms", token)).Status));
        var refused = await server.Get("/api/v1/rooms", token);
        Assert.Equal(enabled ? "rate_limited" : "ok", refused.Word);
        Assert.Equal(enabled ? ["rate_limited"] : ["ok"], await Pings(phone, 1));
        if (enabled) Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(50));
        Assert.Equal("ok", (await server.Get("/api/v1/rooms", (await server.Account("bob")).Token)).Word);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_goes_on_after_warnings_is_closed_with_4009(bool enabled)
    {
        await using var server = await Start(enabled, "OperationsAtOnce=2", "OperationsPerSecond=0.01", "Warnings=3");
        await using var eve = await Wire.Enter(server, (await server.Account("eve")).Token);
        for (var i = 1; i <= 8; i++) await eve.Send($$"""{"op":"ping","id":{{i}}}""");
        if (enabled)
        {
            Assert.Equal(4009, await eve.Closed());
            Assert.Equal(["ok", "rate_limited", "rate_limited", "rate_limited", "rate_limited"], Words(eve));
        }
        else
        {
            Assert.Equal("ok", Wire.Word(await eve.Answer(8)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_user_may_create_so_many_rooms_an_hour(bool enabled)
    {
        await using var server = await Start(enabled, "RoomsCreatedPerHour=2");
        await using var ada = await server.Enter("ada");
        var words = new List<string>();
        for (var i = 0; i < 3; i++) words.Add(await ada.Word(chat => chat.Create($"den-of-ada-{i}")));
        Assert.Equal(["ok", "ok", enabled ? "rate_limited" : "ok"], words);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_user_may_be_in_so_many_rooms(bool enabled)
    {
        await using var server = await Start(enabled, "Rooms=2");
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        Assert.Equal(2, bob.Welcome.Limits.Rooms);
        var rooms = new[] { await ada.NewRoom(), await ada.NewRoom() };
        foreach (var room in rooms) await bob.Join(room);
        var beyond = enabled ? "rate_limited" : "ok";
        Assert.Equal(beyond, await bob.Word(chat => chat.Join("lobby")));
        Assert.Equal(beyond, await bob.Word(chat => chat.Create("one-too-many")));
        Assert.Equal(beyond, await bob.Word(chat => chat.Direct(ada.Id)));
        await bob.Chat.Leave(rooms[0]);
        Assert.Equal("ok", await bob.Word(chat => chat.Join(rooms[0])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_may_sign_in_so_often_a_minute(bool enabled)
    {
        await using var server = await Start(enabled, "SignInsPerMinute=2");
        const string Login = """{"user":"ada","password":""}""";
        Assert.Equal((401, 401), ((await server.Post("/api/v1/login", Login)).Status, (await server.Post("/api/v1/login", Login)).Status));
        var third = await server.Post("/api/v1/login", Login);
        Assert.Equal(enabled ? "rate_limited" : "unauthenticated", third.Word);
        if (enabled) Assert.InRange(third.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Equal(enabled ? "rate_limited" : "bad_request", (await server.Post("/api/v1/register", """{"user":"A","password":""}""")).Word);
    }

    private static Task<ChatServer> Start(bool enabled, params string[] limits) =>
        ChatServer.Start([$"Chat:Limits:Enabled={enabled}", .. limits.Select(limit => $"Chat:Limits:{limit}")]);

    private static async Task<List<string>> Pings(Wire wire, int count)
    {
        for (var i = 1; i <= count; i++) await wire.Send($$"""{"op":"ping","id":{{i}}}""");
        await wire.Answer(count);
        return Words(wire)[^count..];
    }

    /// <summary>The answers but hello's.</summary>
    private static List<string> Words(Wire wire) =>
        [.. wire.Frames.Where(frame => frame.TryGetProperty("re", out var re) && re.GetInt64() > 0).Select(Wire.Word)];
}
