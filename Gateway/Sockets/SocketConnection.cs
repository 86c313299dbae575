using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// A connection while HTTP has it. What HTTP writes has left when its write is done; when HTTP has done with the
/// connection, whoever took the socket has it alone, with what came and was not read.
/// </summary>
public sealed class SocketConnection : DefaultConnectionContext, IConnectionSocketFeature
{
    private readonly CancellationTokenSource closed = new();
    private readonly SocketReader input;
    private readonly SocketWire wire;
    private readonly Pipe output;
    private readonly Task sending;
    private Action? taker;

    /// <param name="inline">Nothing wakes another thread to go on after a write; see <see cref="Polling"/>.</param>
    internal SocketConnection(Socket socket, MemoryPool<byte> pool, bool inline)
    {
        var scheduler = inline ? PipeScheduler.Inline : PipeScheduler.ThreadPool;
        Socket = socket;
        (input, wire) = (new SocketReader(socket), new SocketWire(socket));
        output = new Pipe(new PipeOptions(pool, scheduler, scheduler, pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false));
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        ConnectionClosed = closed.Token;
        Transport = new Both(input, output.Writer);
        Features.Set<IConnectionSocketFeature>(this);
        Features.Set(this);
        sending = Send();
    }

    public Socket Socket { get; }

    /// <summary>When HTTP has done with it, the socket is for who takes it, and theirs to end.</summary>
    public void Take(Action<PipeReader, IWire> taker)
    {
        var (input, wire) = (this.input, this.wire); // nothing else goes with them
        input.Keep();
        this.taker = () => taker(input, wire);
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        wire.End(inOrder: false);
        _ = closed.CancelAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await output.Writer.CompleteAsync();
        await sending;
        await base.DisposeAsync();
        if (taker is not null)
        {
            // Without the request's traces and scopes, which whatever waits would hold.
            ThreadPool.UnsafeQueueUserWorkItem(static taker => taker(), taker, preferLocal: false);
            return;
        }

        await input.CompleteAsync();
        wire.End(inOrder: true);
    }

    /// <summary>A write of HTTP's is done when the socket has all of it.</summary>
    private async Task Send()
    {
        try
        {
            ReadResult written;
            do
            {
                written = await output.Reader.ReadAsync();
                foreach (var piece in written.Buffer) await wire.Write(piece, default);
                output.Reader.AdvanceTo(written.Buffer.End);
            }
            while (!written.IsCompleted);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _ = closed.CancelAsync(); // the client has gone; whoever writes on hears that nobody reads
        }

        await output.Reader.CompleteAsync();
    }

    private sealed record Both(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
