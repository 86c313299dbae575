using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Identity;

/// <summary>
/// The framework's bearer tokens, which carry no more than a session's id, and the API tokens of programs; whether the
/// session still lives is asked of storage each time, so that a sign-out reaches every edge.
/// </summary>
public sealed class Tokens(IOptionsMonitor<BearerTokenOptions> bearer, IOptions<ChatOptions> chat, IStorage storage, ApiTokens api, TimeProvider time)
{
    private const string SessionClaim = "sid";

    private ISecureDataFormat<AuthenticationTicket> Protector => bearer.Get(BearerTokenDefaults.AuthenticationScheme).BearerTokenProtector;

    public string Issue(Session session)
    {
        var identity = new ClaimsIdentity([new(SessionClaim, session.Id.ToString())], BearerTokenDefaults.AuthenticationScheme);
        var properties = new AuthenticationProperties { ExpiresUtc = session.Expires };
        return Protector.Protect(new(new(identity), properties, BearerTokenDefaults.AuthenticationScheme));
    }

    /// <summary>Who the token speaks for; null when it is wrong, expired or revoked, or a guest's where none are allowed any more.</summary>
    public Task<Caller?> Read(string? token) =>
        token?.StartsWith(ApiToken.Prefix, StringComparison.Ordinal) == true ? api.Read(token) : ReadSession(token);

    private async Task<Caller?> ReadSession(string? token)
    {
        var ticket = string.IsNullOrEmpty(token) ? null : Protector.Unprotect(token);
        var now = time.GetUtcNow();
        return ticket?.Properties.ExpiresUtc > now
            && Guid.TryParse(ticket.Principal.FindFirstValue(SessionClaim), out var id)
            && await storage.FindSession(new SessionId(id), now) is { } found
            && (chat.Value.Guests.Allowed || !found.Account.Id.IsGuest)
            ? Caller.Of(found.Account, found.Session.Id)
            : null;
    }
}
