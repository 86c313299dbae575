using System.Net;
using System.Text.Json;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Identity;

/// <summary>Tokens for programs: shown once, good for what was said, and worth nothing from the moment on in which they are revoked.</summary>
public sealed class ApiTokens(ChatServer server) : IClassFixture<ChatServer>
{
    [Fact]
    public async Task A_token_is_shown_once_and_then_only_what_it_is_for()
    {
        var (_, ada) = await server.Account("ada");
        var made = await server.Post("/api/v1/tokens", """{"name":"  nightly build ","scopes":["post","read"],"days":30}""", ada);
        var (id, secret) = (made.Body.GetProperty("id").GetString()!, made.Body.GetProperty("token").GetString()!);
        Assert.Matches("^oc_[A-Za-z0-9_-]{43}$", secret);

        var listed = (await server.Get("/api/v1/tokens", ada)).Body;
        var token = Assert.Single(listed.GetProperty("tokens").EnumerateArray());
        Assert.Equal((id, "nightly build"), (token.GetProperty("id").GetString(), token.GetProperty("name").GetString()));
        Assert.Equal(["read", "post"], token.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal(TimeSpan.FromDays(30), token.GetProperty("expires").GetDateTimeOffset() - token.GetProperty("created").GetDateTimeOffset());
        Assert.False(token.TryGetProperty("lastUsed", out _));
        Assert.DoesNotContain(secret, listed.GetRawText(), StringComparison.Ordinal);

        Assert.Equal("ok", (await server.Get("/api/v1/rooms", secret)).Word);
        token = (await server.Get("/api/v1/tokens", ada)).Body.GetProperty("tokens")[0];
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", token.GetProperty("lastUsed").GetString());
    }

    [Fact]
    public async Task It_speaks_for_its_owner_over_the_socket_and_over_http()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var token = await Token(ada.Token, "read", "post");
        await using var bot = await Person.Enter(server, token);
        Assert.Equal((ada.Id, null), (bot.Id, bot.Welcome.Token));
        Assert.Equal(2, await bot.Say(room, "from the socket"));
        Assert.Equal("ok", (await server.Post($"/api/v1/rooms/{room}/messages", """{"text":"from the script","key":"k"}""", token)).Word);
        Assert.Equal([ada.Id, ada.Id], (await bot.EventsUpTo(room, 3)).Select(e => e.By));
    }

    [Fact]
    public async Task Revoked_it_opens_nothing_and_its_sockets_close_with_4010_while_its_owners_stay()
    {
        await using var ada = await server.Enter("ada");
        var (id, token) = await Make(ada.Token, "read");
        var (_, other) = await Make(ada.Token, "read");
        await using var bot = await Person.Enter(server, token);
        await using var otherBot = await Person.Enter(server, other);
        Assert.Equal("ok", (await server.Send(HttpMethod.Delete, $"/api/v1/tokens/{id}", ada.Token)).Word);
        Assert.Equal(4010, await bot.Closed());
        Assert.Equal("unauthenticated", (await server.Get("/api/v1/rooms", token)).Word);
        Assert.Equal("ok", await ada.Word(chat => chat.Ping()));
        Assert.Equal("ok", await otherBot.Word(chat => chat.Ping()));
        Assert.Equal("not_found", (await server.Send(HttpMethod.Delete, $"/api/v1/tokens/{id}", ada.Token)).Word);
    }

    [Fact]
    public async Task Nobody_revokes_anothers()
    {
        var (_, ada) = await server.Account("ada");
        var (_, eve) = await server.Account("eve");
        var (id, token) = await Make(ada, "read");
        Assert.Equal("not_found", (await server.Send(HttpMethod.Delete, $"/api/v1/tokens/{id}", eve)).Word);
        Assert.Equal("ok", (await server.Get("/api/v1/rooms", token)).Word);
        Assert.Empty((await server.Get("/api/v1/tokens", eve)).Body.GetProperty("tokens").EnumerateArray());
    }

    [Fact]
    public async Task A_token_that_is_lost_can_end_itself()
    {
        var (_, ada) = await server.Account("ada");
        var token = await Token(ada, "post");
        Assert.Equal("ok", (await server.Post("/api/v1/logout", "", token)).Word);
        Assert.Equal("unauthenticated", (await server.Post("/api/v1/logout", "", token)).Word);
        Assert.Equal("ok", (await server.Get("/api/v1/rooms", ada)).Word);
    }

    [Fact]
    public async Task It_is_over_when_it_was_said_to_be()
    {
        var (id, ada) = await server.Account("ada");
        var token = new ApiToken(SessionId.New(), UserId.Parse(id), "old", Scopes.Read, DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(-1));
        await server.Storage.AddToken(token, Secret.Hash("oc_old-and-over"));
        Assert.Equal("unauthenticated", (await server.Get("/api/v1/rooms", "oc_old-and-over")).Word);
        Assert.Empty((await server.Get("/api/v1/tokens", ada)).Body.GetProperty("tokens").EnumerateArray());
    }

