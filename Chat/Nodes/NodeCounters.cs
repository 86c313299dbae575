namespace OrleansChat.Nodes;

/// <summary>
/// What a source found at one moment, as the kernel has it: levels, and counts since some start. One object is filled
/// again and again, so that a reading leaves no garbage behind.
/// </summary>
public sealed class NodeCounters
{
    /// <summary>The largest number of cores that Linux can be built for.</summary>
    private const int MaxCores = 8192;

    private readonly List<CoreTime?> cores = [];

    /// <summary>When it was filled, by <see cref="TimeProvider.GetTimestamp"/>; absent before the first time.</summary>
    public long? Timestamp { get; set; }

    /// <summary>Runnable and waiting tasks, averaged over 1, 5 and 15 minutes.</summary>
    public (double One, double Five, double Fifteen)? Load { get; set; }

    /// <summary>Seconds since the machine started.</summary>
    public double? Uptime { get; set; }

    /// <summary>Bytes.</summary>
    public MemorySizes Memory { get; set; }

    /// <summary>By the kernel's number of the core; absent is one that is offline.</summary>
    public IReadOnlyList<CoreTime?> Cores => cores;

    /// <summary>Bytes received and sent, by interface.</summary>
    public NamedCounters Network { get; } = new();

    /// <summary>Bytes read and written, by disk.</summary>
    public NamedCounters Disks { get; } = new();

    /// <summary>Threads of this process.</summary>
    public int? Threads { get; set; }

    /// <summary>CPU time of this process.</summary>
    public TimeSpan ProcessTime { get; set; }

    public EdgeCounters Edge { get; set; }

    public void SetCore(long number, CoreTime time)
    {
        if (number is < 0 or >= MaxCores) return;
        while (cores.Count <= number) cores.Add(null);
        cores[(int)number] = time;
    }

    public void Clear()
    {
        (Timestamp, Load, Uptime, Memory, Threads, ProcessTime, Edge) = (null, null, null, default, null, default, default);
        cores.Clear();
        Network.Clear();
        Disks.Clear();
    }
}

/// <summary>Bytes of memory, as <see cref="NodeReading"/> explains them.</summary>
public readonly record struct MemorySizes(
    long? Total, long? Available, long? Free, long? Buffers, long? Cached, long? SwapTotal, long? SwapFree);

/// <summary>How a core has spent its time, in ticks of any length.</summary>
/// <param name="Busy">For programs, the kernel, interrupts, and what the hypervisor took.</param>
/// <param name="Idle">With nothing to do.</param>
/// <param name="Waiting">Idle while a disk was at work.</param>
public readonly record struct CoreTime(long Busy, long Idle, long Waiting);
