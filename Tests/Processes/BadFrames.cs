using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Tests.Sockets;

namespace OrleansChat.Tests.Processes;

/// <summary>Bytes that no client should send, to a real server.</summary>
[Collection(Processes.Name)]
public sealed class BadFrames(GuardedGateway guarded) : IClassFixture<GuardedGateway>, IDisposable
{
    private readonly GatewayProcess gateway = guarded.Process;
    private readonly CancellationTokenSource soon = new(TimeSpan.FromSeconds(60));

    public void Dispose() => soon.Dispose();

    private Task<RawSocket> Open() => RawSocket.Open(gateway.Port, "/ws", soon.Token);

    [Fact]
    public Task Every_frame_of_the_corpus_ends_as_it_must() => Bystanders.Undisturbed(gateway, async () =>
    {
        var faults = new List<string>();
        foreach (var it in FrameCorpus.Cases)
        {
            using var client = await Open();
            await client.Stream.WriteAsync(it.Bytes, soon.Token);
            // Texts that go on are bad chat: after ten of them there is another reason to close.
            var expected = it.Expected.Count(outcome => outcome.Kind is ReceivedKind.Text) >= 10 ? 4002 : it.ClosedWith;
            if (expected is null && !it.IsOver) client.Socket.Shutdown(SocketShutdown.Send);
            var code = CodeOf(await client.ReadToClose(soon.Token));
            if (expected is not null && code != expected) faults.Add($"{it.Name}: {code} rather than {expected}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    });

    private static int? CodeOf(List<(Opcode Opcode, byte[] Payload)> heard) =>
        heard is [.., (Opcode.Close, { Length: >= 2 } payload)] ? BinaryPrimitives.ReadUInt16BigEndian(payload) : null;

    [Fact]
    public Task A_header_that_says_2_to_the_62_is_refused_before_anything_follows() => Bystanders.Undisturbed(gateway, async () =>
    {
        using var client = await Open();
        await client.Stream.WriteAsync(new ClientFrame(Opcode.Text, []) { Claims = 1UL << 62, Form = 64 }.Bytes(), soon.Token);
        Assert.Equal(1009, CodeOf(await client.ReadToClose(soon.Token)));
    });

    [Fact]
    public Task Sixteen_mebibytes_in_fragments_of_one_byte_are_cut_short() => Bystanders.Undisturbed(gateway, async () =>
    {
        using var client = await Open();
        byte[] first = new ClientFrame(Opcode.Text, "a"u8.ToArray()) { Final = false }.Bytes();
        byte[] more = [.. Enumerable.Repeat(new ClientFrame(Opcode.Continuation, "a"u8.ToArray()) { Final = false }.Bytes(), 4096).SelectMany(it => it)];
        var sending = Send();
        Assert.Equal(1009, CodeOf(await client.ReadToClose(soon.Token)));
        client.Dispose();
        await sending;

        async Task Send()
        {
            try
            {
                await client.Stream.WriteAsync(first, soon.Token);
                for (var i = 0; i < 4096; i++) await client.Stream.WriteAsync(more, soon.Token);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // Nobody listens any more, as it should be.
            }
        }
    });

    [Fact]
    public async Task Whoever_says_goodbye_is_not_kept_waiting()
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
        {
            using var client = await Open();
            await client.Stream.WriteAsync(new ClientFrame(Opcode.Close, [0x03, 0xE8]).Bytes(), soon.Token);
            Assert.Equal(1000, CodeOf(await client.ReadToClose(soon.Token)));
            Assert.Equal(0, await client.Stream.ReadAsync(new byte[1], soon.Token));
        }

        // A server that waits for the client to hang up takes a second each.
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public Task A_hundred_messages_that_never_end_are_let_go_when_nobody_says_hello() => Bystanders.Undisturbed(gateway, async () =>
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Open()));
        try
        {
            var unfinished = new ClientFrame(Opcode.Text, new byte[60_000]) { Final = false }.Bytes();
            foreach (var client in clients) await client.Stream.WriteAsync(unfinished, soon.Token);
            foreach (var client in clients) Assert.Equal(4001, CodeOf(await client.ReadToClose(soon.Token)));
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
        }
    });

    [Fact]
    public Task A_hundred_who_say_hello_a_byte_at_a_time_are_too_late() => Bystanders.Undisturbed(gateway, async () =>
    {
        var hello = new ClientFrame(Opcode.Text, """{"op":"hello","id":1,"guest":"Snail"}"""u8.ToArray()).Bytes();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var client = await Open();
            var closed = client.ReadToClose(soon.Token);
            for (var i = 0; i < hello.Length - 1 && !closed.IsCompleted; i++)
            {
                await client.Stream.WriteAsync(hello.AsMemory(i, 1), soon.Token);
                await Task.WhenAny(closed, Task.Delay(100, soon.Token)); // slowly: a byte in 100 ms
            }

            Assert.Equal(4001, CodeOf(await closed));
        }));
    });

    [Fact]
    public Task A_hundred_handshakes_that_come_a_byte_at_a_time_are_too_late() => Bystanders.Undisturbed(gateway, () =>
        Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, gateway.Port, soon.Token);
            var stream = client.GetStream();
            var ended = ReadToEnd(stream);
            foreach (var letter in $"GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: {new string('a', 10_000)}")
            {
                if (ended.IsCompleted) break;
                await stream.WriteAsync(Encoding.ASCII.GetBytes([letter]), soon.Token);
                await Task.WhenAny(ended, Task.Delay(100, soon.Token)); // slowly: a byte in 100 ms
            }

            Assert.StartsWith("HTTP/1.1 408 ", await ended);
        })));

    private async Task<string> ReadToEnd(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync(soon.Token);
    }
}