    [Fact]
    public async Task An_administrators_token_without_that_scope_is_anybodys()
    {
        var (_, root) = await server.Account("root", admin: true);
        await using var ada = await server.Enter("ada");
        var den = await ada.NewRoom("private");
        var (plain, full) = (await Token(root, "read", "rooms"), await Token(root, "read", "admin"));
        Assert.Equal("not_found", (await server.Get($"/api/v1/rooms/{den}", plain)).Word);
        Assert.Equal("ok", (await server.Get($"/api/v1/rooms/{den}", full)).Word);
        Assert.Equal(("forbidden", "ok"), ((await server.Get("/api/v1/metrics", plain)).Word, (await server.Get("/api/v1/metrics", full)).Word));
    }

    [Fact]
    public async Task Guests_have_none_and_only_administrators_give_that_scope()
    {
        await using var gil = await server.EnterAsGuest("Gil");
        var (_, ada) = await server.Account("ada");
        Assert.Equal("forbidden", (await server.Post("/api/v1/tokens", """{"name":"x","scopes":["read"]}""", gil.Token)).Word);
        Assert.Equal("forbidden", (await server.Post("/api/v1/tokens", """{"name":"x","scopes":["read","admin"]}""", ada)).Word);
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["read"]}""", "bad_request")]
    [InlineData("""{"name":"x","scopes":[]}""", "bad_request")]
    [InlineData("""{"name":"x","scopes":["write"]}""", "bad_request")]
    [InlineData("""{"name":"x","scopes":["Read"]}""", "bad_request")]
    [InlineData("""{"name":"x","scopes":[null]}""", "bad_request")]
    [InlineData("""{"name":"x","scopes":"read"}""", "bad_request")]
    [InlineData("""{"name":"x"}""", "bad_request")]
    [InlineData("""{"name":null,"scopes":["read"]}""", "bad_request")]
    [InlineData("""{"name":"x","scopes":["read"],"days":0}""", "bad_request")]
    [InlineData("""{"name":"x","scopes":["read"],"days":99999999999}""", "bad_request")]
    [InlineData("""{"name":"x\u0007","scopes":["read"]}""", "bad_request")]
    [InlineData("[]", "bad_request")]
    [InlineData("{", "bad_request")]
    [InlineData("long", "too_long")]
    public async Task What_cannot_be_a_token_is_refused(string json, string code)
    {
        var (_, ada) = await server.Account("ada");
        if (json == "long") json = JsonSerializer.Serialize(new { name = new string('x', 101), scopes = new[] { "read" } });
        Assert.Equal(code, (await server.Post("/api/v1/tokens", json, ada)).Word);
        Assert.Empty((await server.Get("/api/v1/tokens", ada)).Body.GetProperty("tokens").EnumerateArray());
    }

    [Theory]
    [InlineData("oc_")]
    [InlineData("oc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("oc_' OR 1=1 --")]
    public async Task A_secret_that_is_none_opens_nothing(string secret)
    {
        Assert.Equal("unauthenticated", (await server.Get("/api/v1/rooms", secret)).Word);
        await using var wire = await Wire.Open(server);
        await wire.Send(JsonSerializer.Serialize(new { op = "hello", id = 1, token = secret }));
        Assert.Equal(4003, await wire.Closed());
    }

    [Fact]
    public async Task Fifty_are_enough()
    {
        var (_, ada) = await server.Account("ada");
        for (var i = 0; i < ApiToken.PerUser; i++) await Token(ada, "read");
        Assert.Equal("conflict", (await server.Post("/api/v1/tokens", """{"name":"x","scopes":["read"]}""", ada)).Word);
    }

    [Fact]
    public async Task It_is_no_way_to_the_operators_pages()
    {
        await using var operated = await Http.OperatedServer.Start();
        var (_, root) = await operated.Account("root", admin: true);
        var made = await operated.Post("/api/v1/tokens", """{"name":"x","scopes":["read","admin"]}""", root);
        var token = made.Body.GetProperty("token").GetString()!;
        using var asked = await operated.Ask(token);
        using var opened = await operated.Open("/pages/", token);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (asked.StatusCode, opened.StatusCode));
    }

    private async Task<string> Token(string owner, params string[] scopes) => (await Make(owner, scopes)).Secret;

    private async Task<(string Id, string Secret)> Make(string owner, params string[] scopes)
    {
        var made = await server.Post("/api/v1/tokens", JsonSerializer.Serialize(new { name = "bot", scopes }), owner);
        Assert.Equal("ok", made.Word);
        return (made.Body.GetProperty("id").GetString()!, made.Body.GetProperty("token").GetString()!);
    }
}
