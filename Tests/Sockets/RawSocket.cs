using System.Net;
using System.Net.Sockets;
using System.Text;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>A WebSocket of bytes: a client that may send what no client should, and reads only when told to.</summary>
public sealed class RawSocket : IDisposable
{
    private readonly TcpClient tcp = new();

    private RawSocket()
    {
    }

    public Stream Stream { get; private set; } = null!;

    public Socket Socket => tcp.Client;

    /// <param name="first">Sent with the request itself, before it is answered.</param>
    public static async Task<RawSocket> Open(int port, string path, CancellationToken cancel, bool tls = false, byte[]? first = null)
    {
        var socket = new RawSocket();
        await socket.tcp.ConnectAsync(IPAddress.Loopback, port, cancel);
        socket.Stream = socket.tcp.GetStream(); // once: it is not to be had any more when the server has gone
        if (tls) socket.Stream = await TestCertificate.Trust(socket.Stream, cancel);
        var ask = $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: chat.v1\r\n\r\n";
        await socket.Stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(ask), .. first ?? []], cancel);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await socket.Stream.ReadExactlyAsync(one, cancel);
            head.Append((char)one[0]);
        }

        Assert.StartsWith("HTTP/1.1 101 ", head.ToString());
        return socket;
    }

    /// <summary>What the server sends, up to its close frame, or to the end of the connection if none comes.</summary>
    public async Task<List<(Opcode Opcode, byte[] Payload)>> ReadToClose(CancellationToken cancel)
    {
        var frames = new List<(Opcode Opcode, byte[] Payload)>();
        var (buffer, held) = (new byte[256 * 1024], 0);
        while (frames is not [.., (Opcode.Close, _)])
        {
            var count = await Stream.ReadAsync(buffer.AsMemory(held), cancel);
            if (count == 0) break;
            held += count;
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, held);
            while (ServerFrames.TryReadOne(ref rest, out var frame)) frames.Add(frame);
            held = rest.Length;
            rest.ToArray().CopyTo(buffer, 0);
        }

        return frames;
    }

    public void Dispose() => tcp.Dispose();
}
