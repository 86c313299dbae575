using System.Collections.Frozen;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Identity;

/// <summary>
/// What an API token must be good for: one scope for each operation of the protocol and each address that takes a
/// token. What does not stand here is refused to every token.
/// </summary>
public static class TokenScopes
{
    /// <summary>Whoever signed in, and no program: what would outlive a token that is revoked.</summary>
    private static Scopes? PeopleOnly => null;

    /// <summary>By the operation's name, or the address's method and pattern. None: any token.</summary>
    public static readonly FrozenDictionary<string, Scopes?> Table = new Dictionary<string, Scopes?>
    {
        ["hello"] = Scopes.Read, // a socket is told all that happens
        ["history"] = Scopes.Read,
        ["search"] = Scopes.Read,
        ["status"] = Scopes.Read,
        ["who"] = Scopes.Read,
        ["rooms"] = Scopes.Read,
        ["read"] = Scopes.Read,
        ["ping"] = Scopes.Read,
        ["post"] = Scopes.Post,
        ["edit"] = Scopes.Post,
        ["delete"] = Scopes.Post,
        ["react"] = Scopes.Post,
        ["typing"] = Scopes.Post,
        ["join"] = Scopes.Rooms,
        ["leave"] = Scopes.Rooms,
        ["create"] = Scopes.Rooms,
        ["configure"] = Scopes.Rooms,
        ["destroy"] = Scopes.Rooms,
        ["dm"] = Scopes.Rooms,
        ["invite"] = Scopes.Rooms,
        ["kick"] = Scopes.Rooms,
        ["ban"] = Scopes.Rooms,
        ["unban"] = Scopes.Rooms,
        ["role"] = Scopes.Rooms,
        ["block"] = Scopes.Rooms,
        ["unblock"] = Scopes.Rooms,
        ["watch"] = Scopes.Admin,
        ["unwatch"] = Scopes.Admin,

        ["GET /api/v1/rooms"] = Scopes.Read,
        ["GET /api/v1/rooms/{room}"] = Scopes.Read,
        ["GET /api/v1/rooms/{room}/messages"] = Scopes.Read,
        ["GET /api/v1/search"] = Scopes.Read,
        ["POST /api/v1/rooms/{room}/messages"] = Scopes.Post,
        ["GET /api/v1/rooms/{room}/hooks"] = Scopes.Rooms,
        ["POST /api/v1/rooms/{room}/hooks"] = Scopes.Rooms,
        ["PATCH /api/v1/rooms/{room}/hooks/{hook}"] = Scopes.Rooms,
        ["DELETE /api/v1/rooms/{room}/hooks/{hook}"] = Scopes.Rooms,
        ["GET /api/v1/metrics"] = Scopes.Admin,
        ["GET /metrics"] = Scopes.Admin, // where it is closed
        ["DELETE /api/v1/users/{user}"] = Scopes.Admin,
        ["POST /api/v1/logout"] = Scopes.None, // the token itself, which is worth nothing from then on
        ["POST /api/v1/password"] = PeopleOnly,
        ["POST /api/v1/operator"] = PeopleOnly,
        ["GET /api/v1/tokens"] = PeopleOnly,
        ["POST /api/v1/tokens"] = PeopleOnly,
        ["DELETE /api/v1/tokens/{id}"] = PeopleOnly,
    }.ToFrozenDictionary();

    private static readonly (Scopes Scope, string Word)[] Words =
        [(Scopes.Read, "read"), (Scopes.Post, "post"), (Scopes.Rooms, "rooms"), (Scopes.Admin, "admin")];

    /// <summary>Why the caller's token does not reach so far; null where it does, and for whoever signed in.</summary>
    public static Refusal? Refuse(Caller caller, string what)
    {
        if (caller.Scopes is not { } scopes) return null;
        return Table.GetValueOrDefault(what) is not { } needed ? Refusal.Forbidden("This is not for API tokens: sign in.")
            : scopes.HasFlag(needed) ? null
            : Refusal.Forbidden($"This token lacks the scope '{In(needed)[0]}'.");
    }

    /// <summary>The address of a request as the table has it.</summary>
    public static string NameOf(HttpContext http) => $"{http.Request.Method} {(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}";

    /// <summary>The words of scopes, in the table's order.</summary>
    public static IReadOnlyList<string> In(Scopes scopes) => [.. Words.Where(word => scopes.HasFlag(word.Scope)).Select(word => word.Word)];

    /// <summary>The scopes of words; null where one is none.</summary>
    public static Scopes? Of(IEnumerable<string> words)
    {
        var scopes = Scopes.None;
        foreach (var word in words)
        {
            var scope = Words.FirstOrDefault(known => known.Word == word).Scope;
            if (scope is Scopes.None) return null;
            scopes |= scope;
        }

        return scopes;
    }
}
