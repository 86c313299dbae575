using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

public sealed class Handshakes(EchoServer server) : IClassFixture<EchoServer>, IDisposable
{
    private const string Ask = "GET /ws HTTP/1.1\nHost: chat\nConnection: close, Upgrade\nUpgrade: websocket\n"
        + "Sec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Protocol: other, chat.v1\n";

    private readonly CancellationTokenSource soon = new(TimeSpan.FromSeconds(20));

    public void Dispose() => soon.Dispose();

    [Fact]
    public async Task Ada_is_heard_over_HTTP_1() => await SaysHello(server.Http1, HttpVersion.Version11);

    [Fact]
    public async Task Ada_is_heard_over_HTTP_2() => await SaysHello(server.Http2, HttpVersion.Version20);

    private async Task SaysHello(int port, Version version)
    {
        using var ada = new ClientWebSocket();
        ada.Options.AddSubProtocol(WebSocketHandshake.Subprotocol);
        ada.Options.HttpVersion = version;
        ada.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        await ada.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/ws"), http, soon.Token);
        Assert.Equal("chat.v1", ada.SubProtocol);

        var thesis = new string('ä', 30_000);
        foreach (var text in (string[])["Hello, Bob", "", thesis])
        {
            await ada.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, soon.Token);
            Assert.Equal(text, await Hear(ada));
        }

        await ada.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", soon.Token);
        Assert.Equal((WebSocketCloseStatus.NormalClosure, "bye"), (ada.CloseStatus, ada.CloseStatusDescription));
    }

    private async Task<string> Hear(ClientWebSocket socket)
    {
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(buffer.AsMemory(), soon.Token);
            text.Write(buffer, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    [Fact]
    public async Task The_answer_proves_that_the_key_was_read()
    {
        // The key and the answer are the example of RFC 6455, section 1.3.
        var answer = await Answer(Ask);
        Assert.StartsWith("HTTP/1.1 101 ", answer);
        Assert.Contains("\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n", answer);
        Assert.Contains("\nSec-WebSocket-Protocol: chat.v1\n", answer);
        Assert.DoesNotContain("Extensions", answer);
    }

    [Theory]
    [InlineData("GET /ws", "POST /ws", 400)]
    [InlineData("Version: 13", "Version: 8", 426)]
    [InlineData("Sec-WebSocket-Version: 13\n", "", 426)]
    [InlineData("Upgrade: websocket", "Upgrade: h2c", 426)]
    [InlineData("Upgrade: websocket\n", "", 426)]
    [InlineData("Connection: close, Upgrade", "Connection: close", 426)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ", 400)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZTE=", 400)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", 400)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "", 400)]
    [InlineData("other, chat.v1", "chat.v2", 400)]
    [InlineData("other, chat.v1", "CHAT.V1", 400)]
    [InlineData("Sec-WebSocket-Protocol: other, chat.v1\n", "", 400)]
    public async Task What_is_no_handshake_is_refused_in_words(string good, string bad, int status)
    {
        var answer = await Answer(Ask.Replace(good, bad, StringComparison.Ordinal));
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.Contains("application/problem+json", answer);
        Assert.Contains("\"code\":\"bad_request\"", answer);
        if (status == 426) Assert.Contains("\nUpgrade: websocket\n", answer);
    }

    /// <summary>All that a raw request gets. A close frame goes right behind it, so that an opened socket ends too.</summary>
    private async Task<string> Answer(string request)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, server.Http1, soon.Token);
        var stream = tcp.GetStream();
        var length = request.StartsWith("POST", StringComparison.Ordinal) ? "Content-Length: 0\n" : "";
        var head = Encoding.ASCII.GetBytes($"{request}{length}\n".Replace("\n", "\r\n", StringComparison.Ordinal));
        await stream.WriteAsync((byte[])[.. head, 0x88, 0x80, 0, 0, 0, 0], soon.Token);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return (await reader.ReadToEndAsync(soon.Token)).Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
