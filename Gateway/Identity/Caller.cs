using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Identity;

/// <summary>Who is at the other end, as their token proved: the only source of who speaks.</summary>
/// <param name="Admin">Whether they act as an administrator.</param>
/// <param name="Scopes">What their API token is good for; null for somebody who signed in, who may do all that they may.</param>
public sealed record Caller(UserId Id, string Name, bool Admin, SessionId Session, Scopes? Scopes = null)
{
    public static Caller Of(Account account, SessionId session) => new(account.Id, account.Name, account.Admin, session);

    /// <summary>An administrator's token without the scope for it is anybody's.</summary>
    public static Caller Of(Account account, ApiToken token) =>
        new(account.Id, account.Name, account.Admin && token.Scopes.HasFlag(OrleansChat.Users.Scopes.Admin), token.Id, token.Scopes);

    public Actor Actor { get; } = new(Id, Admin);
}
