using System.Text.Json;
using OrleansChat.Nodes;

namespace OrleansChat.Tests.Nodes;

/// <summary>An hour of every node: what is kept, what is lost and what is forgotten.</summary>
public sealed class NodeHours
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private readonly ManualTime time = new(Nine);
    private readonly NodeMetrics nodes;

    public NodeHours() => nodes = new(time);

    [Fact]
    public void A_node_that_is_silent_for_ten_seconds_is_lost_with_its_last_word_until_it_speaks_again()
    {
        nodes.Take(Reading("ada", connections: 3));
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Null(Assert.Single(nodes.Latest()).Lost);
        time.Advance(TimeSpan.FromSeconds(0.1));
        var lost = Assert.Single(nodes.Latest());
        Assert.Equal((true, 10, 3), (lost.Lost, lost.Silent, lost.Connections));
        nodes.Take(Reading("ada"));
        Assert.Equal((null, 0), (nodes.Latest()[0].Lost, nodes.Latest()[0].Silent));
    }

    [Fact]
    public void A_node_that_is_silent_for_an_hour_is_forgotten_with_its_past_and_no_other()
    {
        nodes.Take(Reading("bob"));
        time.Advance(TimeSpan.FromMinutes(59));
        nodes.Take(Reading("ada"));
        Assert.Equal(["ada", "bob"], nodes.Latest().Select(node => node.Node));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("ada", Assert.Single(nodes.Latest()).Node);
        Assert.Null(nodes.Past("bob"));
    }

    [Fact]
    public void An_hour_is_kept_and_no_more()
    {
        Live("ada", TimeSpan.FromMinutes(90));
        var all = All("ada");
        Assert.Equal(1_800, all.Count);
        Assert.Equal(Enumerable.Range(0, 1_800).Select(i => time.GetUtcNow().AddSeconds(-2 * i).ToUnixTimeMilliseconds()).Reverse(), all.Select(one => one.At));
        Assert.Equal(3_598, nodes.Latest()[0].Past);
        time.Advance(TimeSpan.FromMinutes(30));
        nodes.Take(Reading("ada"));
        Assert.Equal(901, All("ada").Count); // after a pause an hour has fewer readings, and is no longer
    }

    [Fact]
    public void Every_figure_of_a_reading_is_kept_for_an_hour()
    {
        string[] not = ["At", "Node", "Source", "Cores", "TemperatureZone", "Silent", "Lost", "Past"];
        Assert.Equal(
            typeof(NodeReading).GetProperties().Select(property => property.Name).Except(not).Select(JsonNamingPolicy.CamelCase.ConvertName).Order(StringComparer.Ordinal),
            NodeFigure.All.Select(figure => figure.Name).Except([NodeFigure.CoresOnline]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_last_five_minutes_are_shown_as_they_were_and_a_mean_of_ten_seconds_before_them()
    {
        Live("ada", TimeSpan.FromMinutes(60));
        var past = nodes.Past("ada")!;
        Assert.Equal(330 + 151, past.Times.Count);
        Assert.Equal(Enumerable.Repeat(10_000L, 329), past.Times.Take(330).Zip(past.Times.Skip(1).Take(329), (one, next) => next - one));
        Assert.Equal(Enumerable.Repeat(2_000L, 150), past.Times.Skip(330).Zip(past.Times.Skip(331), (one, next) => next - one));
        Assert.Equal(time.GetUtcNow().ToUnixTimeMilliseconds(), past.Times[^1]);
        var counted = past.Figures["connections"]; // one more with each reading
        Assert.Equal(5, counted[200] - counted[199]);
        Assert.Equal((1_800f, 1_799f), (counted[^1], counted[^2]));
    }

    [Fact]
    public void What_was_unknown_stays_unknown_and_what_never_was_known_is_left_out()
    {
        foreach (var (cpu, cores) in new (double?, double?[]?)[] { (0.25, [0.5, null]), (null, null), (0.5, [1, 0, 0.125]) })
        {
            nodes.Take(Reading("ada") with { Cpu = cpu, Cores = cores });
            time.Advance(TimeSpan.FromSeconds(2));
        }

        var past = nodes.Past("ada")!;
        Assert.Equal([0.25f, null, 0.5f], past.Figures["cpu"]);
        Assert.False(past.Figures.ContainsKey("load1"));
        Assert.Equal([0.5f, null, 1], past.Cores[0]);
        Assert.Equal([null, null, 0], past.Cores[1]);
        Assert.Equal([null, null, 0.125f], past.Cores[2]);
    }

    [Fact]
    public void A_clock_that_is_set_back_costs_what_comes_again_and_nothing_else()
    {
        Live("ada", TimeSpan.FromSeconds(20));
        var back = Reading("ada") with { At = time.GetUtcNow().AddSeconds(-9) };
        time.Advance(TimeSpan.FromSeconds(2));
        nodes.Take(back);
        Assert.Equal((6, back.At.ToUnixTimeMilliseconds()), (All("ada").Count, All("ada")[^1].At));
        Assert.Null(nodes.Latest()[0].Lost);
    }

    [Fact]
    public void A_past_that_is_filled_in_is_the_same_as_one_that_was_heard()
    {
        Live("ada", TimeSpan.FromMinutes(61), cores: 3);
        var fresh = new NodeMetrics(time);
        fresh.Take(nodes.Latest()[0]); // the first report comes before the past does
        foreach (var stretch in nodes.Stretches("ada")) fresh.Take(Through(stretch));
        Assert.Equal(JsonSerializer.Serialize(nodes.Past("ada")), JsonSerializer.Serialize(fresh.Past("ada")));
        foreach (var stretch in nodes.Stretches("ada")) fresh.Take(stretch); // by somebody else
        Assert.Equal(JsonSerializer.Serialize(nodes.Stretches("ada").ToList()), JsonSerializer.Serialize(fresh.Stretches("ada").ToList()));
    }

    [Fact]
    public void A_hole_is_filled_by_what_lies_in_it()
    {
        var other = new NodeMetrics(time);
        for (var i = 0; i < 100; i++)
        {
            nodes.Take(Reading("ada", connections: i));
            if (i is < 40 or > 60) other.Take(Reading("ada", connections: i));
            time.Advance(TimeSpan.FromSeconds(2));
        }

        foreach (var stretch in nodes.Stretches("ada")) other.Take(stretch);
        Assert.Equal(All("ada"), All("ada", other));
    }

    [Fact]
    public void Whoever_died_with_the_one_who_knew_is_lost_when_it_would_have_been()
    {
        nodes.Take(Reading("ada"));
        time.Advance(TimeSpan.FromSeconds(7));
        var fresh = new NodeMetrics(time);
        fresh.Take(Through(nodes.LastWord("ada")!));
        Assert.Equal((7, null), (fresh.Latest()[0].Silent, fresh.Latest()[0].Lost));
        time.Advance(TimeSpan.FromSeconds(3));
        fresh.Take(nodes.LastWord("ada")!); // told once more: no sign of life
        Assert.Equal((10, true), (fresh.Latest()[0].Silent, fresh.Latest()[0].Lost));
    }

    [Fact]
    public void A_message_has_ten_minutes_at_the_most_even_of_a_machine_with_thousands_of_cores()
    {
        for (var i = 0; i < 301; i++)
        {
            nodes.Take(Reading("ada") with { Cores = [.. Enumerable.Repeat<double?>(0.125, 8_192)] });
            time.Advance(TimeSpan.FromSeconds(2));
        }

        var stretches = nodes.Stretches("ada").ToList();
        Assert.Equal([300, 1], stretches.Select(stretch => stretch.Times.Count));
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(stretches[0]).Length, 100_000, 1_000_000);
    }

    [Fact]
    public void A_hundred_nodes_with_an_hour_each_are_taken_in_by_a_fresh_one()
    {
        Live("ada", TimeSpan.FromMinutes(60), cores: 8);
        var stretches = nodes.Stretches("ada").ToList();
        var fresh = new NodeMetrics(time);
        for (var i = 0; i < 100; i++)
        {
            foreach (var stretch in stretches) fresh.Take(stretch with { Latest = stretch.Latest with { Node = $"node-{i}" } });
        }

        Assert.Equal(100, fresh.Latest().Count(node => node is { Past: 3_598, Lost: null }));
    }

    private void Live(string node, TimeSpan span, int cores = 0)
    {
        for (var i = 1; i <= span.TotalSeconds / 2; i++)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            nodes.Take(Reading(node, connections: i) with { Cores = cores == 0 ? null : [.. Enumerable.Range(0, cores).Select(core => (double?)((i + core) % 200) / 200)] });
        }
    }

    private NodeReading Reading(string node, int connections = 0) => new(node, time.GetUtcNow(), "proc", null, null, null, 0, connections);

    private List<(long At, float? Connections)> All(string node, NodeMetrics? of = null) =>
        [.. (of ?? nodes).Stretches(node).Reverse().SelectMany(stretch => stretch.Times.Zip(stretch.Figures["connections"]))];

    /// <summary>As it comes out of a message between nodes.</summary>
    private static NodePast Through(NodePast past) => JsonSerializer.Deserialize<NodePast>(JsonSerializer.SerializeToUtf8Bytes(past))!;
}
