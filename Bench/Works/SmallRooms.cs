using OrleansChat.Bench.Peers;
using OrleansChat.Bench.Report;

namespace OrleansChat.Bench.Works;

/// <summary>Very many rooms with few sockets each, all of them talking.</summary>
public sealed class SmallRooms(IReadOnlyList<Peer> peers, Scale scale) : Work
{
    public override string Name => "small rooms";

    public override string Says => "In every room one post is always under way: the next leaves when all its members have had the last.";

    public override IReadOnlyList<Entrant> Entrants => [.. peers.Select(peer => new Entrant(peer.Name, peer.Keeps, peer.Prepare, turn => Run(peer, turn)))];

    private async Task<IReadOnlyList<Reading>> Run(Peer peer, Turn turn)
    {
        var readings = new List<Reading>();
        foreach (var (rooms, members) in scale.SmallRooms.Where(size => Field.With(size.Rooms * size.Members).Contains(peer)))
        {
            var each = turn with { Folder = Path.Combine(turn.Folder, $"{rooms}") };
            var outcome = await Served.With(peer, each, Served.Clients(rooms, members), (crowd, server) =>
            {
                var talk = new Load.Talk(crowd, () => server.CpuSeconds);
                talk.WarmUp(1, peer.WarmUp < scale.WarmUp ? peer.WarmUp : scale.WarmUp);
                return talk.Closed(1, scale.Time);
            });
            readings.AddRange(FanOut.Rates($"{rooms:N0} rooms × {members}", outcome));
        }

        return readings;
    }
}
