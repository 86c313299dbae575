using System.Diagnostics.Metrics;
using OrleansChat.Nodes;

namespace OrleansChat.Gateway.Nodes;

/// <summary>
/// This node's latest reading, for any collector of .NET meters. What OpenTelemetry's conventions for systems have as a
/// level is named as there; its counters are rates here, and so have names of our own. What is absent is not shown.
/// </summary>
public sealed class NodeMeter : IDisposable
{
    /// <summary>A reading comes every two seconds. One that is older says nothing of now.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly NodeReader reader;
    private readonly TimeProvider time;
    private readonly Meter meter;

    public NodeMeter(IMeterFactory meters, NodeReader reader, TimeProvider time)
    {
        this.reader = reader;
        this.time = time;
        meter = meters.Create(ChatTelemetry.Name);
        Show("system.cpu.load_average.1m", "{thread}", "Runnable and waiting tasks, averaged over one minute.", r => r.Load1);
        Show("system.cpu.load_average.5m", "{thread}", "The same over five minutes.", r => r.Load5);
        Show("system.cpu.load_average.15m", "{thread}", "The same over fifteen minutes.", r => r.Load15);
        Show("system.cpu.utilization", "1", "The share of time in which the cores were busy.", r => r.Cpu);
        Show("system.cpu.logical.count", "{cpu}", "Cores.", r => r.Cores?.Count(core => core is not null));
        Show("system.memory.limit", "By", "Memory of the machine.", r => r.MemoryTotal);
        Show("system.memory.usage", "By", "Memory by its use; what is used could not be had by programs.", "system.memory.state",
            ("used", r => r.MemoryTotal - r.MemoryAvailable), ("free", r => r.MemoryFree), ("buffers", r => r.MemoryBuffers), ("cached", r => r.MemoryCached));
        Show("system.linux.memory.available", "By", "Memory that programs could still get.", r => r.MemoryAvailable);
        Show("system.paging.usage", "By", "Swap by its use.", "system.paging.state",
            ("used", r => r.SwapTotal - r.SwapFree), ("free", r => r.SwapFree));
        Show("system.process.count", "{process}", "Processes.", r => r.Processes);
        Show("system.uptime", "s", "Time since the machine started.", r => r.Uptime);
        Show("hw.temperature", "Cel", "Of the hottest thermal zone.", r => r.Temperature);

        Show("chat.node.interrupts", "{interrupt}/s", "Interrupts that the cores served.", r => r.Interrupts);
        Show("chat.node.threads", "{thread}", "Threads of all processes.", r => r.Threads);
        Show("chat.node.runnable", "{thread}", "Threads that run, or would if a core were free.", r => r.Runnable);
        Show("chat.node.network.io", "By/s", "Bytes over all interfaces but loopback.", "network.io.direction",
            ("receive", r => r.NetworkReceived), ("transmit", r => r.NetworkSent));
        Show("chat.node.network.packets", "{packet}/s", "Packets over all interfaces but loopback.", "network.io.direction",
            ("receive", r => r.PacketsReceived), ("transmit", r => r.PacketsSent));
        Show("chat.node.network.errors", "{packet}/s", "Packets that were broken.", r => r.NetworkErrors);
        Show("chat.node.network.dropped", "{packet}/s", "Packets for which there was no room.", r => r.NetworkDrops);
        Show("chat.node.disk.io", "By/s", "Bytes from and to whole disks.", "disk.io.direction",
            ("read", r => r.DiskRead), ("write", r => r.DiskWritten));
        Show("chat.node.disk.errors", "{error}", "Errors of disks and file systems so far; a rise is the news.", r => r.DiskErrors);
        Show("chat.node.paging.io", "By/s", "Bytes that the kernel brought in from disks and put out to them.", "system.paging.direction",
            ("in", r => r.PagedIn), ("out", r => r.PagedOut));
        Show("chat.node.cpu.limit", "{cpu}", "Cores that the control group leaves to the process.", r => r.CpuLimit);
        Show("chat.node.memory.limit", "By", "Memory that the control group leaves to the process.", r => r.MemoryLimit);
    }

    private void Show(string name, string unit, string description, Func<NodeReading, double?> of) =>
        meter.CreateObservableGauge(name, () => Latest() is { } reading && of(reading) is { } value ? (Measurement<double>[])[new(value)] : [], unit, description);

    private void Show(string name, string unit, string description, string label, params (string Value, Func<NodeReading, double?> Of)[] parts) =>
        meter.CreateObservableGauge(name, () => Latest() is { } reading
            ? parts.Where(part => part.Of(reading) is not null)
                .Select(part => new Measurement<double>(part.Of(reading)!.Value, new KeyValuePair<string, object?>(label, part.Value)))
            : [], unit, description);

    private NodeReading? Latest() => reader.Latest is { } reading && time.GetUtcNow() - reading.At < Fresh ? reading : null;

    public void Dispose() => meter.Dispose();
}
