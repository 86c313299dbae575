using OrleansChat.Nodes;

namespace OrleansChat.Tests.Conformance;

/// <summary>What an engine keeps of the nodes' readings, and gives to every edge.</summary>
public abstract class NodesOfAll(Func<Task<EngineUnderTest>> start) : Conformance(start)
{
    private readonly string own = Guid.NewGuid().ToString("N")[..8];
    private DateTimeOffset now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero); // the nodes' clock is its own

    [Fact]
    public async Task A_reading_that_is_reported_at_one_edge_is_seen_at_another()
    {
        var reading = Reading("ada") with { Cpu = 0.25, Cores = [0.5, null], MemoryTotal = 16L << 30, Connections = 7 };
        await Engine.Edge(0).Metrics.Report(reading);
        var seen = await Seen("ada", edge: 1);
        Assert.Equal((0.25, 16L << 30, 7, 0, null), (seen!.Cpu, seen.MemoryTotal, seen.Connections, seen.Silent, seen.Lost));
        Assert.Equal([0.5, null], seen.Cores);
    }

    [Fact]
    public async Task A_silent_node_is_lost_at_every_edge_until_it_speaks_and_forgotten_after_an_hour()
    {
        await Chat.Metrics.Report(Reading("ada"));
        await Pass(10);
        Assert.Equal((10, true), ((await Seen("ada"))!.Silent, (await Seen("ada", edge: 2))!.Lost));
        await Chat.Metrics.Report(Reading("ada"));
        Assert.Null((await Seen("ada"))!.Lost);
        await Pass(3_599);
        Assert.NotNull(await Seen("ada"));
        await Pass(1);
        Assert.Null(await Seen("ada"));
        Assert.Null(await Chat.Metrics.Past(Name("ada")));
    }

    [Fact]
    public async Task What_a_node_kept_itself_is_its_past_for_everybody()
    {
        var mine = new NodeMetrics(TimeProvider.System);
        for (var i = 0; i < 400; i++)
        {
            now += TimeSpan.FromSeconds(2);
            mine.Take(Reading("ada") with { Connections = i, Cpu = i % 2 == 0 ? 0.5 : null, Cores = [0.5, i % 3 == 0 ? null : 1] });
        }

        await Chat.Metrics.Report(mine.Latest()[0]);
        foreach (var stretch in mine.Stretches(Name("ada"))) await Chat.Metrics.Fill(stretch);
        var (kept, seen) = (mine.Past(Name("ada"))!, (await Engine.Edge(2).Metrics.Past(Name("ada")))!);
        Assert.Equal(kept.Times, seen.Times);
        Assert.Equal(kept.Figures.OrderBy(figure => figure.Key), seen.Figures.OrderBy(figure => figure.Key));
        Assert.Equal(kept.Cores, seen.Cores);
        Assert.Equal(798, (await Seen("ada"))!.Past);
    }

    [Fact]
    public async Task Of_a_node_that_nobody_heard_of_there_is_no_past() => Assert.Null(await Chat.Metrics.Past(Name("nobody")));

    private async Task<NodeReading?> Seen(string node, int edge = 0) =>
        (await Engine.Edge(edge).Metrics.Latest()).SingleOrDefault(reading => reading.Node == Name(node));

    private NodeReading Reading(string node) => new(Name(node), now, "proc", null, null, null, 0, 0);

    private Task Pass(double seconds)
    {
        now += TimeSpan.FromSeconds(seconds);
        return Engine.Pass(TimeSpan.FromSeconds(seconds));
    }

    private string Name(string node) => $"{node}-{own}";
}
