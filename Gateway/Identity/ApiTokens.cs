using OrleansChat.Engine;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Identity;

/// <summary>Tokens for programs: made by people, shown once, revoked at any time.</summary>
public sealed class ApiTokens(IStorage storage, IChat chat, TimeProvider time)
{
    private const int MaxDays = 3650;

    /// <summary>The time of last use is written no more often than this, however often a token is used.</summary>
    private static readonly TimeSpan UseWithin = TimeSpan.FromMinutes(1);

    /// <summary>Makes a token. Its secret is in the answer and nowhere else.</summary>
    /// <param name="days">Until it is over; null for never.</param>
    public async Task<Answer<(ApiToken Token, string Secret)>> Make(Caller me, string name, IReadOnlyList<string> words, int? days)
    {
        if (me.Id.IsGuest) return Refusal.Forbidden("Guests have no API tokens; make an account first.");
        if (Texts.Check("name", name, 1, Texts.MaxName, out var shown) is { } bad) return bad;
        if (TokenScopes.Of(words) is not { } scopes || scopes is Scopes.None) return Refusal.BadRequest("The scopes are one or more of read, post, rooms and admin.");
        if (scopes.HasFlag(Scopes.Admin) && !me.Admin) return Refusal.Forbidden("The scope 'admin' is for administrators.");
        if (days is < 1 or > MaxDays) return Refusal.BadRequest($"The field 'days' is 1–{MaxDays}; without it the token lasts until it is revoked.");
        if ((await storage.TokensOf(me.Id)).Count >= ApiToken.PerUser) return Refusal.Conflict($"You have {ApiToken.PerUser} tokens; revoke one first.");

        var now = Now();
        var token = new ApiToken(SessionId.New(), me.Id, shown, scopes, now, days is { } d ? now.AddDays(d) : null);
        var secret = Secret.New(ApiToken.Prefix);
        await storage.AddToken(token, Secret.Hash(secret));
        return (token, secret);
    }

    /// <summary>Somebody's tokens that are not over.</summary>
    public async Task<IReadOnlyList<ApiToken>> Of(Caller me) =>
        [.. (await storage.TokensOf(me.Id)).Where(token => token.Expires is not { } end || end > time.GetUtcNow())];

    /// <summary>Revokes one of somebody's own tokens; its sockets close on every edge.</summary>
    public async Task<Answer<Done>> Revoke(Caller me, string id)
    {
        if ((await storage.TokensOf(me.Id)).FirstOrDefault(token => token.Id.ToString() == id) is not { } found) return Refusal.NotFound("You have no such token.");
        await chat.User(me.Id).SignOut(found.Id);
        return Done.Instance;
    }

    /// <summary>
    /// Who a secret speaks for; null when it is wrong, over or revoked. It is looked for by its hash: how long that
    /// takes says nothing about the secret, since nobody can choose a hash's letters one by one.
    /// </summary>
    internal async Task<Caller?> Read(string secret)
    {
        var now = Now();
        if (await storage.FindToken(Secret.Hash(secret), now) is not var (token, account)) return null;
        if (token.LastUsed is not { } used || now - used >= UseWithin)
        {
            try
            {
                await storage.SaveUse(token.Id, now);
            }
            catch (UnavailableException)
            {
                // It is used none the less, and says so the next time.
            }
        }

        return Caller.Of(account, token);
    }

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
