using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansChat.Bench.Load;

/// <summary>
/// How a client comes in: it connects, upgrades, says things and waits for answers, one after the other, blocking. Then
/// its socket goes to the load, which only looks for marks.
/// </summary>
public sealed class Dialogue : IDisposable
{
    private const int Patience = 60_000; // milliseconds for an answer: ten thousand may ask at once
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    private readonly Socket socket;
    private readonly int port;
    private byte[] received = new byte[4096];
    private int length;
    private bool released;

    /// <param name="client">Its number: clients come from several addresses of this machine, so that ports suffice.</param>
    public Dialogue(int port, int client)
    {
        this.port = port;
        socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = Patience,
            SendTimeout = Patience,
            LingerState = new LingerOption(true, 0), // a port that is given back at once
        };
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + (client % 8))]), 0));
        socket.Connect(IPAddress.Loopback, port);
    }

    /// <summary>Makes a WebSocket of the connection.</summary>
    /// <param name="target">The request's target, such as <c>/ws</c>.</param>
    /// <exception cref="InvalidOperationException">The server refused.</exception>
    public void Upgrade(string target, string? subprotocol = null)
    {
        var offer = subprotocol is null ? "" : $"Sec-WebSocket-Protocol: {subprotocol}\r\n";
        socket.Send(Encoding.ASCII.GetBytes(
            $"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Key}\r\n{offer}\r\n"));
        int end;
        while ((end = received.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0) Receive();
        var answer = Encoding.ASCII.GetString(received, 0, end);
        if (!answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal)) throw new InvalidOperationException($"{target} was refused: {answer}");
        Forget(end + 4);
    }

    public void Say(string text) => socket.Send(ClientFrame.Text(text));

    /// <summary>Waits for a frame with these words in it; all before it is skipped.</summary>
    /// <returns>The frame's text.</returns>
    public string Hear(string words)
    {
        while (true)
        {
            while (Frame() is { } text)
            {
                if (text.Contains(words, StringComparison.Ordinal)) return text;
            }

            Receive();
        }
    }

    /// <summary>Gives the socket away, with what came and was not heard.</summary>
    internal (Socket Socket, byte[] Unheard) Release()
    {
        released = true;
        return (socket, received[..length]);
    }

    public void Dispose()
    {
        if (!released) socket.Dispose();
    }

    /// <summary>Takes a whole frame from what was received, if there is one.</summary>
    private string? Frame()
    {
        var bytes = received.AsSpan(0, length);
        if (bytes.Length < 2) return null;
        var form = bytes[1] & 0x7F;
        var header = form switch { 127 => 10, 126 => 4, _ => 2 };
        if (bytes.Length < header) return null;
        var size = form switch
        {
            127 => (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            _ => form,
        };
        if (bytes.Length < header + size) return null;
        var text = Encoding.UTF8.GetString(bytes.Slice(header, size));
        Forget(header + size);
        return text;
    }

    private void Receive()
    {
        if (length == received.Length) Array.Resize(ref received, 2 * length);
        var count = socket.Receive(received.AsSpan(length));
        if (count == 0) throw new InvalidOperationException("The server closed the connection.");
        length += count;
    }

    private void Forget(int count)
    {
        length -= count;
        received.AsSpan(count, length).CopyTo(received);
    }
}
