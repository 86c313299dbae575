using System.Text.Json.Serialization;
using OrleansChat.Engine;
using OrleansChat.Gateway.Identity;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Http;

/// <summary>Coming in and going, over HTTP.</summary>
internal static class AccountRoutes
{
    public const string SignInRate = "sign-in";

    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        var signIn = api.MapGroup("").RequireRateLimiting(SignInRate).WithTags("Accounts");
        signIn.MapPost("/register", (Registration r, SignIn people) => Result(() => people.Register(r.User, r.Name, r.Password)))
            .Produces<TokenAnswer>().ProducesProblem(400).ProducesProblem(409);
        signIn.MapPost("/login", (Login l, SignIn people) => Result(() => people.WithPassword(l.User, l.Password)))
            .Produces<TokenAnswer>().ProducesProblem(401);

        var known = api.MapGroup("").RequireCaller().WithTags("Accounts");
        known.MapPost("/logout", async (HttpContext http, IChat chat, OperatorCookie cookie) =>
        {
            await chat.User(http.Caller().Id).SignOut(http.Caller().Session);
            cookie.Clear(http);
            return Results.NoContent();
        }).Produces(204).ProducesProblem(401);
        known.MapPost("/password", async (PasswordChange change, HttpContext http, SignIn people) =>
            (await people.ChangePassword(http.Caller().Id, change.Password, change.NewPassword)).Refusal is { } refusal ? Problems.Of(refusal) : Results.NoContent())
            .RequireRateLimiting(SignInRate).Produces(204).ProducesProblem(403);
        known.MapDelete("/users/{user}", Remove).Produces(204).ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> Remove(string user, HttpContext http, IChat chat, IStorage storage, bool erase = false)
    {
        if (!UserId.TryParse(user, null, out var id)) return Problems.Of(Refusal.BadRequest("That is not a user id."));
        if (http.Caller() is var me && me.Id != id && !me.Admin) return Problems.Of(Refusal.Forbidden("Only an administrator removes others."));
        if (await storage.FindAccount(id) is null) return Problems.Of(Refusal.NotFound($"There is no user '{id}'."));
        return (await chat.User(id).Remove(erase)).Refusal is { } refusal ? Problems.Of(refusal) : Results.NoContent();
    }

    private static async Task<IResult> Result(Func<Task<Answer<SignedIn>>> comeIn)
    {
        try
        {
            var answer = await comeIn();
            return answer.Ok ? Results.Ok(new TokenAnswer(answer.Value.Token, answer.Value.Expires)) : Problems.Of(answer.Refusal);
        }
        catch (UnavailableException)
        {
            return Problems.Of(Refusal.Unavailable("The storage does not answer; try again."));
        }
    }
}

public sealed record Registration(string User, string Password, string? Name = null);

public sealed record Login(string User, string Password);

public sealed record PasswordChange(string Password, string NewPassword);

public sealed record TokenAnswer(string Token, [property: JsonConverter(typeof(WireTimeConverter))] DateTimeOffset Expires);
