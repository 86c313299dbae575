using System.Diagnostics;

namespace OrleansChat.Tests.Processes;

/// <summary>
/// When posts in each room were sent and answered, by the <see cref="Stopwatch"/>. A room refuses posts as long as
/// somebody waits for an answer there and nobody gets one.
/// </summary>
internal sealed class AnswerTimes
{
    private readonly Dictionary<string, List<(long Asked, long At)>> answers = []; // ascending by At

    /// <summary>A post in this room has just been answered.</summary>
    public void Answered(string room, long asked)
    {
        lock (answers)
        {
            if (!answers.TryGetValue(room, out var times)) answers.Add(room, times = []);
            times.Add((asked, Stopwatch.GetTimestamp()));
        }
    }

    /// <summary>How many posts were answered after this moment.</summary>
    public int Since(long from)
    {
        lock (answers) return answers.Values.Sum(times => times.Count(it => it.At > from));
    }

    /// <summary>Whether this many rooms have answered posts that were sent after this moment.</summary>
    public bool SentSince(long from, int rooms)
    {
        lock (answers) return answers.Values.Count(times => times.Exists(it => it.Asked > from)) == rooms;
    }

    /// <summary>For each room the longest refusal that reached into this stretch of time, ascending.</summary>
    public IReadOnlyList<TimeSpan> LongestRefusals(long from, long to)
    {
        lock (answers) return [.. answers.Values.Select(times => LongestRefusal(times, from, to)).Order()];
    }

    /// <summary>Between two answers a room refused since the later of the first one and the sending of what was answered after it.</summary>
    private static TimeSpan LongestRefusal(List<(long Asked, long At)> times, long from, long to)
    {
        var (longest, waitingSince) = (0L, long.MaxValue);
        for (var i = times.Count - 1; i > 0 && times[i].At > from; i--)
        {
            waitingSince = Math.Min(waitingSince, times[i].Asked);
            if (times[i - 1].At < to) longest = Math.Max(longest, times[i].At - Math.Max(times[i - 1].At, waitingSince));
        }

        return Stopwatch.GetElapsedTime(0, longest);
    }
}
