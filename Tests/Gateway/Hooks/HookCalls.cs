using System.Text;
using System.Text.Json;

namespace OrleansChat.Tests.Gateway.Hooks;

/// <summary>Webhooks as people and programs ask for them.</summary>
internal static class HookCalls
{
    /// <summary>A new incoming webhook: its id, and the path of its address.</summary>
    public static async Task<(string Id, string Path)> NewHook(this ChatServer server, string room, string token, string name = "Nightly build")
    {
        var made = await server.Post($"/api/v1/rooms/{room}/hooks", JsonSerializer.Serialize(new { name }), token);
        Assert.Equal("ok", made.Word);
        return (made.Body.GetProperty("id").GetString()!, new Uri(made.Body.GetProperty("url").GetString()!).AbsolutePath);
    }

    /// <summary>A new outgoing webhook: its id, and what signs its deliveries.</summary>
    public static async Task<(string Id, string Secret)> NewHook(this ChatServer server, string room, string token, Uri url, params string[] events)
    {
        var made = await server.Post($"/api/v1/rooms/{room}/hooks", JsonSerializer.Serialize(new { name = "Mirror", url, events = events.Length > 0 ? events : null }), token);
        Assert.Equal("ok", made.Word);
        return (made.Body.GetProperty("id").GetString()!, made.Body.GetProperty("secret").GetString()!);
    }

    public static Task<WebAnswer> Say(this ChatServer server, string path, string body, string? type = "application/json", string? key = null)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (key is not null) content.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return server.Send(HttpMethod.Post, path, null, content);
    }

    /// <summary>What the list says of a webhook.</summary>
    public static async Task<JsonElement> HookOf(this ChatServer server, string room, string token, string id) =>
        (await server.Get($"/api/v1/rooms/{room}/hooks", token)).Body.GetProperty("hooks").EnumerateArray().Single(hook => hook.GetProperty("id").GetString() == id);
}
