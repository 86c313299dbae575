using System.Collections.Concurrent;

namespace OrleansChat.Tests.Client;

/// <summary>A clock for which every pause is over at once; it remembers them. What lasts an hour or more never ends.</summary>
internal sealed class HurryingTime : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Pauses { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.FromHours(1)) return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        if (dueTime > TimeSpan.Zero) Pauses.Enqueue(dueTime);
        return System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
    }
}
