using OrleansChat.Bench.Report;

namespace OrleansChat.Bench;

/// <summary>What the figures are to be, as ratios of what was measured in the same run.</summary>
internal static class Goals
{
    public static IReadOnlyList<GoalResult> Check(IReadOnlyList<WorkResult> works) => [];
}
