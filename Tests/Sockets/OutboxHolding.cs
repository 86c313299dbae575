using System.Text;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>What is said to one socket at one time, whatever it is written to.</summary>
public abstract class OutboxHolding : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly Line wire;
    private readonly ManualTime time = new();
    private readonly SocketTraffic traffic = new();
    private readonly Outbox outbox;

    protected OutboxHolding()
    {
        wire = NewLine();
        outbox = new Outbox(wire, time, traffic: traffic);
    }

    public void Dispose()
    {
        wire.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Line NewLine();

    private static ReadOnlyMemory<byte> Text(string text) => Frames.Text(Encoding.UTF8.GetBytes(text));

    [Fact]
    public async Task What_is_held_leaves_in_one_write_when_everyone_has_let_go()
    {
        var (one, other) = (new Hold(outbox), new Hold(outbox));
        one.Take();
        other.Take();
        Assert.True(outbox.Send(Text("a")) && outbox.TryPlace(Text("b")) && outbox.Offer(Text("c")));
        one.LetGo();
        one.LetGo(); // once is enough
        Assert.Equal((0, 3 * (3 + Outbox.Place)), (wire.Writes, outbox.Waiting));
        other.LetGo();
        Assert.Equal(["a", "b", "c"], ServerFrames.Texts(await wire.Received(9)));
        Assert.True(await outbox.Drained(1, default).WaitAsync(Soon));
        Assert.Equal((1, 0, 3, 9), (wire.Writes, outbox.Waiting, traffic.FramesOut, traffic.BytesOut));
    }

    [Fact]
    public async Task Whoever_waits_holds_nothing_back()
    {
        var hold = new Hold(outbox);
        hold.Take();
        outbox.Send(Text("a"));
        await hold.Over(Task.CompletedTask);
        Assert.Equal(0, wire.Writes);
        var wait = hold.Over(new TaskCompletionSource().Task);
        Assert.Equal(["a"], ServerFrames.Texts(await wire.Received(3)));
        Assert.False(wait.IsCompleted);
    }

    [Fact]
    public async Task More_than_a_write_is_not_held()
    {
        new Hold(outbox).Take();
        var words = Enumerable.Range(0, 20).Select(i => new string((char)('a' + i), 1_000)).ToList();
        words.ForEach(word => Assert.True(outbox.Send(Text(word))));
        Assert.Equal(words[..16], ServerFrames.Texts(await wire.Received(16 * 1_004)).Take(16));
    }

    [Fact]
    public async Task What_was_held_when_a_reader_stood_still_comes_when_it_reads_on()
    {
        wire.StandStill();
        var hold = new Hold(outbox);
        hold.Take();
        outbox.Send(Text("a"));
        outbox.Send(Text("b"));
        hold.LetGo();
        outbox.Send(Text("c"));
        wire.ReadOn();
        Assert.Equal(["a", "b", "c"], ServerFrames.Texts(await wire.Received(9)));
    }

    [Fact]
    public async Task A_close_is_not_held()
    {
        new Hold(outbox).Take();
        outbox.Send(Text("a"));
        Assert.True(await outbox.Close(CloseCode.Normal, "", Soon).WaitAsync(Soon));
        Assert.Equal(["a"], ServerFrames.Texts(wire.Sent));
    }

    [Fact]
    public async Task What_is_done_after_an_answer_is_done_before_it_leaves()
    {
        Assert.True(outbox.TryPlace(Text("answer"), then: () =>
        {
            Assert.Equal(0, wire.Writes);
            outbox.Send(Text("what follows"));
        }));
        Assert.Equal(["answer", "what follows"], ServerFrames.Texts(await wire.Received(22)));
    }
}

public sealed class OutboxHoldingOverStreams : OutboxHolding
{
    protected override Line NewLine() => new StreamLine();
}

public sealed class OutboxHoldingOverSockets : OutboxHolding
{
    protected override Line NewLine() => new SocketLine();
}
