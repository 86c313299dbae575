using System.Collections.Frozen;

namespace OrleansChat.Nodes;

/// <summary>A number of a node of which an hour is kept.</summary>
/// <param name="Name">As a reading on the wire calls it, but for <see cref="CoresOnline"/>.</param>
public sealed record NodeFigure(string Name, Func<NodeReading, double?> Of)
{
    /// <summary>The cores whose shares are known: of more than are kept each by itself.</summary>
    public const string CoresOnline = "coresOnline";

    public static readonly IReadOnlyList<NodeFigure> All =
    [
        new("load1", reading => reading.Load1),
        new("load5", reading => reading.Load5),
        new("load15", reading => reading.Load15),
        new(CoresOnline, reading => reading.Cores?.Count(share => share is not null)),
        new("cpu", reading => reading.Cpu),
        new("cpuLimit", reading => reading.CpuLimit),
        new("memoryTotal", reading => reading.MemoryTotal),
        new("memoryAvailable", reading => reading.MemoryAvailable),
        new("memoryLimit", reading => reading.MemoryLimit),
        new("interrupts", reading => reading.Interrupts),
        new("processes", reading => reading.Processes),
        new("threads", reading => reading.Threads),
        new("runnable", reading => reading.Runnable),
        new("memoryFree", reading => reading.MemoryFree),
        new("memoryBuffers", reading => reading.MemoryBuffers),
        new("memoryCached", reading => reading.MemoryCached),
        new("swapTotal", reading => reading.SwapTotal),
        new("swapFree", reading => reading.SwapFree),
        new("pagedIn", reading => reading.PagedIn),
        new("pagedOut", reading => reading.PagedOut),
        new("networkReceived", reading => reading.NetworkReceived),
        new("networkSent", reading => reading.NetworkSent),
        new("packetsReceived", reading => reading.PacketsReceived),
        new("packetsSent", reading => reading.PacketsSent),
        new("networkErrors", reading => reading.NetworkErrors),
        new("networkDrops", reading => reading.NetworkDrops),
        new("diskRead", reading => reading.DiskRead),
        new("diskWritten", reading => reading.DiskWritten),
        new("diskErrors", reading => reading.DiskErrors),
        new("temperature", reading => reading.Temperature),
        new("uptime", reading => reading.Uptime),
        new("processMemory", reading => reading.ProcessMemory),
        new("processCpu", reading => reading.ProcessCpu),
        new("processHeap", reading => reading.ProcessHeap),
        new("processThreads", reading => reading.ProcessThreads),
        new("processGcPause", reading => reading.ProcessGcPause),
        new("processCollections", reading => reading.ProcessCollections),
        new("processPoolThreads", reading => reading.ProcessPoolThreads),
        new("processPoolQueue", reading => reading.ProcessPoolQueue),
        new("processUptime", reading => reading.ProcessUptime),
        new("connections", reading => reading.Connections),
        new("rooms", reading => reading.Rooms),
        new("outbox", reading => reading.Outbox),
        new("messages", reading => reading.Messages),
        new("deliveries", reading => reading.Deliveries),
    ];

    /// <summary>Where each stands among <see cref="All"/>.</summary>
    public static readonly FrozenDictionary<string, int> Places = All.Index().ToFrozenDictionary(it => it.Item.Name, it => it.Index);
}
