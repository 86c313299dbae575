using OrleansChat.Bench.Load;
using OrleansChat.Bench.Peers;
using OrleansChat.Bench.Report;

namespace OrleansChat.Bench.Works;

/// <summary>Very many rooms with few sockets each, all of them talking.</summary>
public sealed class SmallRooms(Scale scale) : Work
{
    public override string Name => "small rooms";

    public override string Says => "In every room one post is always under way: the next leaves when all its members have had the last.";

    public override IReadOnlyList<Entrant> Entrants =>
    [
        .. scale.SmallRooms.SelectMany(size => Field.With(size.Rooms * size.Members).Select(peer =>
            new Entrant(peer.Name, peer.Keeps, peer.Prepare, turn => Run(peer, size.Rooms, size.Members, turn)))),
    ];

    private async Task<IReadOnlyList<Reading>> Run(Peer peer, int rooms, int members, Turn turn)
    {
        var outcome = await Served.With(peer, turn, Served.Clients(rooms, members), (crowd, server) =>
        {
            var talk = new Talk(crowd, () => server.CpuSeconds, awake: true);
            talk.WarmUp(1, peer.WarmUp < scale.WarmUp ? peer.WarmUp : scale.WarmUp);
            return talk.Closed(1, scale.Time);
        });
        return [.. FanOut.Rates($"{rooms:N0} rooms × {members}", outcome)];
    }
}
