using System.Net;

namespace OrleansChat.Client;

/// <summary>The client's life: one connection after another, until it stops.</summary>
public sealed partial class ChatClient
{
    /// <summary>A connection that lived this long is not a failure, however it ended.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    /// <summary>The shortest pause after the server has had enough of us.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<ChatStoppedException> stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ChatConnection? current; // from before it is live until after it has ended
    private volatile bool catchingUp; // we broke the connection off ourselves, to resume
    private volatile Exception? lastFailure; // why we are not connected, for whoever gives up waiting
    private bool welcomedBefore;
    private double? asked; // seconds of pause that the server asked for

    private static TaskCompletionSource<ChatConnection> NewLive() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task Run()
    {
        try
        {
            for (var failures = 0; ;)
            {
                asked = null;
                catchingUp = false;
                var began = options.Time.GetTimestamp();
                var (then, why, welcomed) = await Session();
                failures = welcomed && options.Time.GetElapsedTime(began) >= Settled ? 0 : failures + 1;
                var elsewhere = then is AfterClose.Resume or AfterClose.ResumeElsewhere && servers.Next();
                var wait = PauseBefore(then, failures, elsewhere);
                lastFailure = why;
                news.Tell(new ChatNews.Retrying(why, failures, wait));
                await Task.Delay(wait, options.Time, stopping.Token);
            }
        }
        catch (Exception e)
        {
            Stop(stopping.IsCancellationRequested ? new ChatStoppedException(StopReason.Disposed, "The client was disposed.", e)
                : e as ChatStoppedException ?? new ChatStoppedException(StopReason.Broken, "The client broke.", e));
        }
    }

    /// <param name="elsewhere">Another server comes next: it does not hear of the pause that the last one asked for.</param>
    private TimeSpan PauseBefore(AfterClose then, int failures, bool elsewhere) =>
        elsewhere && then is AfterClose.ResumeElsewhere && failures <= 1 ? TimeSpan.Zero
        : asked is { } seconds && !elsewhere ? Pause.Asked(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 3600)))
        : then is AfterClose.ResumeLater ? Pause.Asked(Later)
        : then is AfterClose.ResumeAtOnce or AfterClose.ResumeElsewhere && failures == 0 ? TimeSpan.Zero
        : pause.After(failures);

    /// <summary>How a connection, or the attempt to make one, ended.</summary>
    private readonly record struct Outcome(AfterClose Then, Exception Why, bool Welcomed = false);

    /// <summary>One connection's story: connect, say who we are and what we know, be live until it ends.</summary>
    private async Task<Outcome> Session()
    {
        var (connection, failed) = await Reach();
        if (connection is null) return failed;
        await using (connection)
        {
            current = connection;
            if (await Hello(connection) is { } refused) return refused;
            GoLive(connection);
            var end = await connection.Closed.WaitAsync(stopping.Token);
            Retire(connection);
            news.Tell(new ChatNews.Lost(end));
            var why = new ChatClosedException(end);
            return new(catchingUp ? AfterClose.ResumeAtOnce : Heed(CloseCode.Says(end.Code), why), why, Welcomed: true);
        }
    }

    private async Task<(ChatConnection?, Outcome)> Reach()
    {
        using var patience = new CancellationTokenSource(options.Patience, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping.Token);
        try
        {
            await identity.Present(servers.Accounts, either.Token); // before connecting: the server does not wait long for a hello
            return (await ChatConnection.Connect(servers.Present, options.Connect with { OnPush = Take }, either.Token), default);
        }
        catch (ChatException e)
        {
            if (!e.IsPassing) throw new ChatStoppedException(StopReason.SignInRefused, "The server does not let us sign in.", e);
            asked = e.RetryAfter?.TotalSeconds;
            return (null, new(After(e), e));
        }
        catch (ChatRefusedException e) when (e.Status is HttpStatusCode.Forbidden)
        {
            throw new ChatStoppedException(StopReason.Refused, "The server does not accept connections from here.", e);
        }
        catch (Exception e) when (e is not ArgumentException && !stopping.IsCancellationRequested)
        {
            return (null, new(AfterClose.Resume, e)); // not reachable now, or not in time
        }
    }

    /// <summary>Null where we are welcome.</summary>
    private async Task<Outcome?> Hello(ChatConnection connection)
    {
        using var patience = new CancellationTokenSource(options.Patience, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping.Token);
        try
        {
            var (token, guest) = await identity.Present(servers.Accounts, either.Token);
            await connection.Hello(new Operation.Hello(token, guest, Marks()), Enter, either.Token);
            return null;
        }
        catch (ChatException e) when (e.Code is "unauthenticated")
        {
            return new(Heed(AfterClose.SignInAgain, e), e);
        }
        catch (ChatException e)
        {
            if (!e.IsPassing) throw new ChatStoppedException(StopReason.SignInRefused, "The server does not let us in.", e);
            asked = e.RetryAfter?.TotalSeconds;
            return new(After(e), e);
        }
        catch (ChatClosedException e)
        {
            return new(Heed(CloseCode.Says(e.End.Code), e), e);
        }
        catch (OperationCanceledException e) when (!stopping.IsCancellationRequested)
        {
            return new(AfterClose.Resume, e);
        }
    }

    private void GoLive(ChatConnection connection)
    {
        lock (turn) live.TrySetResult(connection);
        news.Tell(new ChatNews.Connected(Welcome, welcomedBefore));
        welcomedBefore = true;
        foreach (var topic in watched.Keys) _ = Rewatch(connection, topic);
    }

    /// <summary>Who is told to be slower does not hurry on to the next server.</summary>
    private static AfterClose After(ChatException refusal) => refusal.Code is "rate_limited" ? AfterClose.ResumeLater : AfterClose.Resume;

    /// <summary>Stops where there is nothing left to try.</summary>
    private AfterClose Heed(AfterClose then, Exception why) => then switch
    {
        AfterClose.Stop => throw new ChatStoppedException(
            why is ChatClosedException { End.Code: 4010 } ? StopReason.SignedOut : StopReason.Refused, "The server closed the connection for good.", why),
        AfterClose.SignInAgain when !identity.Rejected() => throw new ChatStoppedException(
            StopReason.SignInRefused, "The server does not know us any more.", why),
        _ => then,
    };

    /// <summary>This connection is over: whoever asks for one waits for the next.</summary>
    private void Retire(ChatConnection connection)
    {
        lock (turn)
        {
            if (live.Task.IsCompletedSuccessfully && live.Task.Result == connection) live = NewLive();
        }
    }

    private void Stop(ChatStoppedException why)
    {
        lock (turn)
        {
            if (!live.TrySetException(why)) (live = NewLive()).SetException(why);
            _ = live.Task.Exception; // seen: nobody has to wait for it
        }

        lock (rooms)
        {
            foreach (var room in rooms.Values) room.End(why);
            rooms.Clear();
        }

        news.Tell(new ChatNews.Stopped(why));
        stopped.SetResult(why);
    }
}
