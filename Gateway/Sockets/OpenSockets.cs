using System.Collections.Concurrent;

namespace OrleansChat.Gateway.Sockets;

/// <summary>All sockets of this edge: one clock looks at them, and when the node goes down they all hear so.</summary>
public sealed class OpenSockets(IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService, IHostedLifecycleService
{
    private const string Farewell = "the server is going down";
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ChatSocket, bool> sockets = new();
    private readonly TaskCompletionSource allGone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool goingDown;

    public int Count => sockets.Count;

    /// <summary>Bytes that wait in all their outboxes.</summary>
    public long Waiting => sockets.Sum(entry => entry.Key.Outbox.Waiting);

    /// <summary>The process was told to stop: nobody new is taken in.</summary>
    public bool GoingDown => goingDown || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>A socket is one of these until it leaves.</summary>
    public void Enter(ChatSocket socket)
    {
        sockets.TryAdd(socket, true);
        if (goingDown) _ = socket.Bye(Farewell); // it came in while the others were told
    }

    public void Leave(ChatSocket socket)
    {
        sockets.TryRemove(socket, out _);
        if (goingDown && sockets.IsEmpty) allGone.TrySetResult();
    }

    /// <summary>Before anything stops that a socket needs.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        goingDown = true;
        foreach (var socket in sockets.Keys) _ = socket.Bye(Farewell);
        if (!sockets.IsEmpty) await allGone.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whoever is still here when all else is gone is let go: no server has their connections.</summary>
    public override void Dispose()
    {
        foreach (var socket in sockets.Keys) socket.End(ProtocolClose.GoingDown, Farewell);
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var socket in sockets.Keys) socket.Watch();
        }
    }
}
