using System.Text.Json.Serialization;
using OrleansChat.Gateway.Identity;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Http;

/// <summary>One's own API tokens.</summary>
internal static class TokenRoutes
{
    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        var known = api.MapGroup("").RequireCaller().WithTags("Tokens").ProducesProblem(401).ProducesProblem(403);

        known.MapGet("/tokens", async (HttpContext http, ApiTokens tokens) =>
            Results.Ok(new TokensAnswer([.. (await tokens.Of(http.Caller())).Select(TokenView.Of)])))
            .Produces<TokensAnswer>();

        known.MapPost("/tokens", async (NewToken wanted, HttpContext http, ApiTokens tokens) =>
        {
            var answer = await tokens.Make(http.Caller(), wanted.Name, wanted.Scopes, wanted.Days);
            if (answer.Refusal is { } refusal) return Problems.Of(refusal);
            http.Response.Headers.CacheControl = "no-store";
            return Results.Ok(new NewTokenAnswer(answer.Value.Token.Id.ToString(), answer.Value.Secret));
        }).Produces<NewTokenAnswer>().ProducesProblem(400).ProducesProblem(409);

        known.MapDelete("/tokens/{id}", async (string id, HttpContext http, ApiTokens tokens) =>
            (await tokens.Revoke(http.Caller(), id)).Refusal is { } refusal ? Problems.Of(refusal) : Results.NoContent())
            .Produces(204).ProducesProblem(404);
    }
}

/// <param name="Scopes">One or more of <c>read</c>, <c>post</c>, <c>rooms</c>, <c>admin</c>.</param>
/// <param name="Days">After these it is over; without it the token lasts until it is revoked.</param>
public sealed record NewToken(string Name, IReadOnlyList<string> Scopes, int? Days = null);

/// <param name="Token">The secret, which is not shown again.</param>
public sealed record NewTokenAnswer(string Id, string Token);

public sealed record TokensAnswer(IReadOnlyList<TokenView> Tokens);

/// <param name="LastUsed">To within a minute; absent before the first use.</param>
/// <param name="Expires">Absent where it is never over.</param>
public sealed record TokenView(
    string Id,
    string Name,
    IReadOnlyList<string> Scopes,
    [property: JsonConverter(typeof(WireTimeConverter))] DateTimeOffset Created,
    [property: JsonConverter(typeof(WireTimeConverter)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? LastUsed,
    [property: JsonConverter(typeof(WireTimeConverter)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Expires)
{
    internal static TokenView Of(ApiToken token) =>
        new(token.Id.ToString(), token.Name, TokenScopes.In(token.Scopes), token.Created, token.LastUsed, token.Expires);
}
