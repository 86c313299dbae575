using System.Text;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

public sealed class FrameReading : IDisposable
{
    private readonly CancellationTokenSource soon = new(TimeSpan.FromSeconds(30));

    public void Dispose() => soon.Dispose();

    [Theory]
    [MemberData(nameof(FrameCorpus.Names), MemberType = typeof(FrameCorpus))]
    public async Task What_comes_at_once_is_read(string name)
    {
        var it = FrameCorpus.Named(name);
        // After the last word the stream is silent: a verdict must not wait for more.
        using var stream = new PiecewiseStream([it.Bytes], silentAtEnd: it.IsOver);
        Assert.Equal(it.Expected, await Read(stream));
    }

    [Theory]
    [MemberData(nameof(FrameCorpus.Names), MemberType = typeof(FrameCorpus))]
    public async Task What_comes_byte_by_byte_is_read_the_same(string name)
    {
        var it = FrameCorpus.Named(name);
        using var stream = new PiecewiseStream(PiecewiseStream.ByteByByte(it.Bytes), silentAtEnd: it.IsOver);
        Assert.Equal(it.Expected, await Read(stream));
    }

    [Theory]
    [MemberData(nameof(FrameCorpus.Names), MemberType = typeof(FrameCorpus))]
    public async Task What_comes_in_two_pieces_is_read_the_same_wherever_it_is_cut(string name)
    {
        var it = FrameCorpus.Named(name);
        // Long ones are cut everywhere in their first headers, and then here and there.
        for (var at = 0; at <= it.Bytes.Length; at += at < 300 ? 1 : 1 + (it.Bytes.Length / 64))
        {
            using var stream = new PiecewiseStream(PiecewiseStream.Cut(it.Bytes, at), silentAtEnd: it.IsOver);
            Assert.Equal(it.Expected, await Read(stream));
        }
    }

    private async Task<List<Outcome>> Read(Stream stream)
    {
        using var reader = new FrameReader(stream, FrameCorpus.MaxMessage, TimeProvider.System);
        return await Outcome.ReadAll(reader, soon.Token);
    }

    [Fact]
    public async Task The_time_of_the_last_bytes_is_known()
    {
        var time = new ManualTime();
        var ping = new ClientFrame(Opcode.Ping, []).Bytes();
        using var stream = new PiecewiseStream(Later(time, ping));
        var traffic = new SocketTraffic();
        using var reader = new FrameReader(stream, 1000, time, traffic);
        Assert.Equal(TimeSpan.Zero, reader.Silence);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), reader.Silence);
        // The ping's half comes at 4 s and its end at 7 s.
        Assert.Equal(ReceivedKind.Ping, (await reader.ReadMessage(soon.Token)).Kind);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(2), reader.Silence);
        Assert.Equal((0, ping.Length), (traffic.MessagesIn, traffic.BytesIn));
    }

    private static IEnumerable<byte[]> Later(ManualTime time, byte[] ping)
    {
        time.Advance(TimeSpan.FromSeconds(3));
        yield return ping[..3];
        time.Advance(TimeSpan.FromSeconds(3));
        yield return ping[3..];
    }

    [Fact]
    public async Task What_came_is_counted_once()
    {
        byte[] all = [.. FrameCorpus.Named("a text in three fragments").Bytes, .. FrameCorpus.Named("two texts in one segment").Bytes];
        foreach (var pieces in (IEnumerable<byte[]>[])[[all], PiecewiseStream.ByteByByte(all), PiecewiseStream.Cut(all, 20)])
        {
            var traffic = new SocketTraffic();
            using var stream = new PiecewiseStream(pieces);
            using var reader = new FrameReader(stream, 1000, TimeProvider.System, traffic);
            await Outcome.ReadAll(reader, soon.Token);
            Assert.Equal((3, all.Length), (traffic.MessagesIn, traffic.BytesIn));
        }
    }

    [Fact]
    public async Task A_cancelled_read_loses_nothing()
    {
        var hello = new ClientFrame(Opcode.Text, "Hello"u8.ToArray()).Bytes();
        using var client = new MemoryPipe();
        using var reader = new FrameReader(client.Out, 1000, TimeProvider.System);
        await client.Send(hello.AsMemory(0, 8));
        using var enough = new CancellationTokenSource();
        var waiting = reader.ReadMessage(enough.Token).AsTask();
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await client.Send(hello.AsMemory(8));
        Assert.Equal("Hello", Encoding.UTF8.GetString((await reader.ReadMessage(soon.Token)).Payload.Span));
    }

    [Fact]
    public async Task A_stream_that_breaks_has_ended()
    {
        foreach (var how in (Exception[])[new IOException("reset"), new OperationCanceledException("aborted"), new ObjectDisposedException("gone")])
        {
            using var stream = new PiecewiseStream(Breaking(how));
            using var reader = new FrameReader(stream, 1000, TimeProvider.System);
            Assert.Equal(ReceivedKind.Ping, (await reader.ReadMessage(soon.Token)).Kind);
            Assert.Equal(Received.End, await reader.ReadMessage(soon.Token));
            Assert.Equal(Received.End, await reader.ReadMessage(soon.Token));
        }
    }

    private static IEnumerable<byte[]> Breaking(Exception how)
    {
        yield return new ClientFrame(Opcode.Ping, []).Bytes();
        throw how;
    }

    [Fact]
    public async Task After_a_violation_the_rest_can_be_let_pass()
    {
        var tooLarge = new ClientFrame(Opcode.Text, new byte[5000]).Bytes();
        using var stream = new PiecewiseStream(tooLarge.Chunk(700));
        using var reader = new FrameReader(stream, 1000, TimeProvider.System);
        Assert.Equal(CloseCode.TooLarge, (await reader.ReadMessage(soon.Token)).Code);
        await reader.Discard(soon.Token);
        Assert.Equal(0, await stream.ReadAsync(new byte[1], soon.Token));
        Assert.Equal(Received.End, await reader.ReadMessage(soon.Token));
    }
}
