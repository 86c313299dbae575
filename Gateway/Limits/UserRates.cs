using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Limits;

/// <summary>What each user may still do, over all their connections to this edge and over HTTP.</summary>
public sealed class UserRates(IOptions<ChatOptions> options, TimeProvider time)
{
    private readonly ChatLimits limits = options.Value.Limits;
    private readonly ConcurrentDictionary<UserId, TokenBucket> operations = new();
    private readonly ConcurrentDictionary<UserId, TokenBucket> creations = new();

    /// <summary>Why this user must wait; null where they need not.</summary>
    public Refusal? Operation(UserId user) =>
        Take(operations, user, limits.UserOperationsAtOnce, limits.UserOperationsPerSecond, "You are doing too much at once.");

    public Refusal? Creation(UserId user) =>
        Take(creations, user, limits.RoomsCreatedPerHour, limits.RoomsCreatedPerHour / 3600.0, "You have created many rooms lately.");

    /// <summary>Forgets those who have been quiet.</summary>
    public void Sweep()
    {
        foreach (var buckets in new[] { operations, creations })
        {
            foreach (var (user, bucket) in buckets)
            {
                if (bucket.IsFull) buckets.TryRemove(new(user, bucket));
            }
        }
    }

    private Refusal? Take(ConcurrentDictionary<UserId, TokenBucket> buckets, UserId user, double size, double perSecond, string message)
    {
        if (!limits.Enabled) return null;
        var bucket = buckets.GetOrAdd(user, _ => new(size, perSecond, time));
        return bucket.TryTake(out var wait) ? null : Refusal.RateLimited(message, wait);
    }
}
