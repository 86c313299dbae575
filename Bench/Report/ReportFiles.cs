using System.Text.Json;

namespace OrleansChat.Bench.Report;

/// <summary>A run's files: the page, its plots and all readings as JSON, named by the day.</summary>
internal static class ReportFiles
{
    private static readonly JsonSerializerOptions indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>The page's path.</returns>
    public static string Write(RunResult run, string folder)
    {
        Directory.CreateDirectory(folder);
        var day = $"{run.At:yyyy-MM-dd}";
        var plots = run.Works.Where(work => work.Samples.Count > 0).ToDictionary(work => work.Name, work => $"{day}-{work.Name.Replace(' ', '-')}.svg");
        foreach (var work in run.Works.Where(work => plots.ContainsKey(work.Name)))
        {
            Plot.Draw(work, name => name.StartsWith("OrleansChat", StringComparison.Ordinal)).Save(Path.Combine(folder, plots[work.Name]));
        }

        var page = Path.Combine(folder, $"{day}.md");
        File.WriteAllText(page, MarkdownReport.Write(run, plots));
        File.WriteAllText(Path.Combine(folder, $"{day}.json"), JsonSerializer.Serialize(Readings(run), indented) + "\n");
        return page;
    }

    private static object Readings(RunResult run) => new
    {
        run.At,
        Minutes = Math.Round(run.Duration.TotalMinutes, 1),
        run.Command,
        run.Commit,
        run.Machine,
        run.Scale,
        run.Versions,
        Goals = run.Goals.Select(goal => new { goal.Work, goal.Goal, goal.Measured, goal.Met }),
        Works = run.Works.Select(work => new
        {
            work.Name,
            work.Absent,
            work.Failures,
            Readings = work.Samples.Select(sample => new
            {
                sample.Entrant,
                sample.Keeps,
                sample.Round,
                sample.Reading.Case,
                Figure = sample.Reading.Figure.Name,
                sample.Reading.Figure.Unit,
                sample.Reading.Value,
            }),
        }),
    };
}
