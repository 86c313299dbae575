using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>A real Kestrel whose sockets say every text back: one port for HTTP/1.1, one for HTTP/2 without TLS, one for HTTP/1.1 with it.</summary>
public sealed class EchoServer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WebApplication app;
    private readonly TaskCompletionSource flooded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EchoServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, port => port.UseHttps(TestCertificate.New()).Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton<IConnectionListenerFactory, SocketTransport>();
        app = builder.Build();
        app.Map("/ws/{how?}", Echo);
    }

    /// <summary>A client at /ws/flood was given up.</summary>
    public Task Flooded => flooded.Task;

    public int Http1 { get; private set; }

    public int Http2 { get; private set; }

    public int Tls { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var ports = addresses.Select(address => new Uri(address).Port).ToArray();
        (Http1, Http2, Tls) = (ports[0], ports[1], ports[2]);
    }

    private async Task Echo(HttpContext http)
    {
        var handshake = new WebSocketHandshake(http);
        if (handshake.Refusal is not null)
        {
            await handshake.Refuse();
            return;
        }

        var flood = http.Request.Path == "/ws/flood";
        await Wires.Give(http, await handshake.Accept(), (input, output) => Converse(input, output, flood));
    }

    private async Task Converse(PipeReader input, IWire output, bool flood)
    {
        var outbox = new Outbox(output, TimeProvider.System);
        if (flood)
        {
            await Flood(outbox);
            flooded.TrySetResult();
        }
        else
        {
            await SayBack(input, outbox);
        }

        output.End(inOrder: !outbox.IsBroken);
    }

    private static async Task SayBack(PipeReader input, Outbox outbox)
    {
        using var reader = new FrameReader(input, 65536, TimeProvider.System);

        while (!outbox.IsBroken)
        {
            var received = await reader.ReadMessage(default);
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

    /// <summary>Sends on and on: first as the client reads, and once it stands still until the outbox is full.</summary>
    private static async Task Flood(Outbox outbox)
    {
        var frame = Frames.Text(new byte[16 * 1024]);
        try
        {
            while (outbox.Send(frame))
            {
                using var standstill = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
                await outbox.Drained(frame.Length, standstill.Token);
            }
        }
        catch (OperationCanceledException)
        {
            while (outbox.Send(frame)) await Task.Yield();
        }

        await outbox.Close(4008, "too slow", TimeSpan.FromMilliseconds(200));
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
