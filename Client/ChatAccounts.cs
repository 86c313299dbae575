using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace OrleansChat.Client;

/// <summary>Accounts, over the HTTP interface.</summary>
/// <param name="http">Its <see cref="HttpClient.BaseAddress"/> is the server's, such as <c>http://localhost:8080/</c>.</param>
public sealed class ChatAccounts(HttpClient http)
{
    private static ClientJson Json => ClientJson.Wire;

    /// <summary>Makes an account, and signs in.</summary>
    /// <param name="user">Its id: small letters, digits and <c>_.-</c>, 2–32 of them.</param>
    /// <param name="name">What people see.</param>
    /// <param name="password">Known to nobody else.</param>
    /// <param name="cancel">Gives up; whether the account was made is then unknown.</param>
    /// <exception cref="ChatException">For one, <c>conflict</c>: the id is taken, or ever was.</exception>
    public Task<LoginAnswer> Register(string user, string name, string password, CancellationToken cancel = default) =>
        Token(http.PostAsJsonAsync("api/v1/register", new(user, name, password), Json.RegisterRequest, cancel), cancel);

    /// <summary>Signs in; the token goes into <c>hello</c>.</summary>
    /// <param name="user">The account's id.</param>
    /// <param name="password">Its password.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ChatException">For one, <c>unauthenticated</c>: the password is wrong, or there is no such account.</exception>
    public Task<LoginAnswer> Login(string user, string password, CancellationToken cancel = default) =>
        Token(http.PostAsJsonAsync("api/v1/login", new(user, password), Json.LoginRequest, cancel), cancel);

    private static async Task<LoginAnswer> Token(Task<HttpResponseMessage> asked, CancellationToken cancel)
    {
        using var response = await asked;
        await Check(response, cancel);
        return (await response.Content.ReadFromJsonAsync(Json.LoginAnswer, cancel))!;
    }

    /// <summary>Changes one's own password.</summary>
    /// <param name="password">The present one.</param>
    /// <param name="newPassword">The one from now on.</param>
    /// <param name="token">Of one of one's sessions.</param>
    /// <param name="cancel">Gives up.</param>
    public Task ChangePassword(string password, string newPassword, string token, CancellationToken cancel = default) => Send(
        HttpMethod.Post, "api/v1/password", token, cancel, JsonContent.Create(new(password, newPassword), Json.PasswordRequest));

    /// <summary>Ends the token's session; its connections close with 4010.</summary>
    /// <param name="token">Of the session.</param>
    /// <param name="cancel">Gives up.</param>
    public Task Logout(string token, CancellationToken cancel = default) => Send(HttpMethod.Post, "api/v1/logout", token, cancel);

    /// <summary>Removes an account, one's own or as an administrator.</summary>
    /// <param name="user">Its id.</param>
    /// <param name="erase">Deletes its messages too.</param>
    /// <param name="token">One's own, or an administrator's.</param>
    /// <param name="cancel">Gives up.</param>
    public Task Remove(string user, bool erase, string token, CancellationToken cancel = default) =>
        Send(HttpMethod.Delete, $"api/v1/users/{Uri.EscapeDataString(user)}?erase={(erase ? "true" : "false")}", token, cancel);

    private async Task Send(HttpMethod method, string path, string token, CancellationToken cancel, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
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

/// <summary>The answer to signing in.</summary>
/// <param name="Token">What stands for the account from now on; whoever has it is the account.</param>
/// <param name="Expires">After this the token is worth nothing.</param>
public sealed record LoginAnswer(string Token, DateTimeOffset Expires)
{
    /// <summary>Without the token, which must not end up in a log.</summary>
    public override string ToString() => $"LoginAnswer {{ Expires = {Expires:O} }}";
}

internal sealed record RegisterRequest(string User, string Name, string Password);

internal sealed record LoginRequest(string User, string Password);

internal sealed record PasswordRequest(string Password, string NewPassword);

/// <summary>RFC 9457 problem details, with the protocol's error code.</summary>
internal sealed record Problem(string? Code = null, string? Title = null, string? Detail = null);
