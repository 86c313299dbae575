using System.Text;

namespace OrleansChat.Nodes;

/// <summary>
/// Reads the node, again and again: from our driver's device where it is there, else from <c>/proc</c> and <c>/sys</c>;
/// where there is neither, the machine's numbers are absent. All that is derived from two readings is derived here. Not
/// for more than one thread, but for <see cref="Latest"/>.
/// </summary>
/// <param name="files">Where the machine shows its numbers; if not said, where Linux has them.</param>
public sealed class NodeReader(string node, TimeProvider time, MachineFiles files) : IDisposable
{
    private readonly DateTimeOffset processStart = System.Diagnostics.Process.GetCurrentProcess().StartTime;
    private readonly DeviceSource? device = files.Device is { } path ? new(path) : null;
    private readonly ProcSource proc = new(files.Proc, time);
    private readonly SysSource sys = new(files, time);
    private NodeCounters before = new();
    private NodeCounters now = new();
    private string? zone;
    private volatile NodeReading? latest;

    public NodeReader(string node, TimeProvider time) : this(node, time, new())
    {
    }

    /// <summary>What was read last; null before the first time.</summary>
    public NodeReading? Latest => latest;

    public NodeReading Read(EdgeCounters edge)
    {
        (before, now) = (now, before);
        now.Clear();
        now.Timestamp = time.GetTimestamp();
        now.Process = ProcessCounters.Now;
        now.Edge = edge;
        Machine();
        return latest = Reading(time.GetUtcNow());
    }

    private void Machine()
    {
        if (device?.Fill(now) is true)
        {
            now.Source = DeviceSource.Name;
            proc.FillRest(now);
        }
        else if (proc.Exists)
        {
            now.Source = ProcSource.Name;
            proc.Fill(now);
        }

        sys.Fill(now);
    }

    private NodeReading Reading(DateTimeOffset at)
    {
        double? seconds = now.Timestamp is { } end && before.Timestamp is { } start ? time.GetElapsedTime(start, end).TotalSeconds : null;
        if (seconds <= 0) seconds = null;
        var machine = now.Source == before.Source ? seconds : null; // after a change of the source, its counts are no continuation
        Span<long> network = stackalloc long[6];
        Span<long> disks = stackalloc long[2];
        var networkSeconds = now.Network.Since(before.Network, network) ? machine : null;
        var diskSeconds = now.Disks.Since(before.Disks, disks) ? machine : null;
        var (cores, cpu) = machine is null ? (Unknown(now.Cores.Count), null) : Shares();
        var memory = now.Memory;
        return new(node, at, now.Source, now.Load?.One, memory.Total, memory.Available, now.ProcessMemory ?? Environment.WorkingSet, now.Edge.Connections)
        {
            Load5 = now.Load?.Five,
            Load15 = now.Load?.Fifteen,
            Cores = cores,
            Cpu = cpu,
            CpuLimit = Rounded(now.Limits.Cpu),
            Interrupts = (long?)Rate(now.Interrupts, before.Interrupts, machine),
            Processes = now.Processes,
            Threads = now.Threads,
            Runnable = now.Runnable,
            MemoryLimit = now.Limits.Memory,
            MemoryFree = memory.Free,
            MemoryBuffers = memory.Buffers,
            MemoryCached = memory.Cached,
            SwapTotal = memory.SwapTotal,
            SwapFree = memory.SwapFree,
            PagedIn = (long?)Rate(now.Paging?.In, before.Paging?.In, machine),
            PagedOut = (long?)Rate(now.Paging?.Out, before.Paging?.Out, machine),
            NetworkReceived = (long?)(network[(int)NetworkField.BytesReceived] / networkSeconds),
            NetworkSent = (long?)(network[(int)NetworkField.BytesSent] / networkSeconds),
            PacketsReceived = (long?)(network[(int)NetworkField.PacketsReceived] / networkSeconds),
            PacketsSent = (long?)(network[(int)NetworkField.PacketsSent] / networkSeconds),
            NetworkErrors = Rounded(network[(int)NetworkField.Errors] / networkSeconds),
            NetworkDrops = Rounded(network[(int)NetworkField.Drops] / networkSeconds),
            DiskRead = (long?)(disks[0] / diskSeconds),
            DiskWritten = (long?)(disks[1] / diskSeconds),
            DiskErrors = now.DiskErrors,
            Temperature = now.Temperature,
            TemperatureZone = Zone(),
            Uptime = (long?)now.Uptime,
            ProcessCpu = Rounded((now.Process.Cpu - before.Process.Cpu).TotalSeconds / seconds),
            ProcessHeap = GC.GetTotalMemory(forceFullCollection: false),
            ProcessThreads = now.ProcessThreads,
            ProcessGcPause = Rounded((now.Process.Paused - before.Process.Paused).TotalSeconds / seconds),
            ProcessCollections = Rounded((now.Process.Collections - before.Process.Collections) / seconds),
            ProcessPoolThreads = ThreadPool.ThreadCount,
            ProcessPoolQueue = ThreadPool.PendingWorkItemCount,
            ProcessUptime = Math.Max(0, (long)(DateTimeOffset.Now - processStart).TotalSeconds),
            Rooms = now.Edge.Rooms,
            Outbox = now.Edge.Outbox,
            Messages = Rounded((now.Edge.Posts - before.Edge.Posts) / seconds),
            Deliveries = Rounded((now.Edge.Deliveries - before.Edge.Deliveries) / seconds),
        };
    }

    /// <summary>The busy share of each core, and of all of them.</summary>
    private (double?[]? Each, double? All) Shares()
    {
        var each = Unknown(now.Cores.Count);
        var (busy, all) = (0L, 0L);
        for (var i = 0; i < now.Cores.Count; i++)
        {
            if (now.Cores[i] is not { } core || i >= before.Cores.Count || before.Cores[i] is not { } then) continue;
            var (worked, rested) = (core.Busy - then.Busy, core.Idle - then.Idle);
            if (worked < 0 || rested < 0) continue; // it was offline between, and counts from somewhere else
            rested += Math.Max(0, core.Waiting - then.Waiting); // which goes back now and then: proc(5) says so
            if (worked + rested == 0) continue;
            each![i] = Rounded((double)worked / (worked + rested));
            busy += worked;
            all += worked + rested;
        }

        return (each, all > 0 ? Rounded((double)busy / all) : null);
    }

    private static double?[]? Unknown(int cores) => cores > 0 ? new double?[cores] : null;

    /// <summary>What was counted between, per second; absent where the counter went back.</summary>
    private static double? Rate(long? end, long? start, double? seconds) => end >= start ? (end - start) / seconds : null;

    /// <summary>The same string as long as it is the same zone.</summary>
    private string? Zone()
    {
        if (now.Temperature is null) return null;
        if (zone is null || !Ascii.Equals(now.HottestZone, zone)) zone = Encoding.UTF8.GetString(now.HottestZone);
        return zone;
    }

    /// <summary>Four digits after the point are more than anybody sees, and shorter on the wire.</summary>
    private static double? Rounded(double? number) => number is { } known ? Math.Round(known, 4) : null;

    public void Dispose()
    {
        proc.Dispose();
        sys.Dispose();
    }
}
