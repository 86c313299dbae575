using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>What becomes of a connection whose socket is taken, and of one whose socket is not.</summary>
public sealed class TakenSockets : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly WebApplication app;
    private readonly TaskCompletionSource requestOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Task> said = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource patience = new(Soon);

    public TakenSockets()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IConnectionListenerFactory, SocketTransport>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
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
            http.Features.GetRequiredFeature<SocketConnection>().Take((input, output) => said.SetResult(SayBack(input, output)));
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
    private async Task SayBack(PipeReader input, IWire output)
    {
        bool bye;
        do
        {
            var read = await input.ReadAsync(patience.Token);
            await requestOver.Task.WaitAsync(Soon);
            foreach (var piece in read.Buffer) await output.Write(piece, patience.Token);
            bye = read.IsCompleted || read.Buffer.ToArray().Contains((byte)'!');
            input.AdvanceTo(read.Buffer.End);
        }
        while (!bye);
        output.End(inOrder: true);
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
        (await RawSocket.Open(Port, "/ws", patience.Token)).Dispose();
        await (await said.Task.WaitAsync(Soon)).WaitAsync(Soon);
    }

    [Fact]
    public async Task The_server_that_took_the_connection_knows_nothing_more_of_it()
    {
        using var client = await RawSocket.Open(Port, "/ws", patience.Token);
        await said.Task.WaitAsync(Soon);
        await app.StopAsync(patience.Token); // which waits for every connection of its own
        await client.Stream.WriteAsync("Still here!"u8.ToArray(), patience.Token);
        Assert.Equal("Still here!", await Hear(client, 12));
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

    /// <summary>Otherwise the server would be content with the other one of localhost's two addresses.</summary>
    [Fact]
    public async Task A_port_that_somebody_has_is_told_from_one_that_cannot_be()
    {
        var transport = app.Services.GetRequiredService<IConnectionListenerFactory>();
        await Assert.ThrowsAsync<AddressInUseException>(async () => await transport.BindAsync(new IPEndPoint(IPAddress.Loopback, Port)));
    }

    /// <summary>So many bytes, or what comes until the end.</summary>
    private async Task<string> Hear(RawSocket client, int count)
    {
        var heard = new byte[count];
        return Encoding.UTF8.GetString(heard, 0, await client.Stream.ReadAtLeastAsync(heard, count, throwOnEndOfStream: false, patience.Token));
    }
}
