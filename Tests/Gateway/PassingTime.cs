namespace OrleansChat.Tests.Gateway;

/// <summary>Time that passes only because a test wants to see something.</summary>
public static class PassingTime
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5); // for what comes due to be done

    /// <summary>Moves the clock, step by step, until it is there; fails when it is not after <paramref name="within"/>.</summary>
    /// <returns>How much time passed.</returns>
    public static async Task<TimeSpan> Until(this ManualTime time, Task seen, TimeSpan within)
    {
        var passed = TimeSpan.Zero;
        while (await Task.WhenAny(seen, Task.Delay(Moment)) != seen)
        {
            Assert.True(passed < within, $"It did not come about within {within}.");
            time.Advance(Step);
            passed += Step;
        }

        return passed;
    }
}
