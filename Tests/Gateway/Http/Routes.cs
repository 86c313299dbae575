using System.Text.Json;

namespace OrleansChat.Tests.Gateway.Http;

/// <summary>The protocol's routes for bots and scripts.</summary>
public sealed class Routes(ChatServer server) : IClassFixture<ChatServer>
{
    [Fact]
    public async Task A_bot_posts_reads_searches_and_lists()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var posted = await server.Post($"/api/v1/rooms/{room}/messages", """{"text":"A pelican","key":"key"}""", ada.Token);
        Assert.Equal((200, 2), (posted.Status, posted.Body.GetProperty("seq").GetInt64()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", posted.Body.GetProperty("at").GetString());
        var again = await server.Post($"/api/v1/rooms/{room}/messages", """{"text":"Something else","key":"key"}""", ada.Token);
        Assert.Equal(posted.Body.GetRawText(), again.Body.GetRawText());
        await server.Post($"/api/v1/rooms/{room}/messages", """{"text":"And another","key":"key-2","reply":2}""", ada.Token);
        Assert.Equal("And another", (await ada.EventsUpTo(room, 3))[^1].Text);

        var page = (await server.Get($"/api/v1/rooms/{room}/messages?limit=1", ada.Token)).Body;
        Assert.Equal((3, 2, true), (page.GetProperty("messages")[0].GetProperty("seq").GetInt64(), page.GetProperty("messages")[0].GetProperty("reply").GetInt64(), page.GetProperty("more").GetBoolean()));
        page = (await server.Get($"/api/v1/rooms/{room}/messages?before=3", ada.Token)).Body;
        Assert.Equal("A pelican", Assert.Single(page.GetProperty("messages").EnumerateArray()).GetProperty("text").GetString());
        page = (await server.Get($"/api/v1/rooms/{room}/messages?after=2", ada.Token)).Body;
        Assert.Equal("And another", Assert.Single(page.GetProperty("messages").EnumerateArray()).GetProperty("text").GetString());

        var status = (await server.Get($"/api/v1/rooms/{room}", ada.Token)).Body;
        Assert.Equal((room, 3, 2), (status.GetProperty("room").GetString(), status.GetProperty("head").GetInt64(), status.GetProperty("recent").GetArrayLength()));
        Assert.True(status.GetProperty("members")[0].GetProperty("online").GetBoolean());

        var found = (await server.Get("/api/v1/search?query=pelican&limit=5", ada.Token)).Body;
        Assert.Equal((room, 2), (found.GetProperty("messages")[0].GetProperty("room").GetString(), found.GetProperty("messages")[0].GetProperty("seq").GetInt64()));

        var rooms = (await server.Get($"/api/v1/rooms?query={room}", ada.Token)).Body.GetProperty("rooms");
        Assert.Equal((room, 1), (rooms[0].GetProperty("room").GetString(), rooms[0].GetProperty("members").GetInt32()));
    }

    [Fact]
    public async Task Whoever_only_asks_over_http_has_been_active_too()
    {
        await using var ada = await server.Enter("ada");
        var (bob, token) = await server.Account("bob");
        await server.Get("/api/v1/rooms", token);
        var seen = Assert.Single((await ada.Chat.Who([bob])).Users);
        Assert.False(seen.Online);
        Assert.InRange(seen.LastActive, DateTimeOffset.UtcNow.AddSeconds(-10), DateTimeOffset.UtcNow.AddSeconds(1));
    }

    [Fact]
    public async Task Administrators_read_the_nodes()
    {
        await using var root = await server.Enter("root", admin: true);
        await root.Chat.Watch();
        var pushed = (await root.Next<OrleansChat.Client.ChatPush.Metrics>()).Nodes[0];
        var node = (await server.Get("/api/v1/metrics", root.Token)).Body.GetProperty("nodes")[0];
        Assert.Equal(pushed.GetProperty("node").GetString(), node.GetProperty("node").GetString());
        Assert.True(node.GetProperty("connections").GetInt32() >= 1);
        Assert.True(node.GetProperty("rooms").GetInt32() >= 0 && node.GetProperty("outbox").GetInt64() >= 0);
        await root.Chat.Unwatch();
        Assert.Equal("bad_request", await root.Word(chat => chat.Watch("the weather")));
    }

    [Theory]
    [InlineData("GET", "/api/v1/rooms/NO ROOM", "", 400, "bad_request")]
    [InlineData("GET", "/api/v1/rooms/nowhere", "", 404, "not_found")]
    [InlineData("GET", "/api/v1/rooms?after=NO ROOM", "", 400, "bad_request")]
    [InlineData("GET", "/api/v1/rooms/lobby?after=NOBODY!", "", 400, "bad_request")]
    [InlineData("GET", "/api/v1/rooms/lobby/messages?limit=many", "", 400, "bad_request")]
    [InlineData("GET", "/api/v1/rooms/lobby/messages?limit=0", "", 400, "bad_request")]
    [InlineData("GET", "/api/v1/rooms/lobby/messages?before=x", "", 400, "bad_request")]
    [InlineData("GET", "/api/v1/search", "", 400, "bad_request")]
    [InlineData("GET", "/api/v1/search?query=", "", 400, "bad_request")]
    [InlineData("GET", "/api/v1/search?query=x&cursor=y", "", 400, "bad_request")]
    [InlineData("GET", "/api/v1/nothing", "", 404, "not_found")]
    [InlineData("GET", "/nothing.html", "", 404, "not_found")]
    [InlineData("PUT", "/api/v1/rooms", "{}", 405, "bad_request")]
    [InlineData("GET", "/api/v1/login", "", 405, "bad_request")]
    [InlineData("DELETE", "/api/v1/users/nobody?erase=perhaps", "", 400, "bad_request")]
    [InlineData("POST", "/api/v1/rooms/lobby/messages", "", 400, "bad_request")]
    [InlineData("POST", "/api/v1/rooms/lobby/messages", "{", 400, "bad_request")]
    [InlineData("POST", "/api/v1/rooms/lobby/messages", "[]", 400, "bad_request")]
    [InlineData("POST", "/api/v1/rooms/lobby/messages", """{"text":"Hello"}""", 400, "bad_request")]
    [InlineData("POST", "/api/v1/rooms/lobby/messages", """{"text":7,"key":"key"}""", 400, "bad_request")]
    [InlineData("POST", "/api/v1/rooms/lobby/messages", """{"text":null,"key":"key"}""", 400, "bad_request")]
    [InlineData("POST", "/api/v1/rooms/lobby/messages", """{"text":"Hello","key":"a","key":"b"}""", 400, "bad_request")]
    [InlineData("POST", "/api/v1/rooms/lobby/messages", """{"text":"Hello","key":"key"}""", 403, "not_member")]
    public async Task What_cannot_be_answered_is_a_problem_with_a_code(string method, string path, string json, int status, string code)
    {
        var (_, token) = await server.Account("ada");
        using var content = json.Length > 0 || method is "POST" ? new StringContent(json, null, "application/json") : null;
        var answer = await server.Send(new HttpMethod(method), path, token, content);
        Assert.Equal((status, code), (answer.Status, answer.Word));
    }

    [Fact]
    public async Task What_is_not_json_is_refused_as_such()
    {
        var (_, token) = await server.Account("ada");
        var answer = await server.Post("/api/v1/rooms/lobby/messages", """{"text":"Hello","key":"key"}""", token, type: "text/plain");
        Assert.Equal((415, "bad_request"), (answer.Status, answer.Word));
        answer = await server.Get("/ws", token);
        Assert.Equal((426, "bad_request"), (answer.Status, answer.Word));
    }

    [Fact]
    public async Task The_description_names_every_route_of_the_protocol()
    {
        var paths = (await server.Get("/openapi/v1.json")).Body.GetProperty("paths");
        string[] routes =
        [
            "post /api/v1/register", "post /api/v1/login", "post /api/v1/logout", "post /api/v1/password", "delete /api/v1/users/{user}",
            "get /api/v1/rooms", "get /api/v1/rooms/{room}", "get /api/v1/rooms/{room}/messages", "post /api/v1/rooms/{room}/messages",
            "get /api/v1/search", "get /api/v1/metrics", "post /api/v1/operator",
            "get /api/v1/tokens", "post /api/v1/tokens", "delete /api/v1/tokens/{id}", "post /api/v1/hooks/{hook}/{secret}",
            "get /api/v1/rooms/{room}/hooks", "post /api/v1/rooms/{room}/hooks", "patch /api/v1/rooms/{room}/hooks/{hook}",
            "delete /api/v1/rooms/{room}/hooks/{hook}",
        ];
        Assert.Equal(routes.Order(), paths.EnumerateObject().SelectMany(Described).Order());
        Assert.Contains("409", paths.GetProperty("/api/v1/register").GetProperty("post").GetProperty("responses").EnumerateObject().Select(r => r.Name));
    }

    private static IEnumerable<string> Described(JsonProperty path) => path.Value.EnumerateObject().Select(method => $"{method.Name} {path.Name}");
}
