using OrleansChat.Bench.Load;
using OrleansChat.Bench.Peers;
using OrleansChat.Bench.Report;

namespace OrleansChat.Bench.Works;

/// <summary>One room with very many sockets.</summary>
public sealed class FanOut(Scale scale) : Work
{
    private const int Saturating = 64; // posts under way

    private readonly Dictionary<(int Sockets, int Round), double> reference = []; // posts/s, half of what SignalR reaches saturated

    public override string Name => "fan-out";

    public override string Says =>
        $"One room, {Scale.Text}-byte texts, sixteen of its members post in turn. *Saturated*: {Saturating} posts are always under way, so that a server may put " +
        "several events into one write. *One at a time*: the next post leaves when everybody has had the last. *Half load*: posts leave at even intervals whether or not the server keeps up " +
        "(half of what SignalR reaches saturated in the same round, and half of what the server itself reaches), and a delivery's latency counts from when its post was to leave.";

    public override IReadOnlyList<Entrant> Entrants =>
    [
        .. scale.FanOuts.SelectMany(sockets => Field.With(sockets).Select(peer =>
            new Entrant(peer.Name, peer.Keeps, peer.Prepare, async turn => await Served.With(peer, turn, Served.Clients(1, sockets), (crowd, server) => Measure(peer, crowd, server, turn))))),
    ];

    private List<Reading> Measure(Peer peer, Crowd crowd, ServerProcess server, Turn turn)
    {
        var talk = new Talk(crowd, () => server.CpuSeconds, awake: true);
        var warmUp = peer.WarmUp < scale.WarmUp ? peer.WarmUp : scale.WarmUp;
        talk.WarmUp(Saturating, warmUp);
        var saturated = talk.Closed(Saturating, scale.Time);
        talk.Drain();
        talk.WarmUp(1, warmUp / 4);
        var single = talk.Closed(1, scale.Time);

        var sockets = crowd.Clients.Count;
        var own = saturated.Deliveries / saturated.Seconds / sockets / 2;
        if (peer == Field.SignalR) reference[(sockets, turn.Round)] = own;
        List<Reading> readings =
        [
            .. Rates($"{sockets:N0} sockets, saturated", saturated),
            .. Rates($"{sockets:N0} sockets, one at a time", single),
        ];
        if (reference.TryGetValue((sockets, turn.Round), out var half)) readings.AddRange(Latencies($"{sockets:N0} sockets, half of SignalR's load", talk.Open(half, scale.Time)));
        readings.AddRange(Latencies($"{sockets:N0} sockets, half of its own load", talk.Open(own, scale.Time)));
        return readings;
    }

    internal static IEnumerable<Reading> Rates(string @case, Outcome outcome) =>
    [
        new(@case, Figure.PerCpuSecond, outcome.Deliveries / outcome.CpuSeconds),
        new(@case, Figure.PerSecond, outcome.Deliveries / outcome.Seconds),
        new(@case, Figure.P99, outcome.P99),
        new(@case, Figure.LoadShare, 100 * outcome.LoadShare),
    ];

    private static IEnumerable<Reading> Latencies(string @case, Outcome outcome) =>
    [
        new(@case, Figure.P99, outcome.P99),
        new(@case, Figure.Median, outcome.Median),
        new(@case, Figure.PerSecond, outcome.Deliveries / outcome.Seconds),
        new(@case, Figure.LoadShare, 100 * outcome.LoadShare),
        new(@case, Figure.CpuShare, 100 * outcome.CpuSeconds / outcome.Seconds),
    ];
}
