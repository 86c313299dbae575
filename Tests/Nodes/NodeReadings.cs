using OrleansChat.Nodes;

namespace OrleansChat.Tests.Nodes;

/// <summary>What a node says of itself: numbers that are right, or absent.</summary>
public sealed class NodeReadings : IDisposable
{
    private static readonly EdgeCounters Quiet = new(0, 0, 0, 0, 0);

    private readonly ManualTime time = new(new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
    private readonly FakeMachine proc = new();
    private readonly NodeReader reader;

    public NodeReadings() => reader = new("node-1", time, proc.Files);

    public void Dispose()
    {
        reader.Dispose();
        proc.Dispose();
    }

    [Fact]
    public void The_first_reading_has_no_rates_and_everything_else()
    {
        var reading = reader.Read(new(3, 2, 500, 70, 80));
        Assert.Equal(("node-1", time.GetUtcNow(), "proc", 0.5, 0.4, 0.3), (reading.Node, reading.At, reading.Source, reading.Load1, reading.Load5, reading.Load15));
        Assert.Equal((1000 << 10, 600 << 10, 100 << 10, 10 << 10, 400 << 10, 0, 0),
            (reading.MemoryTotal, reading.MemoryAvailable, reading.MemoryFree, reading.MemoryBuffers, reading.MemoryCached, reading.SwapTotal, reading.SwapFree));
        Assert.Equal((350735, 31, 3, 2, 500), (reading.Uptime, reading.ProcessThreads, reading.Connections, reading.Rooms, reading.Outbox));
        Assert.True(reading is { ProcessMemory: > 0, ProcessHeap: > 0, ProcessUptime: >= 0, ProcessPoolThreads: >= 0, ProcessPoolQueue: >= 0 });
        Assert.Equal((2, 80, 1, 512_000, 1.5), (reading.Processes, reading.Threads, reading.Runnable, reading.MemoryLimit, reading.CpuLimit));
        Assert.Equal((2, 41, "x86_pkg_temp"), (reading.DiskErrors, reading.Temperature, reading.TemperatureZone));
        Assert.Equal(default((double?, long?, long?, long?, long?, double?, double?, double?)),
            (reading.Cpu, reading.NetworkReceived, reading.NetworkSent, reading.DiskRead, reading.DiskWritten, reading.ProcessCpu, reading.Messages, reading.Deliveries));
        Assert.Equal([null, null], reading.Cores);
    }

    [Fact]
    public void Rates_are_what_happened_between_two_readings_by_the_time_between_them()
    {
        reader.Read(Quiet);
        proc.Cores((50, 150), (0, 200));
        proc.Network(("eth0", 2_000, 400), ("lo", 9, 9));
        proc.Disks(("sda", 8, 2));
        var reading = After(TimeSpan.FromSeconds(2), new(0, 0, 0, 5, 30));
        Assert.Equal([0.25, 0], reading.Cores);
        Assert.Equal((0.125, 1_000, 200, 2_048, 512, 2.5, 15),
            (reading.Cpu, reading.NetworkReceived, reading.NetworkSent, reading.DiskRead, reading.DiskWritten, reading.Messages, reading.Deliveries));
        Assert.True(reading is { ProcessCpu: >= 0, ProcessGcPause: >= 0, ProcessCollections: >= 0 });
    }

    [Fact]
    public void A_core_that_goes_offline_is_absent_until_it_was_there_twice()
    {
        reader.Read(Quiet);
        proc.Cores((100, 100), null);
        Assert.Equal([0.5], After(TimeSpan.FromSeconds(2)).Cores);
        proc.Cores((200, 200), (5, 5));
        Assert.Equal([0.5, null], After(TimeSpan.FromSeconds(2)).Cores);
        proc.Cores(null, (15, 35));
        var reading = After(TimeSpan.FromSeconds(2));
        Assert.Equal([null, 0.25], reading.Cores);
        Assert.Equal(0.25, reading.Cpu);
    }

    [Fact]
    public void A_core_whose_times_went_back_is_absent_for_that_reading()
    {
        proc.Cores((100, 100), (100, 100));
        reader.Read(Quiet);
        proc.Cores((10, 300), (200, 300));
        var reading = After(TimeSpan.FromSeconds(2));
        Assert.Equal([null, 0.3333], reading.Cores);
        Assert.Equal(0.3333, reading.Cpu);
        proc.Cores((20, 310), (200, 400));
        Assert.Equal([0.5, 0], After(TimeSpan.FromSeconds(2)).Cores);
    }

    [Fact]
    public void Waiting_time_that_went_back_as_it_does_is_no_odd_thing()
    {
        proc.Write("stat", "cpu0 100 0 0 100 50 0 0 0\n");
        reader.Read(Quiet);
        proc.Write("stat", "cpu0 110 0 0 130 49 0 0 0\n");
        Assert.Equal([0.25], After(TimeSpan.FromSeconds(2)).Cores);
    }

    [Fact]
    public void A_counter_that_wrapped_gives_no_rate_and_the_next_reading_does()
    {
        proc.Network(("eth0", uint.MaxValue, 10));
        proc.Disks(("sda", uint.MaxValue, 10));
        reader.Read(Quiet);
        proc.Network(("eth0", 5, 20));
        proc.Disks(("sda", 5, 20));
        var wrapped = After(TimeSpan.FromSeconds(1));
        Assert.Equal(default((long?, long?, long?, long?)), (wrapped.NetworkReceived, wrapped.NetworkSent, wrapped.DiskRead, wrapped.DiskWritten));
        proc.Network(("eth0", 25, 20));
        proc.Disks(("sda", 5, 21));
        var next = After(TimeSpan.FromSeconds(1));
        Assert.Equal((20, 0, 0, 512), (next.NetworkReceived, next.NetworkSent, next.DiskRead, next.DiskWritten));
    }

    [Fact]
    public void An_interface_that_appears_brings_no_storm_and_one_that_goes_leaves_the_rest()
    {
        reader.Read(Quiet);
        proc.Network(("usb0", 1_000_000_000, 1_000_000_000), ("eth0", 100, 10));
        Assert.Equal(100, After(TimeSpan.FromSeconds(1)).NetworkReceived);
        proc.Network(("usb0", 1_000_000_007, 1_000_000_000), ("eth0", 200, 10));
        Assert.Equal(107, After(TimeSpan.FromSeconds(1)).NetworkReceived);
        proc.Network(("eth0", 300, 10));
        Assert.Equal(100, After(TimeSpan.FromSeconds(1)).NetworkReceived);
    }

    [Theory]
    [InlineData("loadavg")]
    [InlineData("uptime")]
    [InlineData("meminfo")]
    [InlineData("stat")]
    [InlineData("net/dev")]
    [InlineData("diskstats")]
    [InlineData("vmstat")]
    [InlineData("self/stat")]
    public void A_file_that_is_not_there_leaves_its_own_numbers_absent(string file)
    {
        reader.Read(Quiet);
        proc.Cores((10, 10));
        Assert.Empty(Absent(After(TimeSpan.FromSeconds(1))));
        proc.Cores((20, 20));
        proc.Remove(file);
        Assert.Equal(file switch
        {
            "loadavg" => ["Load1", "Load15", "Load5", "Runnable", "Threads"],
            "uptime" => ["Uptime"],
            "meminfo" => ["MemoryAvailable", "MemoryBuffers", "MemoryCached", "MemoryFree", "MemoryTotal", "SwapFree", "SwapTotal"],
            "stat" => ["Cores", "Cpu", "Interrupts"],
            "net/dev" => ["NetworkDrops", "NetworkErrors", "NetworkReceived", "NetworkSent", "PacketsReceived", "PacketsSent"],
            "vmstat" => ["PagedIn", "PagedOut"],
            "diskstats" => ["DiskRead", "DiskWritten"],
            _ => ["ProcessThreads"],
        }, Absent(After(TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public void Where_there_is_no_proc_only_the_process_is_known()
    {
        var reading = new NodeReader("node-1", time, new("/nowhere", "/nowhere", "/nowhere")).Read(new(3, 2, 0, 0, 0));
        Assert.Null(reading.Source);
        Assert.Equal((null, null, null, 3), (reading.Load1, reading.MemoryTotal, reading.Cores, reading.Connections));
        Assert.True(reading.ProcessMemory > 0);
    }

    [Fact]
    public void This_machine_can_be_read_without_garbage_to_speak_of()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no /proc");
        using var own = new NodeReader("node-1", TimeProvider.System);
        own.Read(Quiet);
        Assert.True(own.Read(Quiet) is { Source: not null, Load1: not null, MemoryTotal: > 0, MemoryAvailable: > 0, Cores.Count: > 0, NetworkReceived: >= 0, ProcessThreads: > 0 });
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) own.Read(Quiet);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 8_192); // the record itself, and file handles
    }

    private NodeReading After(TimeSpan passed, EdgeCounters edge = default)
    {
        time.Advance(passed);
        return reader.Read(edge);
    }

    private static IEnumerable<string> Absent(NodeReading reading) => typeof(NodeReading).GetProperties()
        .Where(property => property.GetValue(reading) is null).Select(property => property.Name).Order(StringComparer.Ordinal);
}
