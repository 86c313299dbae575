using OrleansChat.Gateway.Identity;
using OrleansChat.Gateway.Limits;
using OrleansChat.Gateway.Users;

namespace OrleansChat.Gateway.Http;

/// <summary>Who sends a request, as its bearer token proves. Routes that need somebody have <see cref="Required"/> before them.</summary>
internal static class SignedInCaller
{
    private static readonly object Key = new();

    /// <summary>The caller of a route that lets only known people through.</summary>
    public static Caller Caller(this HttpContext http) => (Caller)http.Items[Key]!;

    /// <summary>Lets only known people through, at their rate; and programs, as far as their token goes.</summary>
    public static TBuilder RequireCaller<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.AddEndpointFilter(Required);

    /// <summary>The token of the <c>Authorization</c> header; null without one.</summary>
    public static string? BearerToken(this HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..].Trim()
            : null;

    private static async ValueTask<object?> Required(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        try
        {
            var caller = await services.GetRequiredService<Tokens>().Read(http.Request.BearerToken());
            if (caller is null) return Problems.Of(Refusal.Unauthenticated("A valid bearer token is needed."));
            if (TokenScopes.Refuse(caller, TokenScopes.NameOf(http)) is { } forbidden) return Problems.Of(forbidden);
            if (services.GetRequiredService<UserRates>().Operation(caller.Id) is { } limited) return Problems.Of(limited);
            services.GetRequiredService<OpenUsers>().Touch(caller.Id);
            http.Items[Key] = caller;
            return await next(context);
        }
        catch (UnavailableException)
        {
            return Problems.Of(Refusal.Unavailable("The storage does not answer; try again."));
        }
    }
}
