using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// A connection that goes on after its HTTP request. The request, its headers, streams and features take some 6 KiB, more
/// than all that a quiet socket needs: so once it is upgraded the request ends, and the socket has the connection alone.
/// </summary>
/// <remarks>While HTTP has the connection it sees everything as it is; once it is handed over, its end ends nothing.</remarks>
public sealed class Handover : IDuplexPipe, IConnectionHeartbeatFeature
{
    private readonly List<(Action<object> Tick, object State)> beats = [];
    private Func<ConnectionContext, Task>? next;

    private Handover(IDuplexPipe transport) =>
        (Input, Output) = (new KeptReader(transport.Input, this), new KeptWriter(transport.Output, this));

    /// <summary>Where the request's connection can be had; null where it cannot.</summary>
    public static Handover? Of(HttpContext http) => http.Features.Get<IConnectionHeartbeatFeature>() as Handover;

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>Stands before HTTP: <c>endpoint.Use(Handover.Around)</c>.</summary>
    public static ConnectionDelegate Around(ConnectionDelegate http) => async connection =>
    {
        if (await Serve(http, connection) is { } next) await next(connection);
    };

    /// <summary>When HTTP has done with it, the connection is this one's, with what came and was not read.</summary>
    public void To(Func<ConnectionContext, Task> next) => this.next = next;

    private static async Task<Func<ConnectionContext, Task>?> Serve(ConnectionDelegate http, ConnectionContext connection)
    {
        var (transport, heart) = (connection.Transport, connection.Features.Get<IConnectionHeartbeatFeature>());
        var handover = new Handover(transport);
        connection.Transport = handover;
        connection.Features.Set<IConnectionHeartbeatFeature>(handover);
        heart?.OnHeartbeat(Beat, handover.beats);

        try
        {
            await http(connection);
            return handover.next;
        }
        finally
        {
            connection.Transport = transport;
            connection.Features.Set(heart);
            handover.Forget();
        }
    }

    void IConnectionHeartbeatFeature.OnHeartbeat(Action<object> action, object state)
    {
        lock (beats) beats.Add((action, state));
    }

    private static void Beat(object all)
    {
        var beats = (List<(Action<object> Tick, object State)>)all;
        lock (beats)
        {
            // A tick may end the request, here and now, and with it what it asked for.
            for (var i = 0; i < beats.Count; i++) beats[i].Tick(beats[i].State);
        }
    }

    /// <summary>The server's heart beats on for the connection; what HTTP asked it for goes with HTTP.</summary>
    private void Forget()
    {
        lock (beats)
        {
            beats.Clear();
            beats.Capacity = 0;
        }
    }

    private sealed class KeptReader(PipeReader input, Handover handover) : PipeReader
    {
        public override void AdvanceTo(SequencePosition consumed) => input.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => input.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => input.CancelPendingRead();

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => input.ReadAsync(cancellationToken);

        public override bool TryRead(out ReadResult result) => input.TryRead(out result);

        public override void Complete(Exception? exception = null)
        {
            if (handover.next is null) input.Complete(exception);
        }
    }

    private sealed class KeptWriter(PipeWriter output, Handover handover) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => output.CanGetUnflushedBytes;

        public override long UnflushedBytes => output.UnflushedBytes;

        public override void Advance(int bytes) => output.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => output.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => output.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => output.FlushAsync(cancellationToken);

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            output.WriteAsync(source, cancellationToken);

        public override void CancelPendingFlush() => output.CancelPendingFlush();

        public override void Complete(Exception? exception = null)
        {
            if (handover.next is null) output.Complete(exception);
        }
    }
}
