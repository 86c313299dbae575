using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Gateway.Http;
using OrleansChat.Gateway.Identity;

namespace OrleansChat.Tests.Gateway.Http;

/// <summary>A server with a page for operators, and a browser's requests to it.</summary>
public sealed class OperatedServer : ChatServer
{
    public const string Secret = "the engine room";
    public const string Policy = "default-src 'none'; img-src 'self'";

    private static readonly OperatorPage Page = new("/pages", "engine room", Policy);
    private readonly HttpClient browser = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = Patience };

    private OperatedServer(string[] settings, Action<IServiceCollection>? replace) : base(settings, services =>
    {
        services.AddSingleton(Page);
        replace?.Invoke(services);
    })
    {
    }

    public static new Task<OperatedServer> Start(params string[] settings) => Start(null, settings);

    public static new async Task<OperatedServer> Start(Action<IServiceCollection>? replace, params string[] settings)
    {
        var server = new OperatedServer(settings, replace);
        await server.InitializeAsync();
        return server;
    }

    protected override void Map(WebApplication app)
    {
        var pages = app.MapGroup(Page.Path);
        pages.MapGet("/", () => Results.Text(Secret));
        pages.MapPost("/", () => Results.Text(Secret));
        pages.MapGet("/numbers/{number:int}", (int number, int factor) => Results.Json(new { Secret, Product = number * factor }));
        pages.ForOperators(Page);
    }

    /// <summary>Somebody opens an address, or a page asks for something, with the cookie that the browser has.</summary>
    public Task<HttpResponseMessage> Open(string path, string? cookie = null, string accept = "text/html,application/xhtml+xml,*/*;q=0.8", HttpMethod? method = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(Http.BaseAddress!, path));
        request.Headers.Accept.ParseAdd(accept);
        if (cookie is not null) request.Headers.Add("Cookie", $"{OperatorCookie.Name}={cookie}");
        return browser.SendAsync(request);
    }

    /// <summary>A page of ours asks for the cookie.</summary>
    public Task<HttpResponseMessage> Ask(string? token, string path = "/api/v1/operator", string? forwardedProto = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Http.BaseAddress!, path));
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        if (forwardedProto is not null) request.Headers.Add("X-Forwarded-Proto", forwardedProto);
        return browser.SendAsync(request);
    }
}
