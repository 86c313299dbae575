using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OrleansChat.Tests.Gateway;

/// <summary>What the server said over HTTP.</summary>
/// <param name="Body">Undefined where there was none, or it was no JSON.</param>
public sealed record WebAnswer(int Status, string? MediaType, JsonElement Body, TimeSpan? RetryAfter)
{
    /// <summary>The protocol's code of a refusal; <c>ok</c> where it is none.</summary>
    public string Word
    {
        get
        {
            if (Status < 400) return "ok";
            Assert.Equal("application/problem+json", MediaType);
            Assert.Equal(Status, Body.GetProperty("status").GetInt32());
            return Body.GetProperty("code").GetString()!;
        }
    }
}

/// <summary>Requests as bots and scripts make them.</summary>
public static class Web
{
    public static Task<WebAnswer> Get(this ChatServer server, string path, string? token = null) => server.Send(HttpMethod.Get, path, token);

    public static Task<WebAnswer> Post(this ChatServer server, string path, string json, string? token = null, string type = "application/json") =>
        server.Send(HttpMethod.Post, path, token, new StringContent(json, Encoding.UTF8, type));

    public static async Task<WebAnswer> Send(
        this ChatServer server, HttpMethod method, string path, string? token = null, HttpContent? content = null, string? forwardedFor = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (forwardedFor is not null) request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var response = await server.Http.SendAsync(request);
        var media = response.Content.Headers.ContentType?.MediaType;
        var text = await response.Content.ReadAsStringAsync();
        var body = media?.EndsWith("json", StringComparison.Ordinal) == true ? JsonElement.Parse(text) : default;
        return new((int)response.StatusCode, media, body, response.Headers.RetryAfter?.Delta);
    }
}
