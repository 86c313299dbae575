using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansChat.Tests.Client;

/// <summary>
/// The line between a client and a server. It knows where frames begin, so that a test can have it break, or fall silent,
/// at any byte of a certain operation or of what the server says after it.
/// </summary>
internal sealed class BreakingLine : IAsyncDisposable
{
    private readonly Uri server;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly Task accepting;
    private Fault? next; // of the next operation of its kind

    /// <param name="server">The server's socket.</param>
    public BreakingLine(Uri server)
    {
        this.server = server;
        listener.Start();
        Socket = new UriBuilder(server) { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port }.Uri;
        accepting = Accept();
    }

    /// <summary>Where a client connects to.</summary>
    public Uri Socket { get; }

    /// <summary>How often it broke.</summary>
    public int Breaks { get; private set; }

    /// <summary>So many bytes of the next <paramref name="op"/> pass, and then the line breaks.</summary>
    public Fault BreakWithin(string op, int bytes) => next = new(op, bytes, After: false, Silent: false);

    /// <summary>The next <paramref name="op"/> passes; of its answer and what comes behind so many bytes do, and then the line breaks.</summary>
    public Fault BreakAfter(string op, int bytes) => next = new(op, bytes, After: true, Silent: false);

    /// <summary>The next <paramref name="op"/> does not pass, nor does anything after it.</summary>
    public Fault FallSilentBefore(string op) => next = new(op, 0, After: false, Silent: true);

    /// <summary>The next <paramref name="op"/> passes, but not its answer, nor anything behind it.</summary>
    public Fault FallSilentAfter(string op) => next = new(op, 0, After: true, Silent: true);

    /// <summary>What is to happen to the line, once.</summary>
    internal sealed record Fault(string Op, int Bytes, bool After, bool Silent)
    {
        private readonly TaskCompletionSource<int> happened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when it has happened, with the length of the operation's frame.</summary>
        public Task<int> Happened => happened.Task.WaitAsync(Peer.Patience);

        public int Length { get; set; }

        public void Happen() => happened.TrySetResult(Length);
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Join(await listener.AcceptTcpClientAsync(over.Token));
        }
        catch (OperationCanceledException)
        {
            // the test is over
        }
    }

    private async Task Join(TcpClient client)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
        using var here = client;
        using var there = new TcpClient();
        try
        {
            await there.ConnectAsync(server.Host, server.Port, end.Token);
            (here.NoDelay, there.NoDelay) = (true, true);
            var answers = new Answers(this, there.GetStream(), here.GetStream());
            await await Task.WhenAny(Ask(here.GetStream(), there.GetStream(), answers, end.Token), answers.Pass(end.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // one end is gone, and so is the other
        }

        await end.CancelAsync();
    }

    /// <summary>Passes on what the client says, frame by frame; ends where the line breaks.</summary>
    private async Task Ask(Stream client, Stream there, Answers answers, CancellationToken cancel)
    {
        await there.WriteAsync(await Frames.ReadHead(client, cancel), cancel);
        while (true)
        {
            var frame = await Frames.Read(client, cancel);
            if (Fate(frame) is not { } fault)
            {
                await there.WriteAsync(frame, cancel);
            }
            else if (fault.After)
            {
                answers.Expect(fault, frame);
                await there.WriteAsync(frame, cancel);
            }
            else
            {
                await there.WriteAsync(frame.AsMemory(0, Math.Min(fault.Bytes, frame.Length)), cancel);
                if (!fault.Silent)
                {
                    Break(fault);
                    return;
                }

                fault.Happen();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            }
        }
    }

    private Fault? Fate(byte[] frame)
    {
        if (next is not { } fault || !Frames.TextOf(frame).Contains($"\"op\":\"{fault.Op}\"", StringComparison.Ordinal)) return null;
        next = null;
        fault.Length = frame.Length;
        return fault;
    }

    private void Break(Fault fault)
    {
        Breaks++;
        fault.Happen();
    }

    /// <summary>The way back.</summary>
    private sealed class Answers(BreakingLine line, Stream server, Stream client)
    {
        private volatile Expected? expected;

        /// <summary>This fault counts from the first byte of the answer on.</summary>
        public void Expect(Fault fault, byte[] asked) => expected = new(fault, Frames.IdOf(Frames.TextOf(asked), "\"id\":"));

        public async Task Pass(CancellationToken cancel)
        {
            await client.WriteAsync(await Frames.ReadHead(server, cancel), cancel);
            while (true)
            {
                var frame = await Frames.Read(server, cancel);
                if (expected is not { } now || !now.Begins(frame))
                {
                    await client.WriteAsync(frame, cancel);
                    continue;
                }

                var pass = Math.Min(now.Left, frame.Length);
                await client.WriteAsync(frame.AsMemory(0, pass), cancel);
                now.Left -= pass;
                if (now.Left > 0) continue;
                if (!now.Fault.Silent)
                {
                    line.Break(now.Fault);
                    return;
                }

                now.Fault.Happen(); // and on we read, so that the server's end is noticed
            }
        }

        private sealed class Expected(Fault fault, long id)
        {
            private bool begun;

            public Fault Fault => fault;

            public int Left { get; set; } = fault.Bytes;

            public bool Begins(byte[] frame) =>
                begun |= Frames.TextOf(frame) is var text && text.StartsWith("{\"re\":", StringComparison.Ordinal) && Frames.IdOf(text, "{\"re\":") == id;
        }
    }

    /// <summary>WebSocket frames (RFC 6455, section 5.2): a client's are masked, a server's are not.</summary>
    private static class Frames
    {
        public static async Task<byte[]> ReadHead(Stream from, CancellationToken cancel)
        {
            var head = new List<byte>();
            var one = new byte[1];
            while (!head[Math.Max(0, head.Count - 4)..].SequenceEqual("\r\n\r\n"u8.ToArray()))
            {
                await from.ReadExactlyAsync(one, cancel);
                head.Add(one[0]);
            }

            return [.. head];
        }

        public static async Task<byte[]> Read(Stream from, CancellationToken cancel)
        {
            var start = new byte[2];
            await from.ReadExactlyAsync(start, cancel);
            var size = new byte[(start[1] & 127) switch { 126 => 2, 127 => 8, _ => 0 }];
            await from.ReadExactlyAsync(size, cancel);
            var length = size.Length == 0 ? start[1] & 127 : size.Aggregate(0L, (sum, part) => (sum << 8) | part);
            var rest = new byte[length + (start[1] >= 128 ? 4 : 0)];
            await from.ReadExactlyAsync(rest, cancel);
            return [.. start, .. size, .. rest];
        }

        public static string TextOf(byte[] frame)
        {
            var at = (frame[1] & 127) switch { 126 => 4, 127 => 10, _ => 2 };
            return frame[1] < 128 ? Encoding.UTF8.GetString(frame[at..])
                : Encoding.UTF8.GetString([.. frame[(at + 4)..].Select((part, i) => (byte)(part ^ frame[at + (i & 3)]))]);
        }

        public static long IdOf(string text, string before)
        {
            var at = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
            return long.Parse(new string([.. text[at..].TakeWhile(char.IsAsciiDigit)]), CultureInfo.InvariantCulture);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Stop();
        await accepting;
        over.Dispose();
    }
}
