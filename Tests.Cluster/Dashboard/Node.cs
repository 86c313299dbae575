using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansChat.Gateway;
using OrleansChat.Gateway.Identity;
using OrleansChat.Silo;
using OrleansChat.Silo.Hosting;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Cluster.Dashboard;

/// <summary>A whole node in this process, put together by the same calls as the program, on ports of its own.</summary>
internal sealed class Node : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication app;
    private readonly HttpClient browser = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = Patience };

    private Node(WebApplication app) => this.app = app;

    public static async Task<Node> Start(string storage, string roles, string cluster)
    {
        var silo = FreePort();
        string[] settings =
        [
            $"Chat:Storage={storage}", $"Chat:Node={roles}", $"Cluster:Roles={roles}", $"Cluster:Id={cluster}", $"Cluster:SiloPort={silo}",
            $"Cluster:ClientPort={FreePort()}", $"Cluster:Primary=127.0.0.1:{silo}", "urls=http://127.0.0.1:0", "hostBuilder:reloadConfigOnChange=false",
        ];
        var builder = Startup.CreateBuilder([.. settings.Select(setting => $"--{setting}")]);
        builder.Logging.ClearProviders();
        var node = builder.AddNodeOptions();
        var options = builder.AddChatOptions();
        builder.AddStorage(options);
        if (node.Roles.HasFlag(Roles.Silo)) builder.AddSilo(node, options);
        else builder.AddClusterClient(node, options);
        builder.AddClusterChat(node, options);
        builder.AddGateway(options);
        var app = builder.Build();
        app.MapNode(node);
        await app.Services.GetRequiredService<IStorage>().Open();
        await app.StartAsync().WaitAsync(Patience);
        return new(app);
    }

    /// <summary>The token of somebody with an account.</summary>
    public async Task<string> Token(string user, bool admin)
    {
        var (storage, now) = (app.Services.GetRequiredService<IStorage>(), DateTimeOffset.UtcNow);
        var session = new Session(SessionId.New(), UserId.Parse(user), now.AddHours(1));
        await storage.AddAccount(new(session.User, user, null, admin, now, now));
        await storage.AddSession(session);
        return app.Services.GetRequiredService<Tokens>().Issue(session);
    }

    /// <summary>As a browser opens an address, or the dashboard's page asks for figures.</summary>
    public async Task<(int Status, string Body)> Open(string path, string? cookie, string accept = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(app.Urls.Single()), path));
        request.Headers.Accept.ParseAdd(accept);
        if (cookie is not null) request.Headers.Add("Cookie", $"{OperatorCookie.Name}={cookie}");
        using var answer = await browser.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await app.StopAsync().WaitAsync(Patience);
        await app.DisposeAsync();
    }
}
