namespace OrleansChat.Nodes;

/// <summary>
/// What a source found at one moment, as the kernel has it: levels, and counts since some start. One object is filled
/// again and again, so that a reading leaves no garbage behind.
/// </summary>
public sealed class NodeCounters
{
    /// <summary>The largest number of cores that Linux can be built for.</summary>
    private const int MaxCores = 8192;

    // Thousandths of a degree Celsius. The kernel's own "no temperature" is -274000.
    private const long Coldest = -100_000;
    private const long Hottest = 250_000;

    private readonly List<CoreTime?> cores = [];
    private byte[] hottest = new byte[32];
    private int hottestLength;

    /// <summary>Where the machine's numbers come from; absent where there are none. Counts of two sources have nothing in common.</summary>
    public string? Source { get; set; }

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

    /// <summary>Served since the machine started.</summary>
    public long? Interrupts { get; set; }

    public int? Processes { get; set; }

    /// <summary>Of all processes, and of the kernel.</summary>
    public int? Threads { get; set; }

    /// <summary>Threads that run, or would if a core were free.</summary>
    public int? Runnable { get; set; }

    /// <summary>By interface, in the order of <see cref="NetworkField"/>.</summary>
    public NamedCounters Network { get; } = new(6);

    /// <summary>Bytes read and written, by disk.</summary>
    public NamedCounters Disks { get; } = new(2);

    /// <summary>Bytes that were brought in from disks and put out to them, since the machine started.</summary>
    public (long In, long Out)? Paging { get; set; }

    /// <summary>As <see cref="NodeReading.DiskErrors"/>.</summary>
    public long? DiskErrors { get; set; }

    /// <summary>Degrees Celsius of the hottest zone.</summary>
    public double? Temperature { get; private set; }

    /// <summary>The name of the hottest zone.</summary>
    public ReadOnlySpan<byte> HottestZone => hottest.AsSpan(0, hottestLength);

    /// <summary>Bytes and cores that a control group leaves to this process; absent where none limits it.</summary>
    public (long? Memory, double? Cpu) Limits { get; set; }

    /// <summary>What this process has used.</summary>
    public ProcessCounters Process { get; set; }

    /// <summary>Threads of this process.</summary>
    public int? ProcessThreads { get; set; }

    /// <summary>Bytes that this process occupies.</summary>
    public long? ProcessMemory { get; set; }

    public EdgeCounters Edge { get; set; }

    public void SetCore(long number, CoreTime time)
    {
        if (number is < 0 or >= MaxCores) return;
        while (cores.Count <= number) cores.Add(null);
        cores[(int)number] = time;
    }

    /// <summary>A zone's temperature, which counts if it is the highest so far.</summary>
    /// <param name="thousandths">Of a degree Celsius. What is outside of all that a machine endures is a sensor that knows nothing.</param>
    public void SetTemperature(ReadOnlySpan<byte> zone, long thousandths)
    {
        if (thousandths is < Coldest or > Hottest || thousandths / 1000.0 <= Temperature) return;
        Temperature = thousandths / 1000.0;
        if (hottest.Length < zone.Length) hottest = new byte[zone.Length];
        zone.CopyTo(hottest);
        hottestLength = zone.Length;
    }

    public void Clear()
    {
        (Source, Timestamp, Load, Uptime, Memory) = (null, null, null, null, default);
        (Interrupts, Processes, Threads, Runnable, Paging) = (null, null, null, null, null);
        (DiskErrors, Temperature, hottestLength, Limits) = (null, null, 0, default);
        (Process, ProcessThreads, ProcessMemory, Edge) = (default, null, null, default);
        cores.Clear();
        Network.Clear();
        Disks.Clear();
    }
}

/// <summary>The counters of an interface.</summary>
public enum NetworkField
{
    BytesReceived,
    BytesSent,
    PacketsReceived,
    PacketsSent,

    /// <summary>Packets that were broken on the way in or out.</summary>
    Errors,

    /// <summary>Packets for which there was no room on the way in or out.</summary>
    Drops,
}

/// <summary>What this process has used since it started.</summary>
/// <param name="Cpu">Time of all cores.</param>
/// <param name="Paused">Time in which the garbage collector let nothing else run.</param>
/// <param name="Collections">Garbage collections.</param>
public readonly record struct ProcessCounters(TimeSpan Cpu, TimeSpan Paused, int Collections)
{
    public static ProcessCounters Now => new(Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration(), GC.CollectionCount(0));
}

/// <summary>Bytes of memory, as <see cref="NodeReading"/> explains them.</summary>
public readonly record struct MemorySizes(
    long? Total, long? Available, long? Free, long? Buffers, long? Cached, long? SwapTotal, long? SwapFree)
{
    /// <summary>
    /// Without the parts that are larger than their whole. A container's view may take the total from its own limit and
    /// the rest from the machine: then no part is of this whole.
    /// </summary>
    public MemorySizes Consistent() => this with
    {
        Available = Within(Available, Total),
        Free = Within(Free, Total),
        Buffers = Within(Buffers, Total),
        Cached = Within(Cached, Total),
        SwapFree = Within(SwapFree, SwapTotal),
    };

    private static long? Within(long? part, long? whole) => part <= whole ? part : null;
}

/// <summary>How a core has spent its time, in ticks of any length.</summary>
/// <param name="Busy">For programs, the kernel, interrupts, and what the hypervisor took.</param>
/// <param name="Idle">With nothing to do.</param>
/// <param name="Waiting">Idle while a disk was at work.</param>
public readonly record struct CoreTime(long Busy, long Idle, long Waiting);
