using OrleansChat.Bench.Report;
using OrleansChat.Bench.Works;

namespace OrleansChat.Bench;

/// <summary>Runs works: everybody in turn, round by round, so that a slow minute of the machine meets them all.</summary>
public sealed class Runner(Scale scale, string folder, string[] only, TextWriter log)
{
    private readonly Dictionary<string, string?> prepared = []; // why somebody cannot run; null where they can
    private int turns;

    /// <summary>One work, all rounds.</summary>
    public async Task<WorkResult> Run(Work work)
    {
        var able = new List<Entrant>();
        var result = new WorkResult(work.Name, work.Says);
        foreach (var entrant in work.Entrants.Where(entrant => only.Length == 0 || only.Contains(entrant.Name)))
        {
            if (await Prepare(entrant) is not { } reason) able.Add(entrant);
            else if (result.Absent.All(absent => absent.Entrant != entrant.Name)) result.Absent.Add(new(entrant.Name, reason));
        }

        for (var round = 1; round <= scale.Rounds; round++)
        {
            foreach (var entrant in able) await Turn(work, entrant, round, result);
        }

        return result;
    }

    private async Task<string?> Prepare(Entrant entrant)
    {
        if (prepared.TryGetValue(entrant.Name, out var known)) return known;
        log.WriteLine($"preparing {entrant.Name}");
        var reason = await entrant.Prepare();
        if (reason is not null) log.WriteLine($"  IT DOES NOT TAKE PART: {reason}");
        return prepared[entrant.Name] = reason;
    }

    private async Task Turn(Work work, Entrant entrant, int round, WorkResult result)
    {
        var own = Path.Combine(folder, $"turn-{++turns}");
        Directory.CreateDirectory(own);
        try
        {
            log.WriteLine($"{DateTime.Now:HH:mm:ss} {work.Name}, round {round}, {entrant.Name}");
            foreach (var reading in await entrant.Run(new(scale, round, own)))
            {
                if (!double.IsFinite(reading.Value)) continue; // less processor time than the kernel's clock can tell
                result.Samples.Add(new(entrant.Name, entrant.Keeps, round, reading));
                log.WriteLine($"    {reading.Case}: {Number.Of(reading.Value)} {reading.Figure.Unit} {reading.Figure.Name}");
            }
        }
        catch (Exception e)
        {
            log.WriteLine($"  IT FAILED: {e.Message}");
            result.Failures.Add(new(entrant.Name, $"round {round}: {e.Message}"));
        }
    }
}
