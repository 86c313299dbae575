using System.Buffers.Binary;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>The parts together, under Kestrel, with clients that behave badly.</summary>
public abstract class LiveSockets(EchoServer server, bool tls) : IClassFixture<EchoServer>, IDisposable
{
    private readonly CancellationTokenSource soon = new(TimeSpan.FromSeconds(20));

    public void Dispose()
    {
        soon.Dispose();
        GC.SuppressFinalize(this);
    }

    private Task<RawSocket> Open(string path, byte[]? first = null) => RawSocket.Open(tls ? server.Tls : server.Http1, path, soon.Token, tls, first);

    /// <summary>Those cases after which the server has the last word; others end when the client goes.</summary>
    public static TheoryData<string> Closed => [.. FrameCorpus.Cases.Where(it => it.IsOver).Select(it => it.Name)];

    [Theory]
    [MemberData(nameof(Closed))]
    public async Task A_client_reads_why_it_is_closed(string name)
    {
        var it = FrameCorpus.Named(name);
        using var client = await Open("/ws");
        await client.Stream.WriteAsync(it.Bytes, soon.Token);
        var heard = await client.ReadToClose(soon.Token);

        Assert.Equal(Opcode.Close, heard[^1].Opcode);
        Assert.Equal(it.Expected[^1].Code, CodeOf(heard[^1].Payload));
        var said = it.Expected.Where(it => it.Kind is ReceivedKind.Text or ReceivedKind.Ping).Select(it => it.Payload);
        Assert.Equal(said, heard.SkipLast(1).Select(it => Convert.ToHexStringLower(it.Payload)));
    }

    [Fact]
    public async Task A_client_that_is_still_sending_too_much_reads_why_it_is_closed()
    {
        using var client = await Open("/ws");
        // More than the buffers on the way hold: most of it is on its way when the server has had enough.
        var tooMuch = new ClientFrame(Opcode.Text, new byte[8 << 20]).Bytes();
        await client.Stream.WriteAsync(tooMuch, soon.Token);
        Assert.Equal(CloseCode.TooLarge, CodeOf(Assert.Single(await client.ReadToClose(soon.Token)).Payload));
    }

    private static int CodeOf(byte[] payload) => payload.Length == 0 ? CloseCode.None : BinaryPrimitives.ReadUInt16BigEndian(payload);

    [Fact]
    public async Task A_client_that_never_reads_is_let_go()
    {
        using var client = await Open("/ws/flood");
        // The server fills the outbox and everything on the way, gives up, and is done with the request.
        await server.Flooded.WaitAsync(soon.Token);
        var heard = 0L;
        var buffer = new byte[65536];
        try
        {
            while (await client.Stream.ReadAsync(buffer, soon.Token) is > 0 and var count) heard += count;
        }
        catch (IOException)
        {
            // The connection was reset: that is how it ends for a client that did not listen.
        }

        Assert.InRange(heard, 1, 64 << 20);
    }

    [Fact]
    public async Task Who_speaks_without_waiting_for_the_handshake_hears_its_answer_first()
    {
        byte[] hasty = [.. new ClientFrame(Opcode.Text, "Hello"u8.ToArray()).Bytes(), .. new ClientFrame(Opcode.Close, []).Bytes()];
        for (var i = 0; i < 50; i++)
        {
            using var client = await Open("/ws", hasty); // which reads the handshake's answer
            Assert.Equal([Opcode.Text, Opcode.Close], (await client.ReadToClose(soon.Token)).Select(it => it.Opcode));
        }
    }
}

public sealed class LiveSocketsWithoutTls(EchoServer server) : LiveSockets(server, tls: false);

public sealed class LiveSocketsOverTls(EchoServer server) : LiveSockets(server, tls: true);
