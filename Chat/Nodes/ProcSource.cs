using System.IO.Enumeration;

namespace OrleansChat.Nodes;

/// <summary>The machine's numbers from Linux's <c>/proc</c>. A file that is not there, or not for us, leaves its numbers absent.</summary>
/// <param name="root">Where <c>/proc</c> is.</param>
public sealed class ProcSource(string root, TimeProvider time) : IDisposable
{
    public const string Name = "proc";

    /// <summary>To count the processes takes as long as all the rest together where there are a thousand.</summary>
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(10);

    private readonly KernelFile loadavg = new(Path.Combine(root, "loadavg"));
    private readonly KernelFile uptime = new(Path.Combine(root, "uptime"));
    private readonly KernelFile meminfo = new(Path.Combine(root, "meminfo"));
    private readonly KernelFile stat = new(Path.Combine(root, "stat"));
    private readonly KernelFile vmstat = new(Path.Combine(root, "vmstat"));
    private readonly KernelFile dev = new(Path.Combine(root, "net", "dev"));
    private readonly KernelFile diskstats = new(Path.Combine(root, "diskstats"));
    private readonly KernelFile second = new(Path.Combine(root, "2", "comm"));
    private readonly KernelFile process = new(Path.Combine(root, "self", "stat"));
    private readonly TextBuffer buffer = new();
    private long? counted;
    private int? processes;

    public bool Exists => Directory.Exists(root);

    /// <summary>All that there is.</summary>
    public void Fill(NodeCounters counters)
    {
        ProcText.Load(loadavg.Read(buffer), counters);
        ProcText.Uptime(uptime.Read(buffer), counters);
        ProcText.Memory(meminfo.Read(buffer), counters);
        ProcText.Stat(stat.Read(buffer), counters);
        ProcText.Network(dev.Read(buffer), counters);
        ProcText.Paging(vmstat.Read(buffer), counters);
        ProcText.Disks(diskstats.Read(buffer), counters);
        ProcText.Process(process.Read(buffer), counters);
        counters.Processes = Processes();
    }

    /// <summary>What the device does not have.</summary>
    public void FillRest(NodeCounters counters)
    {
        ProcText.Swap(meminfo.Read(buffer), counters);
        if (!counters.Disks.Known) ProcText.Disks(diskstats.Read(buffer), counters);
        ProcText.Process(process.Read(buffer), counters);
    }

    private int? Processes()
    {
        if (counted is { } then && time.GetElapsedTime(then) < CountEvery) return processes;
        counted = time.GetTimestamp();
        return processes = Counted();
    }

    /// <summary>
    /// Each process has a folder. A container's <c>/proc</c> has only its own processes, and one that is mounted with
    /// hidepid only our own user's: then nobody knows. The machine's second process is always the kernel's.
    /// </summary>
    private int? Counted()
    {
        if (!second.Read(buffer).SequenceEqual("kthreadd\n"u8)) return null;
        try
        {
            using var folders = new ProcessFolders(root);
            var count = 0;
            while (folders.MoveNext()) count++;
            return count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        foreach (var file in (ReadOnlySpan<KernelFile>)[loadavg, uptime, meminfo, stat, vmstat, dev, diskstats, second, process]) file.Dispose();
    }

    private sealed class ProcessFolders(string root) : FileSystemEnumerator<bool>(root, new EnumerationOptions { AttributesToSkip = 0 })
    {
        protected override bool ShouldIncludeEntry(ref FileSystemEntry entry) => !entry.FileName.ContainsAnyExceptInRange('0', '9');

        protected override bool TransformEntry(ref FileSystemEntry entry) => true;
    }
}
