using System.Collections.Immutable;
using System.IO.Pipelines;
using OrleansChat.Gateway.Identity;
using OrleansChat.Gateway.Limits;
using OrleansChat.Gateway.Operations;
using OrleansChat.Gateway.Rooms;
using OrleansChat.Gateway.Users;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Sockets;

/// <summary>A connection's story: it says hello, takes its seats, reads and answers until one side ends it, and takes its leave.</summary>
public sealed partial class ChatSocket : ISitter, IConnection
{
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(5);   // to write what waits and the close frame
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(1);   // for the engine to hear that the user goes
    private static readonly TimeSpan ReplyWithin = TimeSpan.FromSeconds(1);   // for the client's own close
    private static readonly TimeSpan FinishWithin = TimeSpan.FromSeconds(3);  // for operations under way when the node goes down

    private readonly Edge edge;
    private readonly FrameReader reader;
    private readonly Lanes lanes;
    private readonly TokenBucket? rate;
    private readonly TokenBucket? warnings;
    private readonly CancellationTokenSource ended = new();
    private readonly long openedAt;
    private ImmutableArray<Seat> seats = []; // at most one in a room; most sit in few
    private (int Code, string Reason)? ending;
    private long pingedAt;
    private volatile bool leaving;
    private bool violated; // the client's framing is lost
    private volatile bool gone; // it has taken its leave
    private Caller? caller;
    private OpenUser? user;

    public ChatSocket(PipeReader input, IWire output, Edge edge)
    {
        this.edge = edge;
        var limits = edge.Limits;
        reader = new(input, limits.Frame, edge.Time, edge.Traffic);
        Outbox = new(output, edge.Time, limits.Outbox, edge.Traffic);
        lanes = new(limits.InFlight, Outbox);
        openedAt = edge.Time.GetTimestamp();
        if (!limits.Enabled) return;
        rate = new(limits.OperationsAtOnce, limits.OperationsPerSecond, edge.Time);
        warnings = new(limits.Warnings, 1, edge.Time);
    }

    public Outbox Outbox { get; }

    public UserId User => caller!.Id;

    public SessionId Session => caller!.Session;

    /// <summary>Runs until the connection is over. False: it could not be closed in order, and is to be ended at once.</summary>
    public async Task<bool> Run()
    {
        try
        {
            await ReadAll();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
        }
        finally
        {
            await TakeLeave();
        }

        var (code, reason) = ending ?? (CloseCode.Normal, "");
        if (code == ProtocolClose.GoingDown) Outbox.Send(Goodbye(reason)); // the last word
        var closed = await Outbox.Close(code, reason, CloseWithin);
        await HearClose();
        reader.Dispose();
        return closed;
    }

    /// <summary>Ends the connection with a code of the protocol. The first reason stands.</summary>
    public void End(int code, string reason)
    {
        if (TryEnd(code, reason)) edge.Meter.Closed(code);
    }

    private bool TryEnd(int code, string reason)
    {
        lock (ended)
        {
            if (ending is not null) return false;
            ending = (code, reason);
        }

        // Never on the caller's thread, who may hold a room's lock.
        _ = ended.CancelAsync();
        reader.Interrupt();
        return true;
    }

    /// <summary>The node goes down: what is under way is answered, the client hears so and comes back elsewhere.</summary>
    public async Task Bye(string reason)
    {
        leaving = true;
        await Task.WhenAny(lanes.Idle(), Task.Delay(FinishWithin, edge.Time));
        End(ProtocolClose.GoingDown, reason);
    }

    /// <summary>Looked at once a second: hello in time, no half-open connection, and nothing kept that only a busy one needs.</summary>
    public void Watch()
    {
        Outbox.Tidy();
        var limits = edge.Limits;
        if (caller is null && edge.Time.GetElapsedTime(openedAt) > limits.Hello) End(ProtocolClose.NoHello, "no hello in time");
        if (Outbox.IsBroken || reader.Silence > 2 * limits.Ping)
        {
            End(CloseCode.Normal, "nothing was heard");
        }
        else if (reader.Silence > limits.Ping && pingedAt != reader.LastReceived)
        {
            pingedAt = reader.LastReceived; // one ping for each silence
            Outbox.Offer(Frames.Ping);
        }
    }

    public bool Ignores(UserId other) => user?.Blocks(other) == true;

    public void FellBehind() => End(ProtocolClose.TooSlow, "this client reads too slowly");

    public void SignedOut() => End(ProtocolClose.SignedOut, "signed out");

    private async Task ReadAll()
    {
        var hold = new Hold(Outbox);
        try
        {
            while (!ended.IsCancellationRequested)
            {
                var received = await hold.Over(reader.ReadMessage(default));
                hold.Take();
                if (received.Kind is ReceivedKind.Text) await hold.Over(Take(FrameParser.Parse(received.Payload)));
                else if (!Heed(received)) return;
            }
        }
        finally
        {
            hold.LetGo();
        }
    }

    /// <returns>Whether more is to be read.</returns>
    private bool Heed(Received received)
    {
        switch (received.Kind)
        {
            case ReceivedKind.Ping:
                if (Limited() is null && !Outbox.Send(Frames.Pong(received.Payload.Span))) FellBehind();
                return true;
            case ReceivedKind.Close:
                TryEnd(received.Code, ""); // the client's own wish
                return false;
            case ReceivedKind.Violation:
                violated = true;
                End(received.Code, received.Reason);
                return false;
            default:
                return received.Kind is not ReceivedKind.End;
        }
    }

    private async Task TakeLeave()
    {
        gone = true;
        edge.Watchers.Remove(Outbox);
        foreach (var seat in seats) edge.Rooms.Stand(seat);
        if (user is null) return;
        try
        {
            await edge.Users.Leave(user, this).WaitAsync(LeaveWithin, edge.Time);
        }
        catch (TimeoutException)
        {
            // It goes on by itself; the client is not kept waiting for its close.
        }
    }

    /// <summary>The last word of a node that goes down. Its clients are to come back spread over a second, not all at once.</summary>
    private static ReadOnlyMemory<byte> Goodbye(string reason) =>
        Frames.Json(new ByePush(reason, Math.Round(Random.Shared.NextDouble(), 3)), WireJson.Wire.ByePush);

    /// <summary>
    /// Waits for the client's close, and no longer: a client waits in turn for the server to end the connection. After a
    /// violation nobody knows where frames begin, and all is read to the end. A socket closed with bytes unread is
    /// reset, and the reset may overtake our close frame.
    /// </summary>
    private async Task HearClose()
    {
        using var patience = new CancellationTokenSource(ReplyWithin, edge.Time);
        try
        {
            var heard = violated ? ReceivedKind.Violation : ReceivedKind.Text;
            while (heard is ReceivedKind.Text or ReceivedKind.Ping or ReceivedKind.Pong or ReceivedKind.Interrupted) heard = (await reader.ReadMessage(patience.Token)).Kind;
            if (heard is ReceivedKind.Violation) await reader.Discard(patience.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
