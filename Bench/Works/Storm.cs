using System.Diagnostics;
using OrleansChat.Bench.Load;
using OrleansChat.Bench.Peers;
using OrleansChat.Bench.Report;

namespace OrleansChat.Bench.Works;

/// <summary>Everybody loses the connection, misses something and comes back at once.</summary>
public sealed class Storm(IReadOnlyList<Peer> peers, Scale scale) : Work
{
    private const int Missed = 20;
    private const int AtOnce = 256;

    public override string Name => "storm";

    public override string Says =>
        $"{scale.Sockets:N0} clients of one room are cut off, miss {Missed} messages and come back, {AtOnce} at any moment on their way in: the time until everybody is in and has had all that was missed. " +
        "Servers that keep nothing to resume from are measured until everybody is in again.";

    public override IReadOnlyList<Entrant> Entrants =>
        [.. peers.Select(peer => new Entrant(peer.Name, peer.Resumes ? $"{peer.Keeps}; resumes" : $"{peer.Keeps}; nothing to resume", peer.Prepare, turn => Run(peer, turn)))];

    private async Task<IReadOnlyList<Reading>> Run(Peer peer, Turn turn) =>
        await Served.With(peer, turn, Served.Clients(1, scale.Sockets), (crowd, server) => Measure(peer, crowd, server));

    private static IReadOnlyList<Reading> Measure(Peer peer, Crowd crowd, ServerProcess server)
    {
        crowd.Idle(TimeSpan.FromSeconds(1));
        var poster = crowd.Clients[0];
        IReadOnlyList<Client> others = [.. crowd.Clients.Skip(1)];
        foreach (var client in others) Crowd.Cut(client);
        crowd.Idle(TimeSpan.FromSeconds(1)); // the server has noticed

        var had = 0;
        for (var i = 1; i <= Missed; i++)
        {
            crowd.Post(poster, Stopwatch.GetTimestamp(), Scale.Text);
            while (had < i) crowd.Turn(10, (_, _) => had++);
        }

        var (cpu, began) = (server.CpuSeconds, Stopwatch.GetTimestamp());
        var coming = Task.Factory.StartNew(() => Crowd.ConnectAll(others, AtOnce, client => crowd.Connect(client, server.Port)), TaskCreationOptions.LongRunning);
        had = 0;
        var all = peer.Resumes ? others.Count * Missed : 0;
        while (!coming.IsCompleted || (coming.IsCompletedSuccessfully && had < all))
        {
            crowd.Turn(10, (_, _) => had++);
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(2)) throw new InvalidOperationException($"After two minutes {had} of {all} messages were resumed.");
        }

        coming.GetAwaiter().GetResult();

        return
        [
            new($"{others.Count + 1:N0} clients", Figure.Time, Stopwatch.GetElapsedTime(began).TotalSeconds),
            new($"{others.Count + 1:N0} clients", Figure.CpuTime, server.CpuSeconds - cpu),
        ];
    }
}
