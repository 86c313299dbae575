using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>A real Kestrel whose sockets say every text back: one port for HTTP/1.1, one for HTTP/2 without TLS.</summary>
public sealed class EchoServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WebApplication _app;

    private EchoServer(WebApplication app)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var ports = addresses.Select(address => new Uri(address).Port).ToArray();
        (Http1, Http2) = (ports[0], ports[1]);
    }

    public int Http1 { get; }

    public int Http2 { get; }

    public static async Task<EchoServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http2);
        });
        var app = builder.Build();
        app.Map("/ws", Echo);
        await app.StartAsync();
        return new EchoServer(app);
    }

    private static async Task Echo(HttpContext http)
    {
        var handshake = new WebSocketHandshake(http);
        if (handshake.Refusal is not null)
        {
            await handshake.Refuse();
            return;
        }

        var stream = await handshake.Accept();
        using var reader = new FrameReader(stream, 65536, TimeProvider.System);
        var outbox = new Outbox(stream, TimeProvider.System);
        while (true)
        {
            var received = await reader.ReadMessage(http.RequestAborted);
            if (received.Kind == ReceivedKind.Text) outbox.Send(Frames.Text(received.Payload.Span));
            if (received.Kind == ReceivedKind.Ping) outbox.Send(Frames.Pong(received.Payload.Span));
            if (received.Kind == ReceivedKind.End) return;
            if (received.Kind is not (ReceivedKind.Close or ReceivedKind.Violation)) continue;
            await outbox.Close(received.Code, received.Reason, Patience);
            if (received.Kind == ReceivedKind.Close) return;
            using var lingering = new CancellationTokenSource(Patience);
            await reader.Discard(lingering.Token);
            return;
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
