using System.Net;
using System.Net.Sockets;
using System.Text;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>What a reader finds on a real socket, as any other <see cref="System.IO.Pipelines.PipeReader"/> would.</summary>
public sealed class SocketReading : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly Socket here;
    private readonly Socket there = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SocketReader reader;

    public SocketReading()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        listener.Listen();
        there.Connect(listener.LocalEndPoint!);
        here = listener.Accept();
        here.Blocking = false;
        reader = new SocketReader(here);
    }

    public void Dispose()
    {
        here.Dispose();
        there.Dispose();
    }

    private void Say(string text) => there.Send(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads once and consumes so many bytes; what is left was looked at, or was not.</summary>
    private async Task<(string Read, bool Ended, bool Cancelled)> Read(int? consume = null, bool examine = true)
    {
        var result = await reader.ReadAsync().AsTask().WaitAsync(Soon);
        var read = Encoding.UTF8.GetString(result.Buffer);
        var consumed = result.Buffer.GetPosition(consume ?? result.Buffer.Length);
        reader.AdvanceTo(consumed, examine ? result.Buffer.End : consumed);
        return (read, result.IsCompleted, result.IsCanceled);
    }

    [Fact]
    public async Task What_is_not_consumed_comes_again_with_what_follows_it()
    {
        Say("Hello, ");
        Assert.Equal(("Hello, ", false, false), await Read(consume: 2));
        var next = Read();
        Assert.False(next.IsCompleted); // all that is there was looked at
        Say("Bob");
        Assert.Equal(("llo, Bob", false, false), await next);
    }

    [Fact]
    public async Task What_was_not_looked_at_comes_at_once()
    {
        Say("Hello");
        Assert.Equal("Hello", (await Read(consume: 2, examine: false)).Read);
        Assert.Equal("llo", (await Read()).Read);
    }

    [Fact]
    public async Task However_much_waits_for_its_end_is_kept_whole()
    {
        var said = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i} "));
        Say(said);
        var read = "";
        while (read.Length < said.Length) read = (await Read(consume: 0)).Read;
        Assert.Equal(said, read);
    }

    [Fact]
    public async Task A_read_can_be_cancelled_while_it_waits_and_before_and_reading_goes_on()
    {
        var waiting = Read();
        reader.CancelPendingRead();
        Assert.Equal(("", false, true), await waiting);

        reader.CancelPendingRead();
        reader.CancelPendingRead();
        Assert.Equal(("", false, true), await Read());

        Say("Hello");
        Assert.Equal(("Hello", false, false), await Read());
    }

    [Fact]
    public async Task Who_gives_up_waiting_may_wait_again()
    {
        using var patience = new CancellationTokenSource();
        var waiting = reader.ReadAsync(patience.Token).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Soon));
        Say("Hello");
        Assert.Equal(("Hello", false, false), await Read());
    }

    [Fact]
    public async Task Whenever_a_wait_is_called_off_what_comes_in_that_moment_is_read_next()
    {
        const int Enough = 20_000;
        var (said, read, cancelled) = (0, 0, 0);
        using var ended = new CancellationTokenSource();
        var saying = Task.Run(() =>
        {
            while (Volatile.Read(ref cancelled) < Enough) there.Send([(byte)said++]);
            there.Shutdown(SocketShutdown.Send);
        });
        var callingOff = Task.Run(() =>
        {
            while (!ended.IsCancellationRequested) reader.CancelPendingRead();
        });

        for (var over = false; !over;)
        {
            var result = await reader.ReadAsync().AsTask().WaitAsync(Soon);
            if (result.IsCanceled) Interlocked.Increment(ref cancelled);
            foreach (var piece in result.Buffer)
            {
                foreach (var one in piece.ToArray()) Assert.Equal((byte)read++, one);
            }

            reader.AdvanceTo(result.Buffer.End);
            over = result.IsCompleted;
        }

        await ended.CancelAsync();
        await Task.WhenAll(saying, callingOff).WaitAsync(Soon);
        Assert.Equal(said, read);
    }

    [Fact]
    public async Task A_client_that_goes_ends_the_input_after_its_last_word()
    {
        Say("Bye");
        there.Shutdown(SocketShutdown.Send);
        var read = "";
        var ended = false;
        while (!ended)
        {
            (var more, ended, _) = await Read();
            read += more;
        }

        Assert.Equal("Bye", read);
        Assert.True((await Read()).Ended); // and so it stays
    }

    [Fact]
    public async Task A_line_that_breaks_has_ended()
    {
        var waiting = Read();
        there.Close(timeout: 0);
        Assert.Equal(("", true, false), await waiting);
    }

    [Fact]
    public async Task A_socket_that_is_closed_here_has_ended()
    {
        var waiting = Read();
        here.Dispose();
        Assert.Equal(("", true, false), await waiting);
        Assert.True((await Read()).Ended);
    }
}
