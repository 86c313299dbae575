using System.Diagnostics;

namespace OrleansChat.Tests.Processes;

/// <summary>When posts in each room were answered: a room that answers nobody for a while has refused posts so long.</summary>
internal sealed class AnswerTimes
{
    private readonly Dictionary<string, List<long>> answers = []; // ascending, by the Stopwatch

    /// <summary>A post in this room has just been answered.</summary>
    public void Answered(string room)
    {
        lock (answers)
        {
            if (!answers.TryGetValue(room, out var times)) answers.Add(room, times = []);
            times.Add(Stopwatch.GetTimestamp());
        }
    }

    /// <summary>How many posts were answered after this moment.</summary>
    public int Since(long from)
    {
        lock (answers) return answers.Values.Sum(times => times.Count - After(times, from));
    }

    /// <summary>Whether every room has answered somebody after this moment.</summary>
    public bool AllSince(long from)
    {
        lock (answers) return answers.Values.All(times => times[^1] > from);
    }

    /// <summary>For each room the longest pause between two answers that reached into this stretch of time, ascending.</summary>
    public IReadOnlyList<TimeSpan> LongestPauses(long from, long to)
    {
        lock (answers) return [.. answers.Values.Select(times => LongestPause(times, from, to)).Order()];
    }

    private static TimeSpan LongestPause(List<long> times, long from, long to)
    {
        var longest = TimeSpan.Zero;
        for (var i = Math.Max(1, After(times, from)); i < times.Count && times[i - 1] < to; i++)
        {
            var pause = Stopwatch.GetElapsedTime(times[i - 1], times[i]);
            if (pause > longest) longest = pause;
        }

        return longest;
    }

    /// <summary>The index of the first answer after this moment.</summary>
    private static int After(List<long> times, long moment)
    {
        var index = times.BinarySearch(moment);
        return index < 0 ? ~index : index + 1;
    }
}
