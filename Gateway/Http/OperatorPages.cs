using OrleansChat.Engine;
using OrleansChat.Gateway.Identity;

namespace OrleansChat.Gateway.Http;

/// <summary>The door to the pages for administrators: whoever is none sees the door and nothing behind it.</summary>
public static class OperatorPages
{
    private const string WayIn = "operator.html";
    private const string WayOut = "operator-out.html";
    private const string SignOut = "sign-out";

    /// <summary>These endpoints are a part of <paramref name="page"/>: only administrators reach them.</summary>
    public static void ForOperators(this RouteGroupBuilder pages, OperatorPage page)
    {
        pages.MapGet($"/{SignOut}", (HttpContext http) => Page(http, WayOut, StatusCodes.Status200OK));
        pages.MapPost($"/{SignOut}", async (HttpContext http, IChat chat, OperatorCookie cookie) =>
        {
            if (await cookie.Read(http.Request) is { } caller) await chat.User(caller.Id).SignOut(caller.Session);
            cookie.Clear(http);
            return Results.LocalRedirect($"{page.Path}/");
        });
        pages.WithMetadata(page).ExcludeFromDescription();
    }

    /// <summary>Stands before the endpoints of every page, whatever they read from the request.</summary>
    internal static void UseOperatorPages(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<OperatorPage>() is { } page)
        {
            http.Response.Headers.CacheControl = "no-store"; // nothing remains for who comes to the same browser later
            var caller = await http.RequestServices.GetRequiredService<OperatorCookie>().Read(http.Request);
            if (caller is not { Admin: true })
            {
                await Refuse(http, caller is null
                    ? Refusal.Unauthenticated("Sign in as an administrator.")
                    : Refusal.Forbidden($"The {page.Name} is for administrators."));
                return;
            }

            if (!http.Request.Path.StartsWithSegments($"{page.Path}/{SignOut}")) http.Response.Headers.ContentSecurityPolicy = page.Policy;
        }

        await next(http);
    });

    /// <summary>The way in. The token comes in a header, which no other site's page can add: so nobody is brought in unasked.</summary>
    internal static void MapOperatorSignIn(this IEndpointRouteBuilder api) =>
        api.MapPost("/operator", (HttpContext http, OperatorCookie cookie) =>
        {
            if (!http.Caller().Admin) return Problems.Of(Refusal.Forbidden("You are no administrator."));
            cookie.Set(http, http.Request.BearerToken()!);
            return Results.Ok(new OperatorAnswer([.. cookie.Pages.Select(page => new OperatorPageView(page.Name, page.Path))]));
        }).RequireCaller().RequireRateLimiting(AccountRoutes.SignInRate)
            .WithTags("Operators").Produces<OperatorAnswer>().ProducesProblem(401).ProducesProblem(403);

    /// <summary>Somebody who opens an address sees the door; a program, and the page's own questions, get the problem.</summary>
    private static Task Refuse(HttpContext http, Refusal refusal) =>
        HttpMethods.IsGet(http.Request.Method) && http.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html")
            ? Page(http, WayIn, Problems.Status(refusal.Code)).ExecuteAsync(http)
            : Problems.Of(refusal).ExecuteAsync(http);

    private static IResult Page(HttpContext http, string file, int status)
    {
        http.Response.StatusCode = status;
        var page = http.RequestServices.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider.GetFileInfo(file);
        return Results.Stream(page.CreateReadStream(), "text/html; charset=utf-8");
    }
}

/// <param name="Pages">The pages that the cookie opens, on this node.</param>
public sealed record OperatorAnswer(IReadOnlyList<OperatorPageView> Pages);

/// <param name="Path">Where the page begins, on this server.</param>
public sealed record OperatorPageView(string Name, string Path);
