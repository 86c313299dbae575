using System.Globalization;
using System.Text;

namespace OrleansChat.Tests.Cluster.Processes;

/// <summary>What faults cost, as a table in Markdown.</summary>
internal sealed class FaultReport
{
    /// <summary><c>CHAT_REPORT</c> names a file that gets the table too.</summary>
    private static readonly string? ToFile = Environment.GetEnvironmentVariable("CHAT_REPORT");

    private readonly StringBuilder table = new(
        "| fault | posts answered | lost | doubled | a room refused posts for: median / worst | and at the node's return | false evictions | ended by themselves | what clients saw |\n"
        + "|---|---|---|---|---|---|---|---|---|\n");

    private readonly StringBuilder notes = new();

    public void Add(FaultCost cost) => table.AppendLine(CultureInfo.InvariantCulture,
        $"| {cost.Fault} | {cost.Answered} | 0 | 0 | {Spans(cost.Refusals)} | {Spans(cost.AtReturn)} | {cost.FalseEvictions} | {cost.EndedByThemselves} | {cost.ClientsSaw} |");

    public void Note(string line) => notes.AppendLine(line);

    private static string Spans(IReadOnlyList<TimeSpan> spans) => spans.Count == 0 ? "" : $"{Span(spans.Order().ElementAt(spans.Count / 2))} / {Span(spans.Max())}";

    public static string Span(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:F2} s");

    public override string ToString() => $"{table}\n{notes}";

    /// <param name="said">What the nodes said; it is kept beside the table.</param>
    public void Keep(string said)
    {
        if (ToFile is not { Length: > 0 }) return;
        File.WriteAllText(ToFile, ToString());
        File.WriteAllText($"{ToFile}.log", said);
    }
}

/// <summary>What a fault cost. That nothing was lost or doubled has been asserted before it is written down.</summary>
/// <param name="Refusals">For each room and each time that the fault struck, the longest time in which the room answered nobody who waited.</param>
/// <param name="AtReturn">The same while the node came back, where that was told apart.</param>
internal sealed record FaultCost(
    string Fault, int Answered, IReadOnlyList<TimeSpan> Refusals, IReadOnlyList<TimeSpan> AtReturn, int FalseEvictions, int EndedByThemselves, string ClientsSaw);
