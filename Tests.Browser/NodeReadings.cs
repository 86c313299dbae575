namespace OrleansChat.Tests.Browser;

/// <summary><c>readings.js</c>: what the nodes' page knows of the nodes, by the times at which it heard of them.</summary>
public sealed class NodeReadings(House house) : Visit(house)
{
    private const string Opened = """
        const start = Date.parse("2026-11-22T09:00:00Z");
        const reading = (node, second, connections = 0) =>
          ({ node, at: new Date(start + second * 1000).toISOString(), load1: 1, processMemory: 1, connections });
        const readings = new Readings();
        const shown = now => readings.all(now * 1000).map(({ node, lost }) => `${node}${lost ? " lost" : ""}`);
        """;

    [Fact]
    public Task A_node_that_is_silent_for_ten_seconds_is_lost_until_it_speaks_again() => Give(
        """
        readings.take([reading("a", 0), reading("b", 0)], 0);
        for (let second = 2; second <= 12; second += 2) readings.take([reading("a", second), reading("b", 0)], second * 1000);
        const silent = shown(12);
        readings.take([reading("a", 14), reading("b", 14)], 14_000);
        return [...shown(10), ...silent, ...shown(14)];
        """, "a", "b", "a", "b lost", "a", "b");

    [Fact]
    public Task Whose_last_reading_is_older_than_the_others_was_lost_before_one_came() => Give(
        """
        readings.take([reading("a", 60), reading("b", 5)], 1_000_000);
        return [...shown(1000), readings.all(1_000_000)[1].silent];
        """, "a", "b lost", "55000");

    [Fact]
    public Task A_node_that_died_long_ago_hides_no_other() => Give(
        """
        readings.take([reading("dead", 0), reading("well", 1800)], 5_000_000);
        return shown(5000);
        """, "dead lost", "well");

    [Fact]
    public Task A_clock_that_is_wrong_loses_no_node() => Give(
        """
        for (let second = 0; second <= 20; second += 2) readings.take([reading("a", second), reading("b", second + 30)], second * 1000);
        return shown(20);
        """, "a", "b");

    [Fact]
    public Task What_the_cluster_forgot_is_forgotten_here_and_the_rest_stands_in_order() => Give(
        """
        readings.take([reading("node-10", 0), reading("gone", 0), reading("node-2", 0)], 0);
        readings.take([reading("node-10", 2), reading("node-2", 2)], 2_000);
        return shown(2);
        """, "node-2", "node-10");

    [Fact]
    public Task Five_minutes_are_kept_and_the_same_reading_counts_once() => Give(
        """
        for (let second = 0; second <= 600; second += 2) {
          readings.take([reading("a", second, second)], second * 1000);
          readings.take([reading("a", second, second)], second * 1000 + 500);
        }
        const { past } = readings.all(600_000)[0];
        return [past.length, past[0].reading.connections, past.at(-1).reading.connections];
        """, "151", "300", "600");

    [Fact]
    public Task What_was_known_at_a_time_is_the_nearest_reading_if_it_is_near() => Give(
        """
        for (const second of [0, 2, 20]) readings.take([reading("a", second, second)], second * 1000);
        const { past } = readings.all(20_000)[0];
        return [0, 0.9, 1.1, 5, 5.1, 16.9, 17, 30].map(second => readingAt(past, second * 1000)?.connections ?? "unknown");
        """, "0", "0", "2", "2", "unknown", "unknown", "20", "unknown");

    private async Task Give(string steps, params string[] expected)
    {
        var page = await Visitor("Page");
        await page.Page.GotoAsync("/nodes.html");
        var given = await page.Page.EvaluateAsync<string[]>($$"""
            async () => {
              const { Readings, readingAt } = await import("/components/nodes/readings.js");
              {{Opened}}
              const answer = (() => { {{steps}} })();
              return answer.map(String);
            }
            """);
        Assert.Equal(expected, given);
    }
}
