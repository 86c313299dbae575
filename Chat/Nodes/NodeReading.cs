using System.Text.Json.Serialization;

namespace OrleansChat.Nodes;

/// <summary>
/// What a node measured of itself at one moment. What could not be read is absent, and so is what takes two readings
/// in the first one.
/// </summary>
/// <param name="Node">The node's name.</param>
/// <param name="Source">
/// Where the numbers of the machine come from: <c>device</c>, our driver; or <c>proc</c>, Linux's own files. They mean
/// the same. In a container <c>proc</c> has the interfaces of the container, and the device those of the machine.
/// </param>
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

    /// <summary>
    /// Cores that the control groups of this process leave to it at the most (cgroup v2); absent where nothing limits
    /// them. All else here is of the whole machine.
    /// </summary>
    public double? CpuLimit { get; init; }

    /// <summary>Interrupts per second that all cores served.</summary>
    public long? Interrupts { get; init; }

    /// <summary>
    /// Processes; from <c>proc</c> they are counted every ten seconds, and not where only some of them are to be seen.
    /// </summary>
    public int? Processes { get; init; }

    /// <summary>Threads of all processes, and of the kernel.</summary>
    public int? Threads { get; init; }

    /// <summary>Threads that run, or would if a core were free.</summary>
    public int? Runnable { get; init; }

    /// <summary>Bytes of memory that the control groups of this process leave to it at the most; as <see cref="CpuLimit"/>.</summary>
    public long? MemoryLimit { get; init; }

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

    /// <summary>Bytes per second that the kernel brought in from disks, into its caches or from swap.</summary>
    public long? PagedIn { get; init; }

    /// <summary>Bytes per second that the kernel put out to disks, from its caches or into swap.</summary>
    public long? PagedOut { get; init; }

    /// <summary>Bytes per second that came in over all interfaces but loopback.</summary>
    public long? NetworkReceived { get; init; }

    /// <summary>Bytes per second that went out over all interfaces but loopback.</summary>
    public long? NetworkSent { get; init; }

    /// <summary>Packets per second that came in over all interfaces but loopback.</summary>
    public long? PacketsReceived { get; init; }

    /// <summary>Packets per second that went out over all interfaces but loopback.</summary>
    public long? PacketsSent { get; init; }

    /// <summary>Packets per second, in and out, that were broken.</summary>
    public double? NetworkErrors { get; init; }

    /// <summary>Packets per second, in and out, for which there was no room, or nobody who wanted them.</summary>
    public double? NetworkDrops { get; init; }

    /// <summary>Bytes per second that were read from whole disks; where the driver is told which, from those.</summary>
    public long? DiskRead { get; init; }

    /// <summary>Bytes per second that were written to whole disks; where the driver is told which, to those.</summary>
    public long? DiskWritten { get; init; }

    /// <summary>
    /// Requests that disks failed since they were found (SCSI's <c>ioerr_cnt</c>), and errors that file systems noted
    /// (ext4's <c>errors_count</c>, until the next check of the whole). Many a healthy disk fails one or two when it is
    /// asked for something that it does not know: that it becomes more is the news. Absent where nothing counts them.
    /// </summary>
    public long? DiskErrors { get; init; }

    /// <summary>Degrees Celsius of the hottest thermal zone that can be read; where the driver is told which, of those.</summary>
    public double? Temperature { get; init; }

    /// <summary>The kernel's name of the hottest zone, such as <c>x86_pkg_temp</c>.</summary>
    public string? TemperatureZone { get; init; }

    /// <summary>Seconds since the machine started.</summary>
    public long? Uptime { get; init; }

    // This process

    /// <summary>Cores that this process kept busy: 1 is a whole one.</summary>
    public double? ProcessCpu { get; init; }

    /// <summary>Bytes of the managed heap.</summary>
    public long? ProcessHeap { get; init; }

    /// <summary>Threads of this process.</summary>
    public int? ProcessThreads { get; init; }

    /// <summary>The share of time, 0 to 1, in which the garbage collector let nothing else run.</summary>
    public double? ProcessGcPause { get; init; }

    /// <summary>Garbage collections per second.</summary>
    public double? ProcessCollections { get; init; }

    /// <summary>Threads of the pool that runs all short work.</summary>
    public int? ProcessPoolThreads { get; init; }

    /// <summary>Pieces of work that wait for a thread of the pool.</summary>
    public long? ProcessPoolQueue { get; init; }

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
}

/// <summary>The latest readings of all nodes.</summary>
public interface INodeMetrics
{
    Task Report(NodeReading reading);

    Task<IReadOnlyList<NodeReading>> Latest();
}
