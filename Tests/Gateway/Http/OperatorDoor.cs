using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Gateway.Identity;
using OrleansChat.Storage;
using OrleansChat.Storage.Memory;
using OrleansChat.Tests.Conformance;

namespace OrleansChat.Tests.Gateway.Http;

/// <summary>The pages that a browser opens by their address let administrators in, and show others the door.</summary>
public sealed class OperatorDoor
{
    private const string Json = "application/json";

    [Fact]
    public async Task An_administrators_token_becomes_a_cookie_that_opens_the_pages_and_no_script_or_other_site_has()
    {
        await using var server = await OperatedServer.Start();
        var (_, token) = await server.Account("root", admin: true);
        using var answer = await server.Ask(token);
        Assert.Equal($"{OperatorCookie.Name}={token}; path=/pages; samesite=strict; httponly", Assert.Single(answer.Headers.GetValues("Set-Cookie")));
        Assert.Equal("""{"pages":[{"name":"engine room","path":"/pages"}]}""", await answer.Content.ReadAsStringAsync());

        using var page = await server.Open("/pages/", token);
        Assert.Equal((200, OperatedServer.Secret), ((int)page.StatusCode, await page.Content.ReadAsStringAsync()));
        Assert.Equal(OperatedServer.Policy, page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.True(page.Headers.CacheControl!.NoStore);
        using var data = await server.Open("/pages/numbers/6?factor=7", token, Json);
        Assert.Contains("42", await data.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_TLS_the_cookie_never_leaves_it()
    {
        await using var server = await OperatedServer.Start("Chat:TrustedProxies:0=127.0.0.1");
        var (_, token) = await server.Account("root", admin: true);
        using var answer = await server.Ask(token, forwardedProto: "https");
        Assert.Contains("; secure;", answer.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    public static TheoryData<string, int> Others => new() { { "nobody", 401 }, { "a liar", 401 }, { "somebody signed out", 401 }, { "ada", 403 }, { "a guest", 403 } };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Everybody_else_sees_the_door_and_nothing_behind_it(string who, int status)
    {
        await using var server = await OperatedServer.Start();
        var token = await TokenOf(who, server);
        using var door = await server.Open("/pages/", token);
        var shown = await door.Content.ReadAsStringAsync();
        Assert.Equal((status, "text/html"), ((int)door.StatusCode, door.Content.Headers.ContentType!.MediaType));
        Assert.Contains("Sign in as an administrator.", shown, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", door.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(door.Headers.CacheControl!.NoStore);
        // What a page asks for, and what cannot even be read, is refused before it is looked at.
        foreach (var (path, method, accept) in new[]
        {
            ("/pages/", HttpMethod.Get, Json), ("/pages/", HttpMethod.Get, "*/*"), ("/pages/", HttpMethod.Post, "text/html"), ("/PAGES", HttpMethod.Get, Json),
            ("/pages/numbers/6?factor=7", HttpMethod.Get, Json), ("/pages/numbers/6?factor=x", HttpMethod.Get, Json), ("/pages/sign-out", HttpMethod.Get, Json),
        })
        {
            using var refused = await server.Open(path, token, accept, method);
            var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync());
            Assert.Equal((status, status == 401 ? "unauthenticated" : "forbidden"), ((int)refused.StatusCode, problem.GetProperty("code").GetString()));
        }

        using var asked = await server.Ask(token);
        Assert.Equal(status, (int)asked.StatusCode);
        Assert.False(asked.Headers.Contains("Set-Cookie"));
    }

    private static async Task<string?> TokenOf(string who, OperatedServer server)
    {
        switch (who)
        {
            case "nobody": return null;
            case "a liar": return "CfDJ8-not-a-token";
            case "ada": return (await server.Account("ada")).Token;
            case "a guest": return (await server.Get<SignIn>().AsGuest("Gil")).Value!.Token;
            default:
                var (_, token) = await server.Account("root", admin: true);
                await server.Post("/api/v1/logout", "", token);
                return token;
        }
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_takes_the_cookie_back()
    {
        await using var server = await OperatedServer.Start();
        var (_, token) = await server.Account("root", admin: true);
        using var wayOut = await server.Open("/pages/sign-out", token);
        Assert.Equal(200, (int)wayOut.StatusCode);
        Assert.Contains("form-action 'self'", wayOut.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var gone = await server.Open("/pages/sign-out", token, method: HttpMethod.Post);
        Assert.Equal((302, "/pages/"), ((int)gone.StatusCode, gone.Headers.Location!.OriginalString));
        Assert.StartsWith($"{OperatorCookie.Name}=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/pages;", gone.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        using var after = await server.Open("/pages/", token);
        Assert.Equal(401, (int)after.StatusCode);
        Assert.Equal("unauthenticated", (await server.Get("/api/v1/rooms", token)).Word);
    }

    [Fact]
    public async Task Signing_out_of_the_chat_closes_the_pages_too()
    {
        await using var server = await OperatedServer.Start();
        var (_, token) = await server.Account("root", admin: true);
        using var gone = await server.Ask(token, "/api/v1/logout");
        Assert.StartsWith($"{OperatorCookie.Name}=; expires=", gone.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        using var after = await server.Open("/pages/", token);
        Assert.Equal(401, (int)after.StatusCode);
    }

    [Fact]
    public async Task The_cookie_opens_nothing_but_the_pages()
    {
        await using var server = await OperatedServer.Start("Chat:PublicMetrics=false");
        var (_, token) = await server.Account("root", admin: true);
        foreach (var path in new[] { "/api/v1/rooms", "/api/v1/metrics", "/metrics" })
        {
            using var refused = await server.Open(path, token);
            Assert.Equal(401, (int)refused.StatusCode);
        }

        using var asked = await server.Open("/api/v1/operator", token, method: HttpMethod.Post);
        Assert.Equal(401, (int)asked.StatusCode);
    }

    [Fact]
    public async Task Coming_in_is_as_slow_as_any_sign_in()
    {
        await using var server = await OperatedServer.Start("Chat:Limits:SignInsPerMinute=2");
        var (_, token) = await server.Account("root", admin: true);
        using var first = await server.Ask(token);
        using var second = await server.Ask(token);
        using var third = await server.Ask(token);
        Assert.Equal((200, 200, 429), ((int)first.StatusCode, (int)second.StatusCode, (int)third.StatusCode));
    }

    [Fact]
    public async Task While_storage_is_away_nobody_is_let_in()
    {
        var storage = new FaultyStorage(new MemoryStorage());
        await using var server = await OperatedServer.Start(services => services.AddSingleton<IStorage>(storage));
        var (_, token) = await server.Account("root", admin: true);
        storage.Away = true;
        using var refused = await server.Open("/pages/", token);
        Assert.Equal(503, (int)refused.StatusCode);
    }
}
