using OrleansChat.Users;

namespace OrleansChat.Storage;

/// <summary>API tokens: sessions with a name. Whoever ends such a session revokes the token.</summary>
public interface IApiTokens
{
    /// <param name="hash">Of the secret, by <see cref="Secret.Hash"/>.</param>
    Task AddToken(ApiToken token, byte[] hash);

    /// <summary>The token whose secret has this hash; null when there is none, it was revoked, or it is over at <paramref name="now"/>.</summary>
    Task<(ApiToken Token, Account Account)?> FindToken(byte[] hash, DateTimeOffset now);

    /// <summary>Somebody's tokens, the oldest first.</summary>
    Task<IReadOnlyList<ApiToken>> TokensOf(UserId user);

    /// <summary>Moves a token's time of last use forward.</summary>
    Task SaveUse(SessionId token, DateTimeOffset at);
}
