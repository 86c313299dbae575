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
                var then = await Session();
                failures = then.Welcomed && options.Time.GetElapsedTime(began) >= Settled ? 0 : failures + 1;
                var elsewhere = then.Then is AfterClose.Resume or AfterClose.ResumeElsewhere && servers.Next();
                await Task.Delay(PauseBefore(then.Then, failures, elsewhere), options.Time, stopping.Token);
            }
        }
        catch (Exception e)
        {
            Stop(e as ChatStoppedException ?? new ChatStoppedException(stopping.IsCancellationRequested ? "The client was disposed." : "The client broke.", e));
        }
    }

    /// <param name="elsewhere">Another server comes next: it does not hear of the pause that the last one asked for.</param>
    private TimeSpan PauseBefore(AfterClose then, int failures, bool elsewhere) =>
        elsewhere && then is AfterClose.ResumeElsewhere && failures <= 1 ? TimeSpan.Zero
        : asked is { } seconds && !elsewhere ? Pause.Asked(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 3600)))
        : then is AfterClose.ResumeLater ? Pause.Asked(Later)
        : then is AfterClose.ResumeAtOnce or AfterClose.ResumeElsewhere && failures == 0 ? TimeSpan.Zero
        : pause.After(failures);

    /// <summary>One connection's story: connect, say who we are and what we know, be live until it ends.</summary>
    private async Task<(AfterClose Then, bool Welcomed)> Session()
    {
        var (connection, then) = await Connect();
        if (connection is null) return (then, false);
        await using (connection)
        {
            current = connection;
            if (await Hello(connection) is { } refused) return (refused, false);
            lock (turn) live.TrySetResult(connection);
            var end = await connection.Closed.WaitAsync(stopping.Token);
            Retire(connection);
            options.Lost?.Invoke(end);
            return (catchingUp ? AfterClose.ResumeAtOnce : Heed(CloseCode.Says(end.Code), new ChatClosedException(end)), true);
        }
    }

    private async Task<(ChatConnection?, AfterClose)> Connect()
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
            if (!e.IsPassing) throw new ChatStoppedException("The server does not let us sign in.", e);
            asked = e.RetryAfter?.TotalSeconds;
            return (null, AfterClose.Resume);
        }
        catch (ChatRefusedException e) when (e.Status is HttpStatusCode.Forbidden)
        {
            throw new ChatStoppedException("The server does not accept connections from here.", e);
        }
        catch (Exception e) when (e is not ArgumentException && !stopping.IsCancellationRequested)
        {
            return (null, AfterClose.Resume); // not reachable now, or not in time
        }
    }

    /// <summary>Null where we are welcome.</summary>
    private async Task<AfterClose?> Hello(ChatConnection connection)
    {
        using var patience = new CancellationTokenSource(options.Patience, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping.Token);
        try
        {
            var (token, guest) = await identity.Present(servers.Accounts, either.Token);
            await connection.Call(new Operation.Hello(token, guest, Marks()), ClientJson.Wire.HelloAnswer, either.Token, Enter);
            return null;
        }
        catch (ChatException e) when (e.Code is "unauthenticated")
        {
            return Heed(AfterClose.SignInAgain, e);
        }
        catch (ChatException e)
        {
            if (!e.IsPassing) throw new ChatStoppedException("The server does not let us in.", e);
            asked = e.RetryAfter?.TotalSeconds;
            return AfterClose.Resume;
        }
        catch (ChatClosedException e)
        {
            return Heed(CloseCode.Says(e.End.Code), e);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return AfterClose.Resume;
        }
    }

    /// <summary>Stops where there is nothing left to try.</summary>
    private AfterClose Heed(AfterClose then, Exception why) => then switch
    {
        AfterClose.Stop => throw new ChatStoppedException("The server closed the connection for good.", why),
        AfterClose.SignInAgain when !identity.Rejected() => throw new ChatStoppedException("The server does not know us any more.", why),
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

        stopped.SetResult(why);
    }
}
