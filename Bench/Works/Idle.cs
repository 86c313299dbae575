using OrleansChat.Bench.Load;
using OrleansChat.Bench.Peers;
using OrleansChat.Bench.Report;

namespace OrleansChat.Bench.Works;

/// <summary>Very many sockets, each in a room, of whom nobody says anything.</summary>
public sealed class Idle(IReadOnlyList<Peer> peers, Scale scale) : Work
{
    private const int PerRoom = 100;
    private const int First = 100; // they come and go before the measurement, so that the code is loaded

    private TimeSpan Quiet => scale.Time * 3; // until what connecting left behind is settled

    public override string Name => "idle";

    public override string Says =>
        $"{scale.Sockets:N0} sockets in rooms of {PerRoom}. Bytes per connection: what the server's resident memory grew by since before they came (after {First} others came and went), " +
        $"{Quiet.TotalSeconds:0} s after the last one, divided by their number; the kernel's buffers are not in it. CPU: of the {Quiet.TotalSeconds:0} s after that. " +
        "Where the members outlast a restart, the server is started again between making them and measuring; in memory, what it keeps of members and rooms is counted in.";

    public override IReadOnlyList<Entrant> Entrants =>
        [.. peers.Select(peer => new Entrant(peer.Name, peer.Keeps, peer.Prepare, turn => Run(peer, turn)))];

    private async Task<IReadOnlyList<Reading>> Run(Peer peer, Turn turn)
    {
        var clients = Served.Clients(scale.Sockets / PerRoom, PerRoom);
        if (peer.Restarts)
        {
            await using var before = await peer.Start(turn.Folder, Machine.FreePort());
            await Served.OnOwnCore(() => peer.Enroll(before.Port, clients));
        }

        await using var server = await peer.Start(turn.Folder, Machine.FreePort());
        return await Served.OnOwnCore(() => Measure(peer, server, clients));
    }

    private IReadOnlyList<Reading> Measure(Peer peer, ServerProcess server, IReadOnlyList<Client> clients)
    {
        if (!peer.Restarts) peer.Enroll(server.Port, [.. clients.Take(First)]);
        using (var first = Crowd.Connect(peer, server.Port, [.. clients.Take(First)])) first.Idle(Quiet / 4);
        var before = server.Resident;
        if (!peer.Restarts) peer.Enroll(server.Port, [.. clients.Skip(First)]);
        using var crowd = Crowd.Connect(peer, server.Port, clients);
        crowd.Idle(Quiet);
        var cpu = server.CpuSeconds;
        crowd.Idle(Quiet);
        return
        [
            new($"{clients.Count:N0} sockets", Figure.BytesPerSocket, (server.Resident - before) / (double)clients.Count),
            new($"{clients.Count:N0} sockets", Figure.CpuShare, 100 * (server.CpuSeconds - cpu) / Quiet.TotalSeconds),
        ];
    }
}
