using System.Globalization;
using System.Text;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>What an outbox promises, whatever it writes to.</summary>
public abstract class Outboxes : IDisposable
{
    private const int Limit = 10_000;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly Line wire;
    private readonly ManualTime time = new();
    private readonly SocketTraffic traffic = new();
    private readonly Outbox outbox;

    protected Outboxes()
    {
        wire = NewLine();
        outbox = new Outbox(wire, time, Limit, traffic);
    }

    public void Dispose()
    {
        wire.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Line NewLine();

    private static ReadOnlyMemory<byte> Text(string text) => Frames.Text(Encoding.UTF8.GetBytes(text));

    /// <summary>A frame that weighs so much, with its place.</summary>
    private static ReadOnlyMemory<byte> Weighing(int weight) => new byte[weight - Outbox.Place];

    [Fact]
    public async Task What_is_sent_arrives_in_order()
    {
        var words = Enumerable.Range(0, 100).Select(i => $"word {i}").ToList();
        foreach (var word in words) Assert.True(outbox.Send(Text(word)));
        var all = words.Sum(word => word.Length + 2);
        Assert.Equal(words, ServerFrames.Texts(await wire.Received(all)));
        Assert.True(await outbox.Drained(1, default).WaitAsync(Soon));
        Assert.Equal((0, 100, all), (outbox.Waiting, traffic.FramesOut, traffic.BytesOut));
    }

    [Fact]
    public async Task What_gathered_meanwhile_goes_in_one_write()
    {
        wire.StandStill();
        var words = Enumerable.Range(0, 300).Select(i => $"word {i}").ToList();
        words.ForEach(word => outbox.Send(Text(word)));
        wire.ReadOn();
        Assert.Equal(words, ServerFrames.Texts(await wire.Received(words.Sum(word => word.Length + 2))));
        // The first may have been under way alone.
        Assert.InRange(wire.Writes, 1, 2);
    }

    [Fact]
    public async Task Small_and_large_frames_keep_their_order()
    {
        using var wire = NewLine();
        var outbox = new Outbox(wire, time);
        wire.StandStill();
        var words = Enumerable.Range(0, 40).Select(i => new string((char)('a' + (i % 26)), i % 5 == 0 ? 20_000 + i : i * 100)).ToList();
        words.ForEach(word => Assert.True(outbox.Send(Text(word))));
        Assert.True(outbox.Waiting > words.Sum(word => word.Length));
        wire.ReadOn();
        Assert.True(await outbox.Close(CloseCode.Normal, "", Soon).WaitAsync(Soon));
        Assert.Equal(words, ServerFrames.Texts(wire.Sent));
    }

    [Fact]
    public void Who_reads_too_slowly_is_told_from_the_first_frame_without_room()
    {
        wire.StandStill();
        for (var i = 0; i < 10; i++) Assert.True(outbox.Send(Weighing(Limit / 10)));
        Assert.Equal(Limit, outbox.Waiting);
        Assert.False(outbox.Overflowed);
        Assert.False(outbox.Send(Weighing(Outbox.Place + 1)));
        Assert.True(outbox.Overflowed);
        Assert.Equal(Limit, outbox.Waiting);
    }

    [Fact]
    public async Task After_a_lost_frame_none_follows()
    {
        wire.StandStill();
        outbox.Send(Text("one"));
        Assert.False(outbox.Send(Weighing(Limit)));
        Assert.False(outbox.Send(Text("three")));
        Assert.False(outbox.Offer(Text("news")));
        wire.ReadOn();
        Assert.True(await outbox.Close(4008, "too slow", Soon).WaitAsync(Soon));
        Assert.Equal(["one"], ServerFrames.Texts(wire.Sent));
        Assert.Equal(Opcode.Close, ServerFrames.Read(wire.Sent)[^1].Opcode);
    }

    [Fact]
    public void A_flood_of_tiny_frames_is_bounded_too()
    {
        wire.StandStill();
        var sent = 0;
        while (outbox.Send(Frames.Ping)) sent++;
        Assert.Equal(Limit / (Frames.Ping.Length + Outbox.Place), sent);
    }

    [Fact]
    public async Task One_frame_larger_than_the_limit_is_sent_when_nothing_waits()
    {
        wire.StandStill();
        Assert.True(outbox.Send(Weighing(3 * Limit)));
        Assert.False(outbox.Offer(Frames.Ping));
        wire.ReadOn();
        Assert.True(await outbox.Drained(1, default).WaitAsync(Soon));
        Assert.True(outbox.Send(Weighing(3 * Limit)));
    }

    [Fact]
    public async Task Passing_news_are_dropped_when_more_than_half_waits()
    {
        wire.StandStill();
        Assert.True(outbox.Send(Weighing(Limit / 2)));
        Assert.True(outbox.Offer(Weighing(100)));
        Assert.False(outbox.Offer(Weighing(100)));
        Assert.True(outbox.Send(Weighing(100)));
        Assert.False(outbox.Overflowed);
        wire.ReadOn();
        await outbox.Drained(Limit / 2, default).WaitAsync(Soon);
        Assert.True(outbox.Offer(Weighing(100)));
    }

    [Fact]
    public async Task Replay_goes_on_as_the_client_reads()
    {
        wire.StandStill();
        outbox.Send(Weighing(6000));
        Assert.True(await outbox.Drained(6001, default));
        var (half, all) = (outbox.Drained(6000, default), outbox.Drained(1, default));
        Assert.False(half.IsCompleted || all.IsCompleted);
        wire.ReadOn();
        Assert.True(await half.WaitAsync(Soon));
        Assert.True(await all.WaitAsync(Soon));
    }

    [Fact]
    public async Task Waiting_for_the_client_can_be_given_up()
    {
        wire.StandStill();
        outbox.Send(Weighing(6000));
        using var enough = new CancellationTokenSource();
        var waiting = outbox.Drained(1, enough.Token);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Soon));
    }

    [Fact]
    public async Task Nobody_waits_for_a_client_that_is_lost()
    {
        wire.StandStill();
        outbox.Send(Weighing(6000));
        var waiting = outbox.Drained(1, default);
        Assert.False(outbox.Send(Weighing(6000)));
        Assert.False(await waiting.WaitAsync(Soon));
        Assert.False(await outbox.Drained(Limit, default));
    }

    [Fact]
    public async Task Eight_senders_keep_each_their_order()
    {
        const int each = 3_000;
        var outbox = new Outbox(wire, time);
        var senders = Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                Assert.True(outbox.Send(Text($"{sender} {i}")));
                // Now and then the outbox runs empty, and its writer ends and starts again.
                if (i % 100 == sender) await outbox.Drained(1, default);
            }
        }));
        await Task.WhenAll(senders).WaitAsync(Soon);
        Assert.True(await outbox.Close(CloseCode.Normal, "", Soon).WaitAsync(Soon));
        var said = ServerFrames.Texts(wire.Sent).Select(text => text.Split(' ')).ToLookup(it => it[0], it => int.Parse(it[1], CultureInfo.InvariantCulture));
        Assert.Equal(8, said.Count);
        Assert.All(said, sender => Assert.Equal(Enumerable.Range(0, each), sender));
    }

    [Fact]
    public async Task A_slow_reader_holds_nobody_else()
    {
        using var quick = NewLine();
        var other = new Outbox(quick, time, Limit);
        wire.StandStill();
        var hello = Text("Hello, all");
        for (var i = 0; i < 10; i++)
        {
            Assert.True(outbox.Send(hello));
            Assert.True(other.Send(hello));
        }

        await quick.Received(10 * hello.Length);
        Assert.Empty(wire.Sent);
    }

    [Fact]
    public void Sending_allocates_nothing_but_places()
    {
        wire.StandStill();
        var outbox = new Outbox(wire, time);
        outbox.Send(Frames.Ping);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 16_000; i++) outbox.Send(Frames.Ping);
        // 16,384 places of 16 bytes, and half, a quarter … of it while the queue grew.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * 16_384 * Outbox.Place * 2);
    }
}

public sealed class OutboxesOverStreams : Outboxes
{
    protected override Line NewLine() => new StreamLine();
}

public sealed class OutboxesOverSockets : Outboxes
{
    protected override Line NewLine() => new SocketLine();
}
