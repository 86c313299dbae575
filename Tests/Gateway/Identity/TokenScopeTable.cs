using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansChat.Gateway.Identity;
using OrleansChat.Gateway.Operations;

namespace OrleansChat.Tests.Gateway.Identity;

/// <summary>What an API token must be good for, row by row: with that scope alone it is let through, with all others it is not.</summary>
public sealed class TokenScopeTable(ChatServer server) : IClassFixture<ChatServer>
{
    private static readonly string[] Words = ["read", "post", "rooms", "admin"];

    private const string Operations = """
        | hello     | read  |
        | history   | read  |
        | search    | read  |
        | status    | read  |
        | who       | read  |
        | rooms     | read  |
        | read      | read  |
        | ping      | read  |
        | post      | post  |
        | edit      | post  |
        | delete    | post  |
        | react     | post  |
        | typing    | post  |
        | join      | rooms |
        | leave     | rooms |
        | create    | rooms |
        | configure | rooms |
        | destroy   | rooms |
        | dm        | rooms |
        | invite    | rooms |
        | kick      | rooms |
        | ban       | rooms |
        | unban     | rooms |
        | role      | rooms |
        | block     | rooms |
        | unblock   | rooms |
        | watch     | admin |
        | unwatch   | admin |
        """;

    private const string Addresses = """
        | GET /api/v1/rooms                                | read   |
        | GET /api/v1/rooms/{room}                         | read   |
        | GET /api/v1/rooms/{room}/messages                | read   |
        | GET /api/v1/search                               | read   |
        | POST /api/v1/rooms/{room}/messages               | post   |
        | GET /api/v1/rooms/{room}/hooks                   | rooms  |
        | POST /api/v1/rooms/{room}/hooks                  | rooms  |
        | PATCH /api/v1/rooms/{room}/hooks/{hook}          | rooms  |
        | DELETE /api/v1/rooms/{room}/hooks/{hook}         | rooms  |
        | GET /api/v1/metrics                              | admin  |
        | DELETE /api/v1/users/{user}                      | admin  |
        | POST /api/v1/logout                              | any    |
        | POST /api/v1/password                            | people |
        | POST /api/v1/operator                            | people |
        | GET /api/v1/tokens                               | people |
        | POST /api/v1/tokens                              | people |
        | DELETE /api/v1/tokens/{id}                       | people |
        """;

    public static TheoryData<string, string> OperationRows => Rows(Operations);

    public static TheoryData<string, string> AddressRows => Rows(Addresses);

    [Theory]
    [MemberData(nameof(OperationRows))]
    public async Task An_operation_takes_its_scope(string operation, string scope)
    {
        await using var root = await server.Enter("root", admin: true);
        var room = await root.NewRoom();
        var others = await Token(root.Token, [.. Words.Where(word => word != scope)]);
        await using var lacking = await Wire.Open(server);
        await lacking.Send(Frame("hello", room, others));
        if (scope == "read")
        {
            Assert.Equal("forbidden", Wire.Word(await lacking.Answer(1))); // no socket at all: it would hear everything
        }
        else
        {
            Assert.Equal("ok", Wire.Word(await lacking.Answer(1)));
            Assert.Equal(("forbidden", true), Refused(await Ask(lacking, operation, room), scope));
        }

        await using var having = await Wire.Enter(server, await Token(root.Token, scope, "read"));
        var answer = await Ask(having, operation, room);
        Assert.False(answer.TryGetProperty("error", out var error) && error.GetProperty("message").GetString()!.Contains("scope", StringComparison.Ordinal), answer.GetRawText());
    }

    [Theory]
    [MemberData(nameof(AddressRows))]
    public async Task An_address_takes_its_scope(string address, string scope)
    {
        var (_, root) = await server.Account("root", admin: true);
        var having = await Token(root, scope is "any" or "people" ? Words : [scope]);
        var lacking = await Token(root, scope is "any" ? ["post"] : [.. Words.Where(word => word != scope)]);
        Assert.Equal(scope is "any", await Passes(address, lacking));
        if (scope is not "any") Assert.Equal(scope is not "people", await Passes(address, having));
        Assert.True(await Passes(address, root));
    }

