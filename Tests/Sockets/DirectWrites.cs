using System.Text;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>What an outbox promises besides where it writes straight to a socket.</summary>
public sealed class DirectWrites : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly int[] Sizes = [10, 300, 70_000];

    private readonly SocketLine wire = new();
    private readonly SocketTraffic traffic = new();
    private readonly Outbox outbox;

    public DirectWrites() => outbox = new Outbox(wire, TimeProvider.System, limit: 64 << 20, traffic);

    public void Dispose() => wire.Dispose();

    private static ReadOnlyMemory<byte> Text(string text) => Frames.Text(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_frame_is_on_its_way_when_send_returns()
    {
        Assert.True(outbox.Send(Text("one")));
        Assert.True(outbox.Offer(Text("two")));
        Assert.True(outbox.TryPlace(Text("three")));
        Assert.Equal(["one", "two", "three"], ServerFrames.Texts(wire.Sent));
        Assert.Equal((0, 3, 3), (outbox.Waiting, traffic.FramesOut, wire.Writes));
    }

    [Fact]
    public async Task Who_reads_an_answer_finds_that_what_it_says_is_so()
    {
        byte[]? seen = null;
        Assert.True(outbox.TryPlace(Text("You have a seat"), then: () =>
        {
            outbox.Send(Text("for this"));
            seen = wire.Sent;
        }));
        Assert.Empty(seen!);
        Assert.True(await outbox.Drained(1, default).WaitAsync(Soon));
        Assert.Equal(["You have a seat", "for this"], ServerFrames.Texts(wire.Sent));
    }

    [Fact]
    public void To_a_client_that_reads_nothing_is_allocated()
    {
        var hello = Text("Hello, all");
        for (var i = 0; i < 100; i++) outbox.Send(hello);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) outbox.Send(hello);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task The_rest_of_a_frame_that_went_in_part_comes_before_all_else()
    {
        var novel = new string('x', 8 << 20); // more than a socket takes
        wire.Pause();
        Assert.True(outbox.Send(Text(novel)));
        Assert.InRange(outbox.Waiting, 1, novel.Length - 1);
        Assert.True(outbox.Send(Text("The end")));
        wire.ReadOn();
        Assert.True(await outbox.Close(CloseCode.Normal, "", Soon).WaitAsync(Soon));
        Assert.Equal([novel, "The end"], ServerFrames.Texts(wire.Sent));
        Assert.Equal((3, wire.Sent.Length), (traffic.FramesOut, traffic.BytesOut));
    }

    [Fact]
    public async Task Answers_and_events_interleave_only_whole()
    {
        var senders = Enumerable.Range(0, 4).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < 300; i++) Assert.True(outbox.Send(Text(new string((char)('a' + sender), Sizes[i % 3] + i))));
        }));
        await Task.WhenAll(senders).WaitAsync(Soon);
        Assert.True(await outbox.Close(CloseCode.Normal, "", Soon).WaitAsync(Soon));
        var texts = ServerFrames.Texts(wire.Sent);
        Assert.All(texts, text => Assert.Equal(text.Length, text.Count(letter => letter == text[0])));
        Assert.All(texts.GroupBy(text => text[0]), said => Assert.Equal(Enumerable.Range(0, 300).Select(i => Sizes[i % 3] + i), said.Select(text => text.Length)));
    }

    [Fact]
    public void Who_has_gone_is_known_by_the_next_frame()
    {
        wire.Break();
        Assert.True(outbox.Send(Text("lost, as if on its way"))); // it is not too slow
        Assert.True(outbox.IsBroken);
        Assert.True(outbox.Broken.IsCancellationRequested);
        Assert.False(outbox.Send(Text("more")));
        Assert.False(outbox.Overflowed);
        Assert.Equal(0, outbox.Waiting);
    }

    [Fact]
    public async Task Who_goes_in_the_middle_of_a_frame_ends_the_close()
    {
        wire.StandStill();
        outbox.Send(Text(new string('x', 8 << 20)));
        var closed = outbox.Close(CloseCode.Normal, "", Soon);
        wire.Break();
        Assert.False(await closed.WaitAsync(Soon));
        Assert.True(outbox.IsBroken);
    }

    [Fact]
    public async Task A_socket_that_the_server_has_done_with_is_broken()
    {
        Assert.True(outbox.TakesAtOnce(16 << 20));
        Assert.False(outbox.TakesAtOnce((16 << 20) + 1));
        wire.End();
        Assert.False(outbox.TakesAtOnce(1));
        Assert.True(outbox.Send(Text("late")));
        Assert.True(outbox.IsBroken);
        Assert.False(await outbox.Close(CloseCode.Normal, "", Soon));
        Assert.False(wire.Again().TryWrite("as late"u8, out _));
    }
}
