namespace OrleansChat.Client;

/// <summary>
/// Pauses between attempts: exponential with full jitter, so that the thousands who lost the same server do not come
/// back in step (Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
/// </summary>
internal sealed class Pause(TimeSpan max)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    /// <param name="failures">Attempts that failed in a row.</param>
    public TimeSpan After(int failures)
    {
        var ceiling = Math.Min(max.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(failures, 30)));
        return TimeSpan.FromSeconds(ceiling * Random.Shared.NextDouble());
    }

    /// <summary>The pause that the server asked for, and up to a half more, but not more than a second.</summary>
    public static TimeSpan Asked(TimeSpan asked) =>
        asked + TimeSpan.FromSeconds(Math.Min(asked.TotalSeconds / 2, 1) * Random.Shared.NextDouble());
}
