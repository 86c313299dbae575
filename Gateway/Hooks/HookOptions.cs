namespace OrleansChat.Gateway.Hooks;

/// <summary>Outgoing webhooks, under <c>Chat:Hooks</c>.</summary>
public sealed class HookOptions
{
    /// <summary>A request ends before the lease of the one who sends it does.</summary>
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether they may reach addresses of this machine and of private networks. Whoever keeps a room chooses where its
    /// webhooks go, and could otherwise make the server knock at doors inside.
    /// </summary>
    public bool AllowPrivate { get; set; }

    /// <summary>A receiver has so long to take a delivery; what it does with it is better done afterwards.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause after the first failure; it doubles with every further one, up to an hour.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Where nothing arrived for so long, the webhook is switched off.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Each sentence names a key that cannot be used, and the remedy.</summary>
    public IEnumerable<string> Faults()
    {
        if (FirstPause <= TimeSpan.Zero || FirstPause > TimeSpan.FromHours(1)) yield return $"Chat:Hooks:FirstPause is {FirstPause}; write a time up to an hour, such as 00:00:05.";
        if (Timeout <= TimeSpan.Zero || Timeout > MaxTimeout) yield return $"Chat:Hooks:Timeout is {Timeout}; write a time up to {MaxTimeout.TotalSeconds} s, such as 00:00:10.";
        if (GiveUpAfter <= TimeSpan.Zero) yield return $"Chat:Hooks:GiveUpAfter is {GiveUpAfter}; write days.hours:minutes:seconds, such as 1.00:00:00.";
    }
}
