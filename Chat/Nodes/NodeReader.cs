namespace OrleansChat.Nodes;

/// <summary>
/// Reads the node, again and again. Where there is no <c>/proc</c>, the machine's numbers are absent. All that is
/// derived from two readings is derived here. Not for more than one thread.
/// </summary>
public sealed class NodeReader(string node, TimeProvider time, ProcSource proc)
{
    private readonly DateTimeOffset processStart = System.Diagnostics.Process.GetCurrentProcess().StartTime;
    private NodeCounters before = new();
    private NodeCounters now = new();

    public NodeReading Read(EdgeCounters edge)
    {
        (before, now) = (now, before);
        now.Clear();
        now.Timestamp = time.GetTimestamp();
        now.ProcessTime = Environment.CpuUsage.TotalTime;
        now.Edge = edge;
        var machine = proc.Exists;
        if (machine) proc.Fill(now);
        return Reading(time.GetUtcNow(), machine ? ProcSource.Name : null);
    }

    private NodeReading Reading(DateTimeOffset at, string? source)
    {
        double? seconds = now.Timestamp is { } end && before.Timestamp is { } start ? time.GetElapsedTime(start, end).TotalSeconds : null;
        if (seconds <= 0) seconds = null;
        var memory = now.Memory;
        var network = now.Network.Since(before.Network);
        var disks = now.Disks.Since(before.Disks);
        var (cores, cpu) = Shares();
        return new(node, at, source, now.Load?.One, memory.Total, memory.Available, Environment.WorkingSet, now.Edge.Connections)
        {
            Load5 = now.Load?.Five,
            Load15 = now.Load?.Fifteen,
            Cores = cores,
            Cpu = cpu,
            MemoryFree = memory.Free,
            MemoryBuffers = memory.Buffers,
            MemoryCached = memory.Cached,
            SwapTotal = memory.SwapTotal,
            SwapFree = memory.SwapFree,
            NetworkReceived = (long?)(network?.First / seconds),
            NetworkSent = (long?)(network?.Second / seconds),
            DiskRead = (long?)(disks?.First / seconds),
            DiskWritten = (long?)(disks?.Second / seconds),
            Uptime = (long?)now.Uptime,
            ProcessCpu = Rounded((now.ProcessTime - before.ProcessTime).TotalSeconds / seconds),
            ProcessHeap = GC.GetTotalMemory(forceFullCollection: false),
            ProcessThreads = now.Threads,
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
        if (now.Cores.Count == 0) return (null, null);
        var each = new double?[now.Cores.Count];
        var (busy, all) = (0L, 0L);
        for (var i = 0; i < each.Length; i++)
        {
            if (now.Cores[i] is not { } core || i >= before.Cores.Count || before.Cores[i] is not { } then) continue;
            var (worked, rested) = (core.Busy - then.Busy, core.Idle - then.Idle);
            if (worked < 0 || rested < 0) continue; // it was offline between, and counts from somewhere else
            rested += Math.Max(0, core.Waiting - then.Waiting); // which goes back now and then: proc(5) says so
            if (worked + rested == 0) continue;
            each[i] = Rounded((double)worked / (worked + rested));
            busy += worked;
            all += worked + rested;
        }

        return (each, all > 0 ? Rounded((double)busy / all) : null);
    }

    /// <summary>Four digits after the point are more than anybody sees, and shorter on the wire.</summary>
    private static double? Rounded(double? number) => number is { } known ? Math.Round(known, 4) : null;
}
