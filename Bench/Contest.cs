using System.Diagnostics;
using OrleansChat.Bench.Peers;
using OrleansChat.Bench.Report;
using OrleansChat.Bench.Works;

namespace OrleansChat.Bench;

/// <summary>Who is measured at what: a run from the command line to its report.</summary>
internal static class Contest
{
    public static readonly IReadOnlyList<string> Works = [.. AllWorks(Scale.Short).Select(work => work.Name.Replace(' ', '-'))];

    /// <summary>Measures, and writes the report.</summary>
    /// <param name="works">Names of works, or "all".</param>
    /// <param name="only">Names of those who take part; none for everybody.</param>
    /// <param name="folder">Where the report goes.</param>
    /// <returns>0; 1 when somebody's turn broke; 2 when a name is unknown.</returns>
    public static async Task<int> Hold(Scale scale, string[] works, string[] only, string folder, string command)
    {
        if (works.FirstOrDefault(name => name != "all" && !Works.Contains(name)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no work '{unknown}'. There are: all, {string.Join(", ", Works)}.");
            return 2;
        }

        if (Dotnet.Configuration != "Release" && scale != Scale.Short with { Rounds = scale.Rounds })
        {
            Console.Error.WriteLine("Only a release is measured: dotnet run -c Release --project Bench -- … (or --short, to see that it works).");
            return 2;
        }

        var began = (At: DateTimeOffset.UtcNow, Clock: Stopwatch.GetTimestamp());
        var scratch = Directory.CreateTempSubdirectory("chat-bench-").FullName;
        try
        {
            var runner = new Runner(scale, scratch, only, Console.Out);
            var done = new List<WorkResult>();
            foreach (var work in AllWorks(scale).Where(work => works.Contains("all") || works.Contains(work.Name.Replace(' ', '-'))))
            {
                done.Add(await runner.Run(work));
                // After each work, so that a run that is broken off has what it measured.
                var run = new RunResult(began.At, Stopwatch.GetElapsedTime(began.Clock), command, Repository.Commit, Machine.Description, scale, done, Goals.Check(done), Versions(done));
                Console.WriteLine($"\n{ReportFiles.Write(run, folder)}\n");
            }

            return done.Any(work => work.Failures.Count > 0) ? 1 : 0;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static IReadOnlyList<Work> AllWorks(Scale scale) =>
    [
        new FanOut(scale),
        new SmallRooms(scale),
        new Posts(scale),
        new Idle(Field.Few, scale),
        new History(scale),
        new Cluster(scale),
        new Storm(Field.Few, scale),
        new Start(Field.All),
    ];

    private static IReadOnlyList<Remark> Versions(List<WorkResult> works)
    {
        var present = works.SelectMany(work => work.Samples).Select(sample => sample.Entrant).ToHashSet();
        return [.. Field.All.Where(peer => present.Contains(peer.Name)).Select(peer => new Remark(peer.Name, peer.Version))];
    }
}
