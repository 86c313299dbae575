using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansChat.Tests.Gateway.Plain;

/// <summary>A program with a TCP socket, and no more.</summary>
public sealed class PlainPeer : IDisposable
{
    private readonly TcpClient tcp = new();
    private StreamReader? reader;

    public static async Task<PlainPeer> Connect(IPEndPoint server)
    {
        var peer = new PlainPeer();
        await peer.tcp.ConnectAsync(server);
        peer.reader = new(peer.tcp.GetStream(), new UTF8Encoding(false, throwOnInvalidBytes: true));
        return peer;
    }

    public Task Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public async Task Send(byte[] bytes) => await tcp.GetStream().WriteAsync(bytes).AsTask().WaitAsync(ChatServer.Patience);

    /// <summary>The next line; null at the end.</summary>
    public Task<string?> Line() => reader!.ReadLineAsync().WaitAsync(ChatServer.Patience);

    public async Task<string[]> Lines(int count)
    {
        var lines = new string[count];
        for (var i = 0; i < count; i++) lines[i] = await Line() ?? "(the end)";
        return lines;
    }

    /// <summary>All that still comes, up to the end.</summary>
    public Task<string> Rest() => reader!.ReadToEndAsync().WaitAsync(ChatServer.Patience);

    /// <summary>A name that others see, and that they are known by when this returns. What was said before is passed over.</summary>
    public async Task Be(string name)
    {
        await Send($"/name {name}\n");
        while (await Line() is var line && line != $"* You are {name}.") Assert.NotNull(line);
    }

    public void SaysNoMore() => tcp.Client.Shutdown(SocketShutdown.Send);

    public void Dispose()
    {
        reader?.Dispose();
        tcp.Dispose();
    }
}
