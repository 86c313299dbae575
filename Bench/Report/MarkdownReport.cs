using System.Globalization;
using System.Text;

namespace OrleansChat.Bench.Report;

/// <summary>A run as a page: goals first, then each work with its plot and its tables, losing figures and all.</summary>
internal static class MarkdownReport
{
    /// <param name="plots">The plots' file names, by work.</param>
    public static string Write(RunResult run, IReadOnlyDictionary<string, string> plots)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Measured on {run.At:yyyy-MM-dd}").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"`{run.Command}` at {run.Commit}: {run.Scale.Rounds} rounds, everybody in turn; medians, with the least and the most in brackets. {run.Duration.TotalMinutes:0} minutes.").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"{run.Machine}. The server runs on the first core, the load on the second; while rooms are at their busiest the load never sleeps, so that no delivery pays for waking its core. .NET's servers optimize as they do on several cores (`DOTNET_TC_DelaySingleProcMultiplier=1`): with one they would be measured before they have done.").AppendLine();
        if (run.Goals.Count > 0) AppendGoals(text, run.Goals);
        foreach (var work in run.Works) Append(text, work, plots);
        AppendVersions(text, run.Versions);
        return text.ToString();
    }

    private static void AppendGoals(StringBuilder text, IReadOnlyList<GoalResult> goals)
    {
        text.AppendLine("## Goals").AppendLine().AppendLine("| work | goal | measured | |").AppendLine("|---|---|---|---|");
        foreach (var goal in goals)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {goal.Work} | {goal.Goal} | {(goal.Measured is { } measured ? goal.Format(measured) : "not measured")} | {(goal.Met is { } met ? met ? "met" : "**missed**" : "")} |");
        }

        text.AppendLine();
    }

    private static void Append(StringBuilder text, WorkResult work, IReadOnlyDictionary<string, string> plots)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"## {char.ToUpperInvariant(work.Name[0])}{work.Name[1..]}").AppendLine().AppendLine(work.Says).AppendLine();
        if (plots.TryGetValue(work.Name, out var plot)) text.AppendLine(CultureInfo.InvariantCulture, $"![{work.Name}]({plot})").AppendLine();
        foreach (var @case in work.Cases()) AppendTable(text, work, @case);
        foreach (var absent in work.Absent) text.AppendLine(CultureInfo.InvariantCulture, $"- {absent.Entrant} did not take part: {absent.Text}");
        foreach (var failure in work.Failures) text.AppendLine(CultureInfo.InvariantCulture, $"- {failure.Entrant} failed in {failure.Text}");
        if (work.Absent.Count + work.Failures.Count > 0) text.AppendLine();
    }

    private static void AppendTable(StringBuilder text, WorkResult work, string @case)
    {
        var figures = work.Figures(@case);
        var entrants = work.Entrants(@case).ToList();
        var first = work.Of(entrants[0], @case, figures[0])?.Median;
        text.AppendLine(CultureInfo.InvariantCulture, $"### {@case}").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"| | keeps | {string.Join(" | ", figures.Select(figure => figure.Unit.Length > 0 ? $"{figure.Name}, {figure.Unit}" : figure.Name))} | × {entrants[0]} |")
            .AppendLine(CultureInfo.InvariantCulture, $"|---|---|{string.Concat(figures.Select(_ => "---:|"))}---:|");
        foreach (var entrant in entrants)
        {
            var cells = figures.Select(figure => work.Of(entrant, @case, figure) is { } spread ? Cell(spread) : "");
            var ratio = work.Of(entrant, @case, figures[0]) is { } own && first is > 0 ? Number.Times(own.Median / first.Value) : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"| {entrant} | {work.KeepsOf(entrant)} | {string.Join(" | ", cells)} | {ratio} |");
        }

        text.AppendLine();
    }

    private static string Cell(Spread spread) =>
        spread.Least == spread.Most ? Number.Of(spread.Median) : $"{Number.Of(spread.Median)} ({Number.Of(spread.Least)}–{Number.Of(spread.Most)})";

    private static void AppendVersions(StringBuilder text, IReadOnlyList<Remark> versions)
    {
        text.AppendLine("## Versions").AppendLine();
        foreach (var version in versions) text.AppendLine(CultureInfo.InvariantCulture, $"- {version.Entrant}: {version.Text}");
    }
}
