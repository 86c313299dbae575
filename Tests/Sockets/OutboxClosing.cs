using System.Text;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>How an outbox ends, whatever it writes to.</summary>
public abstract class OutboxClosing : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly Line wire;
    private readonly ManualTime time = new();
    private readonly Outbox outbox;

    protected OutboxClosing()
    {
        wire = NewLine();
        outbox = new Outbox(wire, time);
    }

    public void Dispose()
    {
        wire.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Line NewLine();

    private static ReadOnlyMemory<byte> Text(string text) => Frames.Text(Encoding.UTF8.GetBytes(text));

    [Fact]
    public async Task A_close_lets_what_waits_go_first()
    {
        wire.StandStill();
        outbox.Send(Text("one"));
        outbox.Send(Text("two"));
        var closed = outbox.Close(1012, "going down", Soon);
        Assert.False(closed.IsCompleted);
        Assert.False(outbox.Send(Text("late")));
        Assert.False(outbox.Overflowed);
        wire.ReadOn();
        Assert.True(await closed.WaitAsync(Soon));
        Assert.Equal([Opcode.Text, Opcode.Text, Opcode.Close], ServerFrames.Read(wire.Sent).Select(it => it.Opcode));
    }

    [Fact]
    public async Task A_second_close_changes_nothing()
    {
        Assert.True(await outbox.Close(4010, "signed out", Soon).WaitAsync(Soon));
        Assert.True(await outbox.Close(1012, "going down", Soon).WaitAsync(Soon));
        Assert.Equal(Frames.Close(4010, "signed out").ToArray(), wire.Sent);
    }

    [Fact]
    public async Task A_close_waits_no_longer_than_it_was_given()
    {
        wire.StandStill();
        outbox.Send(Text("never read"));
        var closed = outbox.Close(4008, "too slow", TimeSpan.FromSeconds(3));
        time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(closed.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.False(await closed.WaitAsync(Soon));
        Assert.True(outbox.Broken.IsCancellationRequested);
        Assert.Equal(0, outbox.Waiting);
        wire.ReadOn();
        Assert.Empty(wire.Sent);
    }

    [Fact]
    public async Task A_broken_wire_is_known_at_once_and_takes_nothing_more()
    {
        wire.StandStill();
        outbox.Send(Text("one"));
        var waiting = outbox.Drained(1, default);
        var broken = new TaskCompletionSource();
        using var told = outbox.Broken.Register(broken.SetResult);
        wire.Break();
        await broken.Task.WaitAsync(Soon);
        Assert.False(await waiting.WaitAsync(Soon));
        Assert.False(outbox.Send(Text("two")));
        Assert.False(outbox.Overflowed);
        Assert.Equal(0, outbox.Waiting);
        Assert.False(await outbox.Close(CloseCode.Normal, "", Soon).WaitAsync(Soon));
    }

    [Fact]
    public async Task A_wire_that_breaks_while_closing_ends_the_close()
    {
        wire.StandStill();
        outbox.Send(Text("one"));
        var closed = outbox.Close(CloseCode.Normal, "", Soon);
        wire.Break();
        Assert.False(await closed.WaitAsync(Soon));
    }
}

public sealed class OutboxClosingOverStreams : OutboxClosing
{
    protected override Line NewLine() => new StreamLine();
}

public sealed class OutboxClosingOverSockets : OutboxClosing
{
    protected override Line NewLine() => new SocketLine();
}
