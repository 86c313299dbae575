using System.Globalization;

namespace OrleansChat.Nodes;

/// <summary>What is told of nodes, and from where on. An absent threshold tells nothing.</summary>
/// <param name="Load">Running and waiting tasks for each core, averaged over five minutes.</param>
/// <param name="Memory">The share of memory that is still available, 0 to 1.</param>
/// <param name="Temperature">Degrees Celsius.</param>
/// <param name="DiskErrors">Whether a disk's error is told.</param>
/// <param name="Lost">Silence of a node. Longer than a restart takes, or each is told.</param>
public sealed record AlertRules(double? Load = 2, double? Memory = 0.1, double? Temperature = 85, bool DiskErrors = true, TimeSpan? Lost = null)
{
    public const string LostRule = "lost";

    /// <summary>Nothing is told before it has been so for so long, and it is over when it has been well for as long.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);

    /// <summary>After so long without a disk's error the next one is news.</summary>
    public static readonly TimeSpan WithoutError = TimeSpan.FromMinutes(10);

    // The second threshold, at which things are well again: so much of the first, or more.
    private const double Relief = 0.8;

    /// <summary>The rules that judge readings, one by one; a silence is none.</summary>
    public IReadOnlyList<AlertRule> OfReadings { get; } =
    [
        .. Load is not { } load ? [] : new AlertRule[]
        {
            new("load", Lasting, Lasting, (now, _) => now[NodeFigure.CoresOnline] > 0 ? now["load5"] / now[NodeFigure.CoresOnline] : null,
                Bad: value => value >= load, Well: value => value < load * Relief,
                Say: value => $"the load is {Number(value)} for each core, of {Number(load)}",
                SayOver: value => $"the load is down to {Number(value)} for each core"),
        },
        .. Memory is not { } memory ? [] : new AlertRule[]
        {
            new("memory", Lasting, Lasting, (now, _) => now["memoryTotal"] > 0 ? now["memoryAvailable"] / now["memoryTotal"] : null,
                Bad: value => value <= memory, Well: value => value > memory / Relief,
                Say: value => $"only {Percent(value)} of the memory is available",
                SayOver: value => $"{Percent(value)} of the memory is available again"),
        },
        .. Temperature is not { } hot ? [] : new AlertRule[]
        {
            new("temperature", Lasting, Lasting, (now, _) => now["temperature"],
                Bad: value => value >= hot, Well: value => value < hot - 5,
                Say: value => $"it is {Number(value)} °C hot",
                SayOver: value => $"it has cooled down to {Number(value)} °C"),
        },
        .. !DiskErrors ? [] : new AlertRule[]
        {
            // A count since its disks were found: that it grows is the news. One that went back is of another start.
            new("disk", TimeSpan.Zero, WithoutError, (now, before) => Math.Max(0, (now["diskErrors"] - before?["diskErrors"]) ?? 0),
                Bad: value => value > 0, Well: value => value <= 0,
                Say: value => $"its disks have failed {Number(value)} more request{(value > 1 ? "s" : "")}",
                SayOver: _ => $"its disks have failed no request for {WithoutError.TotalMinutes:0} minutes"),
        },
    ];

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.#} %");
}

/// <summary>One rule, with two thresholds and two spans, so that a value that wavers about one is told once.</summary>
/// <param name="After">So long it has to be bad at a stretch.</param>
/// <param name="OverAfter">So long it has to be well at a stretch.</param>
/// <param name="Of">The value of a reading and the one before it; what is unknown is neither bad nor well.</param>
public sealed record AlertRule(
    string Name, TimeSpan After, TimeSpan OverAfter, Func<NodeMoment, NodeMoment?, double?> Of,
    Func<double, bool> Bad, Func<double, bool> Well, Func<double, string> Say, Func<double, string> SayOver)
{
    /// <summary>How it stands after one more reading.</summary>
    public AlertState Next(AlertState state, NodeMoment now, NodeMoment? before)
    {
        if (Of(now, before) is not { } value || !(state.Stands ? Well : Bad)(value)) return state with { Since = null, Crossed = null };
        var since = state.Since ?? now.At;
        return TimeSpan.FromMilliseconds(now.At - since) < (state.Stands ? OverAfter : After)
            ? state with { Since = since, Crossed = null }
            : new(!state.Stands, null, value);
    }
}

/// <param name="Stands">Whether it was told and is not over.</param>
/// <param name="Since">Since when things have been the other way.</param>
/// <param name="Crossed">The value by which this reading has crossed; absent where it has not.</param>
public readonly record struct AlertState(bool Stands, long? Since, double? Crossed);
