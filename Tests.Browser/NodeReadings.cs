namespace OrleansChat.Tests.Browser;

/// <summary><c>readings.js</c>: what the nodes' page knows of the nodes, by the times at which they were heard of.</summary>
public sealed class NodeReadings(House house) : Visit(house)
{
    private const string Opened = """
        const start = Date.parse("2026-11-22T09:00:00Z");
        const reading = (node, second, more = {}) =>
          ({ node, at: new Date(start + second * 1000).toISOString(), load1: 1, processMemory: 1, connections: 0, silent: 0, ...more });
        const hour = (latest, seconds, of = second => second) =>
          ({ latest, times: seconds.map(second => start + second * 1000), figures: { connections: seconds.map(of) }, cores: [] });
        const range = (from, to, step) => Array.from({ length: (to - from) / step + 1 }, (_, i) => from + i * step);
        const readings = new Readings();
        const shown = now => readings.all(now * 1000).map(({ node, lost }) => `${node}${lost ? " lost" : ""}`);
        """;

    [Fact]
    public Task A_node_is_lost_when_the_cluster_says_so_until_it_speaks_again() => Give(
        """
        readings.take([reading("a", 0), reading("b", 0)], 0);
        const both = shown(60);
        readings.take([reading("a", 60), reading("b", 0, { silent: 60, lost: true })], 60_000);
        const silent = [...shown(60), readings.all(60_000)[1].silent, readings.all(60_000)[1].past.length];
        readings.take([reading("a", 62), reading("b", 62)], 62_000);
        return [...both, ...silent, ...shown(62)];
        """, "a", "b", "a", "b lost", "60000", "1", "a", "b");

    [Fact]
    public Task A_reading_stands_at_the_time_at_which_the_cluster_heard_it_whatever_the_nodes_clock_says() => Give(
        """
        readings.take([reading("a", 60), reading("b", 5_000, { silent: 1.5 })], 1_000_000);
        return readings.all(1_000_000).map(({ past }) => past[0].at);
        """, "1000000", "998500");

    [Fact]
    public Task What_the_cluster_forgot_is_forgotten_here_and_the_rest_stands_in_order() => Give(
        """
        readings.take([reading("node-10", 0), reading("gone", 0), reading("node-2", 0)], 0);
        readings.take([reading("node-10", 2), reading("node-2", 2)], 2_000);
        return shown(2);
        """, "node-2", "node-10");

    [Fact]
    public Task An_hour_is_kept_the_last_five_minutes_as_they_were_and_means_of_ten_seconds_before() => Give(
        """
        for (let second = 0; second <= 7200; second += 2) {
          readings.take([reading("a", second, { connections: second, cores: [second, null] })], second * 1000);
          readings.take([reading("a", second, { connections: second })], second * 1000 + 500);
        }
        const { past } = readings.all(7_200_000, 3_600_000)[0];
        const [mean] = past.slice(100);
        return [past.length, readings.all(7_200_000)[0].past.length, mean.of, mean.reading.connections, mean.reading.cores[0], past.at(-1).reading.connections];
        """, "481", "151", "5", "4604", "4604", "7200");

    [Fact]
    public Task The_past_is_asked_for_once_where_the_server_knows_more_of_it() => Give(
        """
        readings.take([reading("a", 3_600, { past: 3_600 }), reading("b", 3_600, { past: 10 })], 0);
        const first = readings.wanted(0);
        const again = readings.wanted(2_000);
        readings.fill(hour(reading("a", 3_600), range(2, 3_600, 2)), 2_000);
        readings.take([reading("a", 3_602, { past: 3_600 })], 8_000);
        const { past } = readings.all(8_000, 3_600_000)[0];
        return [first, again.length, readings.wanted(8_000).length, past.length > 1_700, Math.round(past[0].at / 10_000), past.at(-1).reading.connections];
        """, "a", "0", "0", "true", "-359", "0");

    [Fact]
    public Task What_was_not_heard_for_a_while_is_asked_for_when_the_nodes_have_told_it_each_other() => Give(
        """
        for (let second = 0; second <= 20; second += 2) readings.take([reading("a", second, { past: second, connections: second })], second * 1000);
        readings.take([reading("a", 34, { past: 0 })], 34_000); // whoever kept it died, and another one does not know it yet
        const early = readings.wanted(34_000).length;
        for (let second = 36; second <= 42; second += 2) readings.take([reading("a", second, { past: second, connections: second })], second * 1000);
        const late = readings.wanted(42_000);
        readings.fill(hour(reading("a", 42), range(0, 42, 2)), 42_000);
        const times = readings.all(42_000)[0].past.map(({ at }) => at / 1000);
        return [early, late, times.length, times.every((time, i) => time === 2 * i), readings.wanted(60_000).length];
        """, "0", "a", "22", "true", "0");

    [Fact]
    public Task What_this_page_saw_before_the_servers_hour_begins_stays() => Give(
        """
        for (let second = 0; second <= 100; second += 2) readings.take([reading("a", second)], second * 1000);
        readings.fill(hour(reading("a", 100), range(50, 98, 2)), 100_000);
        const { past } = readings.all(100_000)[0];
        return [past[0].at, past.at(-1).at, past.length];
        """, "0", "100000", "46");

    [Fact]
    public Task What_was_known_at_a_time_is_the_nearest_reading_if_it_is_near() => Give(
        """
        for (const second of [0, 2, 20]) readings.take([reading("a", second, { connections: second })], second * 1000);
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
