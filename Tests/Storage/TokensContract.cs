using OrleansChat.Users;

namespace OrleansChat.Tests.Storage;

public sealed class SqliteTokens() : TokensContract(new SqlitePlace());

public sealed class PostgresTokens() : TokensContract(new PostgresPlace());

public sealed class MemoryTokens() : TokensContract(new MemoryPlace());

/// <summary>API tokens are sessions with a name, found by the hash of their secret.</summary>
public abstract class TokensContract(Place place) : StorageContract(place)
{
    private static readonly byte[] Hash = Secret.Hash("oc_one");

    [Fact]
    public async Task A_token_is_found_by_its_secrets_hash_and_by_nothing_else()
    {
        await AddAccount(Ada);
        var token = Token(Ada, "nightly build");
        await Storage.AddToken(token, Hash);
        Assert.Equal((token, (await Storage.FindAccount(Ada))!), (await Storage.FindToken(Hash, Noon))!.Value);
        Assert.Null(await Storage.FindToken(Secret.Hash("oc_two"), Noon));
        Assert.Null(await Storage.FindToken([], Noon));
        Assert.NotNull(await Storage.FindSession(token.Id, Noon));
    }

    [Fact]
    public async Task It_lasts_as_long_as_was_said_or_for_ever()
    {
        await AddAccount(Ada);
        var (day, ever) = (Token(Ada, "day") with { Expires = Noon.AddDays(1) }, Token(Ada, "ever") with { Created = Noon.AddMinutes(1) });
        await Storage.AddToken(day, Hash);
        await Storage.AddToken(ever, Secret.Hash("oc_ever"));
        Assert.Equal([day, ever], await Storage.TokensOf(Ada));
        Assert.NotNull(await Storage.FindToken(Hash, Noon.AddDays(1).AddMilliseconds(-1)));
        Assert.Null(await Storage.FindToken(Hash, Noon.AddDays(1)));
        await Storage.SweepSessions(Noon.AddYears(1000));
        Assert.Equal([ever], await Storage.TokensOf(Ada));
        Assert.NotNull(await Storage.FindToken(Secret.Hash("oc_ever"), Noon.AddYears(1000)));
    }

    [Fact]
    public async Task Whose_session_ends_is_revoked()
    {
        await AddAccount(Ada);
        var token = Token(Ada, "gone soon");
        await Storage.AddToken(token, Hash);
        await Storage.AddSession(new(SessionId.New(), Ada, Noon.AddDays(1)));
        await Storage.EndSession(token.Id);
        Assert.Null(await Storage.FindToken(Hash, Noon));
        Assert.Empty(await Storage.TokensOf(Ada)); // nor is a sign-in in the list
        await Storage.SaveUse(token.Id, Noon);
        Assert.Empty(await Storage.TokensOf(Ada));
    }

    [Fact]
    public async Task A_removed_person_has_none()
    {
        await AddAccount(Ada);
        await AddAccount(Bob);
        await Storage.AddToken(Token(Ada, "Ada's"), Hash);
        await Storage.AddToken(Token(Bob, "Bob's"), Secret.Hash("oc_bob"));
        await Storage.RemoveAccount(Ada);
        Assert.Null(await Storage.FindToken(Hash, Noon));
        Assert.Empty(await Storage.TokensOf(Ada));
        Assert.Equal("Bob's", Assert.Single(await Storage.TokensOf(Bob)).Name);
    }

    [Fact]
    public async Task Its_last_use_only_moves_forward()
    {
        await AddAccount(Ada);
        var token = Token(Ada, "busy");
        await Storage.AddToken(token, Hash);
        await Storage.SaveUse(token.Id, Noon.AddMinutes(5));
        await Storage.SaveUse(token.Id, Noon);
        Assert.Equal(Noon.AddMinutes(5), Assert.Single(await Storage.TokensOf(Ada)).LastUsed);
    }

    private static ApiToken Token(UserId user, string name) => new(SessionId.New(), user, name, Scopes.Read | Scopes.Post, Noon);
}
