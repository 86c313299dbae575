using System.Buffers;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>What becomes of a connection whose request hands it over, and of one whose request does not.</summary>
public sealed class Handovers : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly WebApplication app;
    private readonly TaskCompletionSource requestOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource patience = new(Soon);

    public Handovers()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<SocketTransportOptions>(Wires.WriteThrough);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(Handover.Around));
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        app = builder.Build();
        app.MapGet("/plain", () => "plain");
        app.Map("/ws", async (HttpContext http) =>
        {
            http.Response.OnCompleted(() =>
            {
                requestOver.SetResult();
                return Task.CompletedTask;
            });
            await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
            Handover.Of(http)!.To(SayBack);
        });
    }

    private int Port => new Uri(app.Urls.Single()).Port;

    public async ValueTask InitializeAsync() => await app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        patience.Dispose();
        await app.DisposeAsync();
    }

    /// <summary>Says bytes back, and waits for the request to be over before each.</summary>
    private async Task SayBack(ConnectionContext connection)
    {
        while (true)
        {
            var read = await connection.Transport.Input.ReadAsync(patience.Token);
            await requestOver.Task.WaitAsync(Soon);
            foreach (var piece in read.Buffer) await connection.Transport.Output.WriteAsync(piece, patience.Token);
            var bye = read.Buffer.ToArray().Contains((byte)'!');
            connection.Transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted || bye) return;
        }
    }

    [Fact]
    public async Task The_connection_goes_on_when_the_request_is_over_and_ends_with_whoever_has_it()
    {
        using var client = await RawSocket.Open(Port, "/ws", patience.Token, first: "as early as can be"u8.ToArray());
        Assert.Equal("as early as can be", await Hear(client, 18));
        await client.Stream.WriteAsync("Bye!"u8.ToArray(), patience.Token);
        Assert.Equal("Bye!", await Hear(client, 5));
    }

    [Fact]
    public async Task A_client_that_goes_ends_what_has_its_connection()
    {
        using (var client = await RawSocket.Open(Port, "/ws", patience.Token)) await client.Stream.WriteAsync("Hello"u8.ToArray(), patience.Token);
        await app.StopAsync(patience.Token); // which waits for every connection
        Assert.False(patience.IsCancellationRequested);
    }

    [Fact]
    public async Task Requests_that_keep_their_connection_follow_each_other_on_it()
    {
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, Port, patience.Token);
        var ask = Encoding.ASCII.GetBytes("GET /plain HTTP/1.1\r\nHost: chat\r\n\r\n");
        var answers = new StreamReader(tcp.GetStream());
        for (var i = 0; i < 3; i++)
        {
            await tcp.GetStream().WriteAsync(ask, patience.Token);
            Assert.Equal("HTTP/1.1 200 OK", await answers.ReadLineAsync(patience.Token));
            while (await answers.ReadLineAsync(patience.Token) is { Length: > 0 })
            {
                // the headers
            }

            foreach (var line in (string[])["5", "plain", "0", ""]) Assert.Equal(line, await answers.ReadLineAsync(patience.Token));
        }
    }

    /// <summary>So many bytes, or what comes until the end.</summary>
    private async Task<string> Hear(RawSocket client, int count)
    {
        var heard = new byte[count];
        return Encoding.UTF8.GetString(heard, 0, await client.Stream.ReadAtLeastAsync(heard, count, throwOnEndOfStream: false, patience.Token));
    }
}
