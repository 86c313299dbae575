using System.Text;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

public sealed class OutboxClosing : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly SlowStream _wire = new();
    private readonly ManualTime _time = new();
    private readonly Outbox _outbox;

    public OutboxClosing() => _outbox = new Outbox(_wire, _time);

    public void Dispose() => _wire.Dispose();

    private static ReadOnlyMemory<byte> Text(string text) => Frames.Text(Encoding.UTF8.GetBytes(text));

    [Fact]
    public async Task A_close_lets_what_waits_go_first()
    {
        _wire.StandStill();
        _outbox.Send(Text("one"));
        _outbox.Send(Text("two"));
        var closed = _outbox.Close(1012, "going down", Soon);
        Assert.False(closed.IsCompleted);
        Assert.False(_outbox.Send(Text("late")));
        Assert.False(_outbox.Overflowed);
        _wire.ReadOn();
        Assert.True(await closed.WaitAsync(Soon));
        Assert.Equal([Opcode.Text, Opcode.Text, Opcode.Close], ServerFrames.Read(_wire.Sent).Select(it => it.Opcode));
    }

    [Fact]
    public async Task A_second_close_changes_nothing()
    {
        Assert.True(await _outbox.Close(4010, "signed out", Soon).WaitAsync(Soon));
        Assert.True(await _outbox.Close(1012, "going down", Soon).WaitAsync(Soon));
        Assert.Equal(Frames.Close(4010, "signed out").ToArray(), _wire.Sent);
    }

    [Fact]
    public async Task A_close_waits_no_longer_than_it_was_given()
    {
        _wire.StandStill();
        _outbox.Send(Text("never read"));
        var closed = _outbox.Close(4008, "too slow", TimeSpan.FromSeconds(3));
        _time.Pass(TimeSpan.FromSeconds(2.9));
        Assert.False(closed.IsCompleted);
        _time.Pass(TimeSpan.FromSeconds(0.2));
        Assert.False(await closed.WaitAsync(Soon));
        Assert.True(_outbox.Broken.IsCancellationRequested);
        Assert.Equal(0, _outbox.Waiting);
        _wire.ReadOn();
        Assert.Empty(_wire.Sent);
    }

    [Fact]
    public async Task A_broken_stream_is_known_at_once_and_takes_nothing_more()
    {
        _wire.StandStill();
        _outbox.Send(Text("one"));
        var waiting = _outbox.Drained(1, default);
        var broken = new TaskCompletionSource();
        using var told = _outbox.Broken.Register(broken.SetResult);
        _wire.Break(new IOException("reset by peer"));
        await broken.Task.WaitAsync(Soon);
        Assert.False(await waiting.WaitAsync(Soon));
        Assert.False(_outbox.Send(Text("two")));
        Assert.False(_outbox.Overflowed);
        Assert.Equal(0, _outbox.Waiting);
        Assert.False(await _outbox.Close(CloseCode.Normal, "", Soon).WaitAsync(Soon));
    }

    [Fact]
    public async Task A_stream_that_breaks_while_closing_ends_the_close()
    {
        _wire.StandStill();
        _outbox.Send(Text("one"));
        var closed = _outbox.Close(CloseCode.Normal, "", Soon);
        _wire.Break(new InvalidOperationException("the request is over"));
        Assert.False(await closed.WaitAsync(Soon));
    }
}
