namespace OrleansChat.Bench.Report;

/// <summary>All that was measured at one work.</summary>
public sealed record WorkResult(string Name, string Says)
{
    public List<Sample> Samples { get; } = [];

    /// <summary>Who could not take part here, and what to install.</summary>
    public List<Remark> Absent { get; } = [];

    /// <summary>Turns that broke.</summary>
    public List<Remark> Failures { get; } = [];

    /// <summary>The parts of the work, in the order in which they were measured.</summary>
    public IEnumerable<string> Cases() => Samples.Select(sample => sample.Reading.Case).Distinct();

    /// <summary>The figures of a part; the first is the one to compare.</summary>
    public IReadOnlyList<Figure> Figures(string @case) => [.. Samples.Where(sample => sample.Reading.Case == @case).Select(sample => sample.Reading.Figure).Distinct()];

    public IEnumerable<string> Entrants(string @case) => Samples.Where(sample => sample.Reading.Case == @case).Select(sample => sample.Entrant).Distinct();

    public string KeepsOf(string entrant) => Samples.First(sample => sample.Entrant == entrant).Keeps;

    /// <summary>Over all rounds; null where there is no reading.</summary>
    public Spread? Of(string entrant, string @case, Figure figure)
    {
        var values = Samples.Where(sample => sample.Entrant == entrant && sample.Reading.Case == @case && sample.Reading.Figure == figure)
            .Select(sample => sample.Reading.Value).Order().ToList();
        return values.Count == 0 ? null : new((values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2, values[0], values[^1]);
    }
}

/// <summary>A reading, whose it is and of which round.</summary>
public sealed record Sample(string Entrant, string Keeps, int Round, Reading Reading);

/// <summary>Something to say of somebody.</summary>
public sealed record Remark(string Entrant, string Text);

/// <summary>A figure over the rounds.</summary>
public sealed record Spread(double Median, double Least, double Most);
