using System.Text.Json.Serialization;

namespace OrleansChat.Nodes;

/// <summary>
/// What a node measured of itself at one moment. What could not be read is absent, and so is what takes two readings
/// in the first one.
/// </summary>
/// <param name="Node">The node's name.</param>
/// <param name="Source">Where the numbers of the machine come from: <c>proc</c>.</param>
/// <param name="Load1">Runnable and waiting tasks, averaged over one minute.</param>
/// <param name="MemoryTotal">Bytes of memory.</param>
/// <param name="MemoryAvailable">Bytes that programs could still get.</param>
/// <param name="ProcessMemory">Bytes that this process occupies.</param>
/// <param name="Connections">Open WebSockets on this node.</param>
public sealed record NodeReading(
    string Node,
    [property: JsonConverter(typeof(WireTimeConverter))] DateTimeOffset At,
    string? Source,
    double? Load1,
    long? MemoryTotal,
    long? MemoryAvailable,
    long ProcessMemory,
    int Connections)
{
    // The machine

    /// <summary>As <see cref="Load1"/>, over five minutes.</summary>
    public double? Load5 { get; init; }

    /// <summary>As <see cref="Load1"/>, over fifteen minutes.</summary>
    public double? Load15 { get; init; }

    /// <summary>
    /// The share of time in which each core was busy, 0 to 1, by the kernel's number of the core. Time that the
    /// hypervisor took is busy, waiting for a disk is not. Absent is a core that is offline or just came back.
    /// </summary>
    public IReadOnlyList<double?>? Cores { get; init; }

    /// <summary>The same of all known cores together.</summary>
    public double? Cpu { get; init; }

    /// <summary>Bytes of memory that nothing uses, not even as a cache.</summary>
    public long? MemoryFree { get; init; }

    /// <summary>Bytes of raw blocks that the kernel keeps at hand.</summary>
    public long? MemoryBuffers { get; init; }

    /// <summary>Bytes of files that the kernel keeps at hand.</summary>
    public long? MemoryCached { get; init; }

    /// <summary>Bytes of swap; 0 where there is none.</summary>
    public long? SwapTotal { get; init; }

    /// <summary>Bytes of swap that nothing uses.</summary>
    public long? SwapFree { get; init; }

    /// <summary>Bytes per second that came in over all interfaces but loopback.</summary>
    public long? NetworkReceived { get; init; }

    /// <summary>Bytes per second that went out over all interfaces but loopback.</summary>
    public long? NetworkSent { get; init; }

    /// <summary>Bytes per second that were read from whole disks.</summary>
    public long? DiskRead { get; init; }

    /// <summary>Bytes per second that were written to whole disks.</summary>
    public long? DiskWritten { get; init; }

    /// <summary>Seconds since the machine started.</summary>
    public long? Uptime { get; init; }

    // This process

    /// <summary>Cores that this process kept busy: 1 is a whole one.</summary>
    public double? ProcessCpu { get; init; }

    /// <summary>Bytes of the managed heap.</summary>
    public long? ProcessHeap { get; init; }

    /// <summary>Threads of this process.</summary>
    public int? ProcessThreads { get; init; }

    /// <summary>Seconds since this process started.</summary>
    public long? ProcessUptime { get; init; }

    // Its edge

    /// <summary>Rooms that this node holds open for its connections.</summary>
    public int? Rooms { get; init; }

    /// <summary>Bytes that wait for slow connections.</summary>
    public long? Outbox { get; init; }

    /// <summary>Messages per second that were posted through this node and stored.</summary>
    public double? Messages { get; init; }

    /// <summary>Frames with events per second, counted for each connection that got them.</summary>
    public double? Deliveries { get; init; }

    // What the others know of it; of no meaning where a node reports

    /// <summary>Seconds since it was heard of.</summary>
    public double? Silent { get; init; }

    /// <summary>Whether it has been silent for longer than a node that is well ever is: this is its last word.</summary>
    public bool? Lost { get; init; }

    /// <summary>Seconds of its past that are known.</summary>
    public double? Past { get; init; }
}
