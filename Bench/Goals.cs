using System.Globalization;
using OrleansChat.Bench.Databases;
using OrleansChat.Bench.Peers;
using OrleansChat.Bench.Report;

namespace OrleansChat.Bench;

/// <summary>What is to be reached: ratios of medians of the same run, so that they hold on any machine.</summary>
internal sealed class Goals(IReadOnlyList<WorkResult> works)
{
    private static readonly string signalR = Field.SignalR.Name, ours = Field.Memory.Name, durable = Field.Sqlite.Name;

    public static IReadOnlyList<GoalResult> Check(IReadOnlyList<WorkResult> works) => [.. new Goals(works).All().OfType<GoalResult>()];

    private IEnumerable<GoalResult?> All() =>
    [
        AtLeast("fan-out", "1,000 sockets, saturated: deliveries per CPU second ≥ 3 × SignalR's", 3, Ratio("fan-out", "1,000 sockets, saturated", Figure.PerCpuSecond, ours, signalR)),
        AtLeast("fan-out", "1,000 sockets, one post at a time: ≥ 3 × SignalR's", 3, Ratio("fan-out", "1,000 sockets, one at a time", Figure.PerCpuSecond, ours, signalR)),
        AtMost("fan-out", "1,000 sockets, at half of SignalR's saturation: p99 ≤ 0.25 × SignalR's", 0.25, Ratio("fan-out", "1,000 sockets, half of SignalR's load", Figure.P99, ours, signalR)),
        AtMost("fan-out", "1,000 sockets, each at half of its own saturation: p99 ≤ 0.25 × SignalR's", 0.25, Ratio("fan-out", "1,000 sockets, half of its own load", Figure.P99, ours, signalR)),
        AtLeast("small rooms", "500 rooms × 4: deliveries per CPU second ≥ 2 × SignalR's", 2, Ratio("small rooms", "500 rooms × 4", Figure.PerCpuSecond, ours, signalR)),
        AtLeast("posts", "durable on SQLite: ≥ 0.5 × the bare database's batched inserts", 0.5, Ratio("posts", "SQLite", Figure.PostsPerSecond, durable, "bare SQLite")),
        AtLeast("posts", "durable on PostgreSQL: ≥ 0.5 × the bare database's batched inserts", 0.5, Ratio("posts", "PostgreSQL", Figure.PostsPerSecond, Postgres.Name, "bare PostgreSQL")),
        Bytes("10,000 sockets, durable: ≤ 8 KiB a connection", Of("idle", "10,000 sockets", Figure.BytesPerSocket, durable)),
        AtMost("idle", "10,000 sockets, durable: ≤ 0.35 × SignalR's bytes a connection", 0.35, Ratio("idle", "10,000 sockets", Figure.BytesPerSocket, durable, signalR)),
        AtMost("growth", "a delivery at 10,000 sockets costs ≤ 1.2 × one at 1,000, saturated", 1.2, Across("fan-out", "1,000 sockets, saturated", "10,000 sockets, saturated", Figure.PerCpuSecond, ours)),
        AtMost("growth", "a delivery at 10,000 sockets costs ≤ 1.2 × one at 1,000, one post at a time", 1.2, Across("fan-out", "1,000 sockets, one at a time", "10,000 sockets, one at a time", Figure.PerCpuSecond, ours)),
        AtMost("growth", "a post in a room of a million messages costs ≤ 1.1 × one in an empty room", 1.1, Across("history", "posts in a room of 1,000,000", "posts in an empty room", Figure.CpuPerPost, durable)),
        AtMost("cluster", "a delivery on another node costs ≤ 2 × one on the same node, one room", 2, Ratio("cluster", "one room, 500 sockets", Figure.CpuPerDelivery, "2 nodes, on another node", "1 node")),
        AtMost("cluster", "a delivery on another node costs ≤ 2 × one on the same node, small rooms", 2, Ratio("cluster", "100 rooms × 4", Figure.CpuPerDelivery, "2 nodes, on another node", "1 node")),
    ];

    private GoalResult? AtLeast(string work, string goal, double bound, double? measured) => Result(work, goal, measured, measured >= bound, Number.Times);

    private GoalResult? AtMost(string work, string goal, double bound, double? measured) => Result(work, goal, measured, measured <= bound, Number.Times);

    private GoalResult? Bytes(string goal, double? measured) =>
        Result("idle", goal, measured, measured <= 8 * 1024, bytes => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024:0.0} KiB"));

    /// <returns>Null where the work was not run at all.</returns>
    private GoalResult? Result(string work, string goal, double? measured, bool met, Func<double, string> format) =>
        measured is null && works.All(each => each.Name != work) ? null : new(work, goal, measured, measured is null ? null : met, format);

    private double? Ratio(string work, string @case, Figure figure, string of, string to) => Of(work, @case, figure, of) / Of(work, @case, figure, to);

    /// <summary>One entrant's figure in one part of a work, by that in another.</summary>
    private double? Across(string work, string @case, string other, Figure figure, string of) => Of(work, @case, figure, of) / Of(work, other, figure, of);

    private double? Of(string work, string @case, Figure figure, string entrant) =>
        works.FirstOrDefault(each => each.Name == work)?.Of(entrant, @case, figure)?.Median;
}
