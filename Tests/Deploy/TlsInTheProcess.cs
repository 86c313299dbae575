using System.Net;
using System.Net.WebSockets;
using OrleansChat.Client;
using OrleansChat.Tests.Gateway;

namespace OrleansChat.Tests.Deploy;

/// <summary>The server with <c>deploy/tls/appsettings.Production.json</c> beside it: it speaks TLS itself.</summary>
[Collection(Processes.Processes.Name)]
public sealed class TlsInTheProcess(SecuredServer server) : IClassFixture<SecuredServer>
{
    [Fact]
    public async Task Ada_comes_in_over_wss()
    {
        await using var ada = await server.Certificate.Connect(server.Socket, origin: server.Address.GetLeftPart(UriPartial.Authority));
        Assert.Equal("Ada", (await ada.Hello(guest: "Ada").WaitAsync(ChatServer.Patience)).User.Name);
    }

    [Fact]
    public async Task A_browser_that_loaded_the_page_over_HTTP_2_opens_its_socket_on_that_connection()
    {
        using var handler = server.Certificate.Handler();
        using var browser = new HttpMessageInvoker(handler);
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("chat.v1");
        socket.Options.SetRequestHeader("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var patience = new CancellationTokenSource(ChatServer.Patience);
        await socket.ConnectAsync(server.Socket, browser, patience.Token);
        await socket.SendAsync("""{"op":"hello","id":1,"guest":"Ada"}"""u8.ToArray(), WebSocketMessageType.Text, true, patience.Token);
        var answer = new byte[64 * 1024];
        var length = (await socket.ReceiveAsync(answer, patience.Token)).Count;
        Assert.StartsWith("""{"re":1,"ok":""", System.Text.Encoding.UTF8.GetString(answer, 0, length), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_origin_does_not_connect()
    {
        var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => server.Certificate.Connect(server.Socket, origin: $"http://{server.Address.Authority}"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    [Fact]
    public async Task Probes_of_this_machine_need_no_TLS()
    {
        using var http = new HttpClient { BaseAddress = server.LocalAddress };
        Assert.Equal("Healthy", await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
    }

    [Fact]
    public async Task A_renewed_certificate_is_served_without_a_restart_at_the_price_of_the_sockets()
    {
        await using var before = await server.Certificate.Connect(server.Socket);
        await before.Hello(guest: "Ada").WaitAsync(ChatServer.Patience);
        server.Certificate.Renew();
        await new Waiting(TimeSpan.FromSeconds(30)).Until(async () =>
        {
            try
            {
                await using var after = await server.Certificate.Connect(server.Socket); // it trusts only the new one
                return true;
            }
            catch (WebSocketException)
            {
                return false;
            }
        });
        Assert.Null((await before.Closed.WaitAsync(ChatServer.Patience)).Code); // no goodbye: its client resumes
    }
}
