namespace OrleansChat.Bench.Report;

/// <summary>A whole run.</summary>
/// <param name="Command">What was typed to get it.</param>
public sealed record RunResult(
    DateTimeOffset At,
    TimeSpan Duration,
    string Command,
    string Commit,
    string Machine,
    Scale Scale,
    IReadOnlyList<WorkResult> Works,
    IReadOnlyList<GoalResult> Goals,
    IReadOnlyList<Remark> Versions);

/// <summary>What was to be reached, and what was.</summary>
/// <param name="Measured">Null where one of the two was not measured.</param>
public sealed record GoalResult(string Work, string Goal, double? Measured, bool? Met, Func<double, string> Format);
