using System.Collections.Concurrent;

namespace OrleansChat.Gateway.Sockets;

/// <summary>All sockets of this edge: one clock looks at them, and when the node goes down they all hear so.</summary>
public sealed class OpenSockets(TimeProvider time, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ChatSocket, bool> sockets = new();

    public int Count => sockets.Count;

    public void Add(ChatSocket socket) => sockets.TryAdd(socket, true);

    public void Remove(ChatSocket socket) => sockets.TryRemove(socket, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not when the services stop one by one: the web server is the first of them, and waits for its connections.
        await using var going = lifetime.ApplicationStopping.Register(() => _ = TellEveryone());
        using var timer = new PeriodicTimer(BetweenLooks, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var socket in sockets.Keys) socket.Watch();
        }
    }

    private Task TellEveryone() => Task.WhenAll(sockets.Keys.Select(socket => socket.Bye("the server is going down")));
}
