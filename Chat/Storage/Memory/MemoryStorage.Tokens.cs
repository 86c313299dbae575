using OrleansChat.Users;

namespace OrleansChat.Storage.Memory;

/// <content>API tokens: beside the sessions that they are, under the same lock.</content>
public sealed partial class MemoryStorage
{
    private readonly Dictionary<SessionId, (ApiToken Token, string Hash)> tokens = [];

    public Task AddToken(ApiToken token, byte[] hash)
    {
        lock (people)
        {
            foreach (var (id, _) in tokens.Where(t => !sessions.ContainsKey(t.Key)).ToList()) tokens.Remove(id);
            sessions[token.Id] = new(token.Id, token.User, token.Expires ?? DateTimeOffset.MaxValue);
            tokens[token.Id] = (token, Convert.ToHexString(hash));
        }

        return Task.CompletedTask;
    }

    public Task<(ApiToken Token, Account Account)?> FindToken(byte[] hash, DateTimeOffset now)
    {
        var wanted = Convert.ToHexString(hash);
        lock (people)
        {
            var token = Live().FirstOrDefault(t => t.Hash == wanted && sessions[t.Token.Id].Expires > now).Token;
            return Task.FromResult<(ApiToken, Account)?>(token is not null && accounts.GetValueOrDefault(token.User) is { } account ? (token, account) : null);
        }
    }

    public Task<IReadOnlyList<ApiToken>> TokensOf(UserId user)
    {
        lock (people)
        {
            return Task.FromResult<IReadOnlyList<ApiToken>>([.. Live().Select(t => t.Token).Where(t => t.User == user)
                .OrderBy(t => t.Created).ThenBy(t => t.Id.ToString(), StringComparer.Ordinal)]);
        }
    }

    public Task SaveUse(SessionId token, DateTimeOffset at)
    {
        lock (people)
        {
            if (tokens.TryGetValue(token, out var found) && (found.Token.LastUsed is not { } used || used < at))
            {
                tokens[token] = found with { Token = found.Token with { LastUsed = at } };
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Those whose session still stands.</summary>
    private IEnumerable<(ApiToken Token, string Hash)> Live() => tokens.Values.Where(t => sessions.ContainsKey(t.Token.Id));
}
