namespace OrleansChat.Gateway.Limits;

/// <summary>
/// A rate with a burst: so many tokens at once, refilled evenly. The framework's limiter keeps a queue, a lock and a
/// timer for each bucket; tens of thousands of connections keep two numbers each.
/// </summary>
/// <param name="size">Tokens at once.</param>
/// <param name="perSecond">Tokens that come back each second.</param>
public sealed class TokenBucket(double size, double perSecond, TimeProvider time)
{
    private readonly Lock gate = new();
    private double taken;
    private long filledAt = time.GetTimestamp();

    /// <summary>Takes a token, or tells how long until there is one.</summary>
    public bool TryTake(out TimeSpan wait)
    {
        lock (gate)
        {
            Refill();
            wait = taken + 1 <= size ? TimeSpan.Zero : TimeSpan.FromSeconds((taken + 1 - size) / perSecond);
            if (wait > TimeSpan.Zero) return false;
            taken++;
            return true;
        }
    }

    /// <summary>Nothing was taken for so long that it is as good as new.</summary>
    public bool IsFull
    {
        get
        {
            lock (gate)
            {
                Refill();
                return taken <= 0;
            }
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        taken = Math.Max(0, taken - time.GetElapsedTime(filledAt, now).TotalSeconds * perSecond);
        filledAt = now;
    }
}
