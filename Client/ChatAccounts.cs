using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace OrleansChat.Client;

/// <summary>Accounts, over the HTTP interface.</summary>
/// <param name="http">Its <see cref="HttpClient.BaseAddress"/> is the server's, such as <c>http://localhost:8080</c>.</param>
public sealed class ChatAccounts(HttpClient http)
{
    private static ClientJson Json => ClientJson.Wire;

    /// <exception cref="ChatException">For one, <c>conflict</c>: the name is taken, or ever was.</exception>
    public async Task Register(string user, string name, string password, CancellationToken cancel = default)
    {
        using var response = await http.PostAsJsonAsync("/api/v1/register", new(user, name, password), Json.RegisterRequest, cancel);
        await Check(response, cancel);
    }

    /// <summary>Signs in; the token goes into <c>hello</c>.</summary>
    public async Task<LoginAnswer> Login(string user, string password, CancellationToken cancel = default)
    {
        using var response = await http.PostAsJsonAsync("/api/v1/login", new(user, password), Json.LoginRequest, cancel);
        await Check(response, cancel);
        return (await response.Content.ReadFromJsonAsync(Json.LoginAnswer, cancel))!;
    }

    /// <summary>Ends the token's session; its connections close with 4010.</summary>
    public Task Logout(string token, CancellationToken cancel = default) => Send(HttpMethod.Post, "/api/v1/logout", token, cancel);

    /// <summary>Removes an account, one's own or as an administrator.</summary>
    /// <param name="erase">Deletes its messages too.</param>
    public Task Remove(string user, bool erase, string token, CancellationToken cancel = default) =>
        Send(HttpMethod.Delete, $"/api/v1/users/{Uri.EscapeDataString(user)}?erase={(erase ? "true" : "false")}", token, cancel);

    private async Task Send(HttpMethod method, string path, string token, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, cancel);
        await Check(response, cancel);
    }

    private static async Task Check(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.IsSuccessStatusCode) return;
        var problem = response.Content.Headers.ContentType?.MediaType is "application/problem+json"
            ? await response.Content.ReadFromJsonAsync(Json.Problem, cancel)
            : null;
        // Something between us and the server may answer in its stead, without the protocol's words.
        var code = problem?.Code ?? ((int)response.StatusCode switch { 429 => "rate_limited", >= 500 => "unavailable", 401 => "unauthenticated", _ => "bad_request" });
        var message = problem?.Detail ?? problem?.Title ?? $"Status {(int)response.StatusCode}.";
        throw new ChatException(new(code, message, response.Headers.RetryAfter?.Delta?.TotalSeconds));
    }
}

/// <param name="Expires">After this the token is worth nothing.</param>
public sealed record LoginAnswer(string Token, DateTimeOffset Expires)
{
    /// <summary>Without the token, which must not end up in a log.</summary>
    public override string ToString() => $"LoginAnswer {{ Expires = {Expires:O} }}";
}

internal sealed record RegisterRequest(string User, string Name, string Password);

internal sealed record LoginRequest(string User, string Password);

/// <summary>RFC 9457 problem details, with the protocol's error code.</summary>
internal sealed record Problem(string? Code = null, string? Title = null, string? Detail = null);