    [Fact]
    public void Nothing_that_takes_a_token_is_missing_here()
    {
        Assert.Equal(Operation.Names.Order(), OperationRows.Select(row => row.Data.Item1).Order());
        string[] open = ["POST /api/v1/register", "POST /api/v1/login", "POST /api/v1/hooks/{hook}/{secret}"];
        var mapped = server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"))
            .Except(open);
        Assert.Equal(mapped.Order(), AddressRows.Select(row => row.Data.Item1).Order());
        Assert.Equal(Operation.Names.Concat(mapped).Append("GET /metrics").Order(), TokenScopes.Table.Keys.Order());
    }

    [Fact]
    public async Task Closed_metrics_take_the_scope_too()
    {
        await using var closed = await ChatServer.Start("Chat:PublicMetrics=false");
        var (_, root) = await closed.Account("root", admin: true);
        Assert.Equal("forbidden", (await closed.Get("/metrics", await Token(root, ["read", "post", "rooms"], closed))).Word);
        Assert.Equal(200, (await closed.Get("/metrics", await Token(root, ["admin"], closed))).Status);
    }

    private static TheoryData<string, string> Rows(string table)
    {
        var rows = new TheoryData<string, string>();
        foreach (var line in table.Split('\n')) rows.Add(line.Split('|')[1].Trim(), line.Split('|')[2].Trim());
        return rows;
    }

    private static async Task<JsonElement> Ask(Wire wire, string operation, string room)
    {
        await wire.Send(Frame(operation, room, "").Replace("\"id\":1", "\"id\":2", StringComparison.Ordinal));
        return await wire.Answer(2);
    }

    /// <summary>Fields for any operation; each takes those that it knows.</summary>
    private static string Frame(string operation, string room, string token) => JsonSerializer.Serialize(new
    {
        op = operation,
        id = 1,
        token,
        room,
        text = "Hello",
        key = "key",
        seq = 1,
        emoji = "👍",
        on = true,
        query = "pelican",
        users = Array.Empty<string>(),
        user = "nobody",
        role = "member",
        topic = "metrics",
    });

    private static (string, bool) Refused(JsonElement answer, string scope) =>
        (Wire.Word(answer), answer.GetProperty("error").GetProperty("message").GetString()!.Contains($"scope '{scope}'", StringComparison.Ordinal));

    /// <summary>Whether the token got as far as the address itself, whatever that says.</summary>
    private async Task<bool> Passes(string address, string token)
    {
        var (method, path) = (address.Split(' ')[0], address.Split(' ')[1]);
        path = path.Replace("{room}", "lobby", StringComparison.Ordinal).Replace("{user}", "nobody", StringComparison.Ordinal)
            .Replace("{id}", "none", StringComparison.Ordinal).Replace("{hook}", "none", StringComparison.Ordinal);
        using var body = new StringContent("""{"text":"Hello","key":"key","name":"x","scopes":["read"],"password":"wrong","newPassword":"wrong-too","on":true}""", System.Text.Encoding.UTF8, "application/json");
        var answer = await server.Send(new HttpMethod(method), path + (path.EndsWith("search", StringComparison.Ordinal) ? "?query=pelican" : ""), token, method is "GET" or "DELETE" ? null : body);
        if (answer.Word is not "forbidden") return true;
        var why = answer.Body.GetProperty("detail").GetString()!;
        return !why.Contains("scope", StringComparison.Ordinal) && !why.Contains("API tokens", StringComparison.Ordinal);
    }

    private Task<string> Token(string owner, params string[] scopes) => Token(owner, scopes, server);

    private static async Task<string> Token(string owner, string[] scopes, ChatServer server)
    {
        var made = await server.Post("/api/v1/tokens", JsonSerializer.Serialize(new { name = "bot", scopes }), owner);
        return made.Body.GetProperty("token").GetString()!;
    }
}
