using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansChat.Tests.Client;

/// <summary>
/// The other end of the client's line: a real WebSocket server that says exactly what a test tells it to.
/// </summary>
internal sealed class Peer : IAsyncDisposable
{
    /// <summary>Nothing in these tests takes long; what takes longer is broken.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WebApplication app;
    private readonly Channel<PeerSocket> arrivals = Channel.CreateUnbounded<PeerSocket>();

    private readonly ConcurrentBag<PeerSocket> all = [];

    private Peer(WebApplication app) => this.app = app;

    public Uri Uri { get; private set; } = null!;

    /// <summary>What the upgrade is answered with instead.</summary>
    public HttpStatusCode? Refusal { get; set; }

    /// <summary>Answers a sign-in over HTTP, given the body.</summary>
    public Func<string, IResult> Login { get; set; } = _ => Results.NotFound();

    public static async Task<Peer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var peer = new Peer(app);
        app.UseWebSockets();
        app.MapPost("/api/v1/login", async (HttpRequest request) => peer.Login(await new StreamReader(request.Body).ReadToEndAsync()));
        app.Map("/ws", peer.Upgrade);
        await app.StartAsync();
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        peer.Uri = new($"ws://127.0.0.1:{address.Port}/ws");
        return peer;
    }

    private async Task Upgrade(HttpContext http)
    {
        if (Refusal is { } status)
        {
            http.Response.StatusCode = (int)status;
            return;
        }

        var subprotocol = http.WebSockets.WebSocketRequestedProtocols.FirstOrDefault();
        using var socket = await http.WebSockets.AcceptWebSocketAsync(subprotocol);
        var arrival = new PeerSocket(socket, http.Request.Headers);
        all.Add(arrival);
        await arrivals.Writer.WriteAsync(arrival);
        await arrival.Run();
    }

    /// <summary>The next connection that comes in.</summary>
    public async Task<PeerSocket> Accept() => await arrivals.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in all) socket.Abort();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
    }
}
