using System.Text.Json;

namespace OrleansChat.Tests.Gateway.Hooks;

/// <summary>An address at which a program posts into a room, as a bot that everybody sees.</summary>
public sealed class IncomingHooks(ChatServer server) : IClassFixture<ChatServer>
{
    [Fact]
    public async Task A_program_posts_and_everybody_sees_that_it_is_a_bot()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var (id, path) = await server.NewHook(room, ada.Token);
        Assert.Matches("^/api/v1/hooks/[a-z0-9]{16}/[A-Za-z0-9_-]{43}$", path);
        var said = await server.Say(path, """{"text":"All green"}""");
        Assert.Equal(("ok", 3), (said.Word, said.Body.GetProperty("seq").GetInt64()));

        var events = await ada.EventsUpTo(room, 3);
        Assert.Equal((ada.Id, "invited"), (events[0].By, events[0].Kind));
        Assert.Equal(($"bot-{id}", "All green"), (events[1].By, events[1].Text));
        var status = (await server.Get($"/api/v1/rooms/{room}", ada.Token)).Body;
        var bot = status.GetProperty("members").EnumerateArray().Single(member => member.GetProperty("user").GetString() == $"bot-{id}");
        Assert.Equal(("Nightly build", true, false), (bot.GetProperty("name").GetString(), bot.GetProperty("bot").GetBoolean(), bot.GetProperty("online").GetBoolean()));
        Assert.False(status.GetProperty("members").EnumerateArray().Single(member => member.GetProperty("user").GetString() == ada.Id).TryGetProperty("bot", out _));
        await using var wire = await Wire.Enter(server, ada.Token);
        await wire.Send($$"""{"op":"who","id":1,"users":["bot-{{id}}"]}""");
        Assert.True((await wire.Answer(1)).GetProperty("ok").GetProperty("users")[0].GetProperty("bot").GetBoolean());
    }

    [Fact]
    public async Task The_list_shows_who_made_it_and_never_the_secret()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var (id, path) = await server.NewHook(room, ada.Token, "  Nightly build ");
        var hook = await server.HookOf(room, ada.Token, id);
        Assert.Equal(("Nightly build", ada.Id, $"bot-{id}"), (hook.GetProperty("name").GetString(), hook.GetProperty("by").GetString(), hook.GetProperty("bot").GetString()));
        Assert.False(hook.TryGetProperty("url", out _));
        Assert.DoesNotContain(path.Split('/')[^1], hook.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_in_the_header_or_the_body_makes_a_repeat_harmless()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var (_, path) = await server.NewHook(room, ada.Token);
        var first = await server.Say(path, """{"text":"Once"}""", key: "build-7");
        var again = await server.Say(path, "Twice", "text/plain", key: "build-7");
        var third = await server.Say(path, """{"text":"Thrice","key":"build-7"}""");
        Assert.Equal(first.Body.GetRawText(), again.Body.GetRawText());
        Assert.Equal(first.Body.GetRawText(), third.Body.GetRawText());
        Assert.Equal("bad_request", (await server.Say(path, "x", "text/plain", key: new string('k', 65))).Word);
        await server.Say(path, "Without a key", "text/plain");
        await server.Say(path, "Without a key", "text/plain");
        Assert.Equal(["Once", "Without a key", "Without a key"], (await ada.EventsUpTo(room, 5)).Skip(1).Select(e => e.Text));
    }

    [Theory]
    [InlineData("text/plain", "  Grüße 🎉\nzwei Zeilen ", "Grüße 🎉\nzwei Zeilen")]
    [InlineData("text/plain; charset=utf-8", "x", "x")]
    [InlineData(null, "{not JSON}", "{not JSON}")]
    [InlineData("application/json; charset=utf-8", """{"text":"x","unknown":[1,2]}""", "x")]
    [InlineData("application/vnd.x+json", """{"text":"x"}""", "x")]
    public async Task It_takes_json_and_plain_text(string? type, string body, string text)
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var (_, path) = await server.NewHook(room, ada.Token);
        Assert.Equal("ok", (await server.Say(path, body, type)).Word);
        Assert.Equal(text, (await ada.EventsUpTo(room, 3))[^1].Text);
    }

    [Theory]
    [InlineData("application/json", "", "bad_request")]
    [InlineData("application/json", "{", "bad_request")]
    [InlineData("application/json", "[]", "bad_request")]
    [InlineData("application/json", "null", "bad_request")]
    [InlineData("application/json", """{"key":"k"}""", "bad_request")]
    [InlineData("application/json", """{"text":null}""", "bad_request")]
    [InlineData("application/json", """{"text":7}""", "bad_request")]
    [InlineData("application/json", """{"text":"a","text":"b"}""", "bad_request")]
    [InlineData("application/json", """{"text":"  "}""", "bad_request")]
    [InlineData("application/json", """{"text":"\u001b[31m"}""", "bad_request")]
    [InlineData("application/json", """{"text":"x","key":"no spaces"}""", "bad_request")]
    [InlineData("application/x-www-form-urlencoded", "text=x", "bad_request")]
    [InlineData("image/png", "x", "bad_request")]
    [InlineData("nonsense", "x", "bad_request")]
    [InlineData("text/plain", "\ud83d", "ok")] // the test's own encoder makes U+FFFD of half a pair
    [InlineData("text/plain", "long", "too_long")]
    [InlineData("text/plain", "too long for a request", "too_long")]
    public async Task What_cannot_be_said_is_refused_and_nothing_is_stored(string type, string body, string code)
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var (_, path) = await server.NewHook(room, ada.Token);
        if (body == "long") body = new string('x', 4001);
        if (body == "too long for a request") body = new string('x', 70_000);
        Assert.Equal(code, (await server.Say(path, body, type)).Word);
        if (code != "ok") Assert.Equal(2, (await server.Get($"/api/v1/rooms/{room}", ada.Token)).Body.GetProperty("head").GetInt64());
    }

    [Fact]
    public async Task Whatever_is_wrong_with_an_address_it_sounds_the_same()
    {
        await using var ada = await server.Enter("ada");
        var (room, other, doomed, left) = (await ada.NewRoom(), await ada.NewRoom(), await ada.NewRoom(), await ada.NewRoom());
        var (id, path) = await server.NewHook(room, ada.Token);
        var (otherId, otherPath) = await server.NewHook(other, ada.Token);
        var (revokedId, revoked) = await server.NewHook(room, ada.Token);
        var (_, roomless) = await server.NewHook(doomed, ada.Token);
        var (kicked, botless) = await server.NewHook(left, ada.Token);
        var (outgoing, _) = await server.NewHook(other, ada.Token, new Uri("https://example.org/"));
        Assert.Equal("ok", (await server.Send(HttpMethod.Delete, $"/api/v1/rooms/{room}/hooks/{revokedId}", ada.Token)).Word);
        await ada.Chat.Destroy(doomed);
        await ada.Chat.Kick(left, $"bot-{kicked}");

        var secret = path.Split('/')[^1];
        string[] wrong =
        [
            revoked, roomless, botless, $"/api/v1/hooks/{id}/{otherPath.Split('/')[^1]}", $"/api/v1/hooks/{otherId}/{secret}", $"{path}x", path[..^1],
            $"{path}/", $"{path}/more", $"/api/v1/hooks/{id}/-", $"/api/v1/hooks/{outgoing}/{secret}", "/api/v1/hooks/nobody/x",
            $"/api/v1/hooks/{new string('a', 2000)}/{new string('b', 2000)}",
        ];
        foreach (var address in wrong)
        {
            var answer = await server.Say(address, """{"text":"Let me in"}""");
            Assert.Equal((404, "not_found", "There is no such webhook."), (answer.Status, answer.Word, answer.Body.GetProperty("detail").GetString()));
        }

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
        {
            Assert.Equal(405, (await server.Send(method, path)).Status);
        }

        Assert.Equal("ok", (await server.Say(path.Replace("/api/v1/hooks", "/API/V1/Hooks", StringComparison.Ordinal), "Still here", "text/plain")).Word);
    }

    [Theory]
    [InlineData("stranger", "not_member")]
    [InlineData("outsider", "not_found")]
    [InlineData("banned", "banned")]
    [InlineData("member", "forbidden")]
    [InlineData("moderator", "ok")]
    [InlineData("owner", "ok")]
    [InlineData("admin", "ok")]
    public async Task Webhooks_are_for_those_who_keep_the_room(string who, string word)
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob", admin: who == "admin");
        var room = await ada.NewRoom(who is "outsider" or "admin" ? "private" : null);
        if (who is "member" or "moderator") await ada.Chat.Invite(room, bob.Id);
        if (who is "moderator") await ada.Chat.Role(room, bob.Id, "moderator");
        if (who is "banned") await ada.Chat.Ban(room, bob.Id);
        var token = who is "owner" ? ada.Token : bob.Token;
        var (id, _) = await server.NewHook(room, ada.Token);
        Assert.Equal(word, (await server.Get($"/api/v1/rooms/{room}/hooks", token)).Word);
        Assert.Equal(word, (await server.Post($"/api/v1/rooms/{room}/hooks", """{"name":"x"}""", token)).Word);
        Assert.Equal(word, (await server.Post($"/api/v1/rooms/{room}/hooks", """{"name":"x","url":"https://example.org/"}""", token)).Word);
        Assert.Equal(word, (await server.Send(HttpMethod.Delete, $"/api/v1/rooms/{room}/hooks/{id}", token)).Word);
    }

    [Fact]
    public async Task Where_guests_change_no_rooms_they_connect_none()
    {
        await using var strict = await ChatServer.Start("Chat:Guests:Refused:0=configure");
        await using var gil = await strict.EnterAsGuest("Gil");
        await gil.Chat.Create("den");
        Assert.Equal("forbidden", (await strict.Post("/api/v1/rooms/den/hooks", """{"name":"x"}""", gil.Token)).Word);
    }

    [Fact]
    public async Task Nobody_reaches_a_webhook_through_another_room()
    {
        await using var ada = await server.Enter("ada");
        await using var eve = await server.Enter("eve");
        var (room, eves) = (await ada.NewRoom(), await eve.NewRoom());
        var (id, path) = await server.NewHook(room, ada.Token);
        Assert.Equal("not_found", (await server.Send(HttpMethod.Delete, $"/api/v1/rooms/{eves}/hooks/{id}", eve.Token)).Word);
        Assert.Equal("not_found", (await server.Send(HttpMethod.Patch, $"/api/v1/rooms/{eves}/hooks/{id}", eve.Token, new StringContent("""{"on":true}""", null, "application/json"))).Word);
        Assert.Equal("ok", (await server.Say(path, "Still here", "text/plain")).Word);
    }

    [Fact]
    public async Task A_bot_is_a_member_and_nothing_else()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        var (id, path) = await server.NewHook(room, ada.Token);
        var bot = $"bot-{id}";
        Assert.Equal("bad_request", await ada.Word(chat => chat.Direct(bot)));
        Assert.Equal("bad_request", await ada.Word(chat => chat.Role(room, bot, "owner")));
        Assert.Equal("bad_request", (await server.Post("/api/v1/register", """{"user":"bot-mine","password":"a long password"}""")).Word);
        Assert.Equal("unauthenticated", (await server.Post("/api/v1/login", $$"""{"user":"{{bot}}","password":""}""")).Word);

        await bob.Join(room);
        await ada.Chat.Kick(room, bot);
        Assert.Equal("forbidden", await bob.Word(chat => chat.Invite(room, bot))); // a member brings no bot in
        Assert.Equal("ok", await ada.Word(chat => chat.Invite(room, bot)));
        Assert.Equal("ok", (await server.Say(path, "Back", "text/plain")).Word);
        await ada.Chat.Leave(room); // the last owner; the bot served longer than Bob came back
        Assert.Equal("owner", (await bob.Entry(room)).Role);
    }

    [Fact]
    public async Task Slow_mode_holds_for_bots_too_and_says_how_long()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var (_, path) = await server.NewHook(room, ada.Token);
        await ada.Chat.Configure(room, slow: 600);
        Assert.Equal("ok", (await server.Say(path, "One", "text/plain", "k")).Word);
        var slow = await server.Say(path, "Two", "text/plain");
        Assert.Equal((429, "rate_limited"), (slow.Status, slow.Word));
        Assert.InRange(slow.RetryAfter!.Value.TotalSeconds, 500, 600);
        Assert.Equal("ok", (await server.Say(path, "One", "text/plain", "k")).Word);
    }

    [Fact]
    public async Task A_webhook_has_a_users_rate()
    {
        await using var strict = await ChatServer.Start("Chat:Limits:UserOperationsAtOnce=3", "Chat:Limits:UserOperationsPerSecond=0.01");
        await using var ada = await strict.Enter("ada");
        await ada.Chat.Create("den");
        var (_, path) = await strict.NewHook("den", (await strict.NewToken(ada.Id)));
        for (var i = 0; i < 3; i++) Assert.Equal("ok", (await strict.Say(path, $"{i}", "text/plain")).Word);
        var refused = await strict.Say(path, "one too many", "text/plain");
        Assert.Equal((429, true), (refused.Status, refused.RetryAfter > TimeSpan.Zero));
        Assert.Equal(404, (await strict.Say($"{path}x", "x", "text/plain")).Status); // nobody else spends its rate
    }

    [Theory]
    [InlineData("""{"name":""}""", "bad_request")]
    [InlineData("""{}""", "bad_request")]
    [InlineData("""{"name":"x","events":["message"]}""", "bad_request")]
    [InlineData("""{"name":"x","url":"ftp://example.org/"}""", "bad_request")]
    [InlineData("""{"name":"x","url":"https://ada:secret@example.org/"}""", "bad_request")]
    [InlineData("""{"name":"x","url":"https://example.org/#part"}""", "bad_request")]
    [InlineData("""{"name":"x","url":"/relative"}""", "bad_request")]
    [InlineData("""{"name":"x","url":""}""", "bad_request")]
    [InlineData("""{"name":"x","url":"https://example.org/","events":[]}""", "bad_request")]
    [InlineData("""{"name":"x","url":"https://example.org/","events":["weather"]}""", "bad_request")]
    [InlineData("""{"name":"x","url":"https://example.org/","events":[null]}""", "bad_request")]
    [InlineData("long name", "too_long")]
    [InlineData("long url", "bad_request")]
    public async Task What_cannot_be_a_webhook_is_refused_and_leaves_nothing(string json, string code)
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        if (json == "long name") json = JsonSerializer.Serialize(new { name = new string('x', 101) });
        if (json == "long url") json = JsonSerializer.Serialize(new { name = "x", url = $"https://example.org/{new string('x', 2000)}" });
        Assert.Equal(code, (await server.Post($"/api/v1/rooms/{room}/hooks", json, ada.Token)).Word);
        Assert.Empty((await server.Get($"/api/v1/rooms/{room}/hooks", ada.Token)).Body.GetProperty("hooks").EnumerateArray());
        Assert.Equal(1, (await ada.Entry(room)).Head);
    }

    [Fact]
    public async Task Twenty_are_enough_and_a_direct_room_has_none()
    {
        await using var ada = await server.Enter("ada");
        var (bob, _) = await server.Account("bob");
        var room = await ada.NewRoom();
        for (var i = 0; i < 20; i++) await server.NewHook(room, ada.Token);
        Assert.Equal("conflict", (await server.Post($"/api/v1/rooms/{room}/hooks", """{"name":"x"}""", ada.Token)).Word);
        var direct = (await ada.Chat.Direct(bob)).Room;
        Assert.Equal("forbidden", (await server.Post($"/api/v1/rooms/{Uri.EscapeDataString(direct)}/hooks", """{"name":"x"}""", ada.Token)).Word);
    }
}
