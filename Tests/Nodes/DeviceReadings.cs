using OrleansChat.Nodes;

namespace OrleansChat.Tests.Nodes;

/// <summary>A node whose driver comes, goes, and says odd things; and what <c>/sys</c> adds to either source.</summary>
public sealed class DeviceReadings : IDisposable
{
    private readonly ManualTime time = new(new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
    private readonly FakeMachine machine = new();
    private readonly NodeReader reader;

    public DeviceReadings() => reader = new("node-1", time, machine.Files);

    public void Dispose()
    {
        reader.Dispose();
        machine.Dispose();
    }

    [Fact]
    public void Where_the_driver_is_loaded_the_machine_is_read_from_it_and_the_rest_from_proc_and_sys()
    {
        machine.Device("load.1 7.50", "load.5 7.40", "load.15 7.30", "memory.total 5000", "threads 77");
        var reading = Read();
        Assert.Equal(("device", 7.5, 5000, 77), (reading.Source, reading.Load1, reading.MemoryTotal, reading.Threads));
        Assert.Equal((0, 0, 31, 2, 41), (reading.SwapTotal, reading.SwapFree, reading.ProcessThreads, reading.DiskErrors, reading.Temperature));
        Assert.Equal((null, null, null), (reading.Uptime, reading.MemoryFree, reading.Processes)); // the driver could not tell: proc is not asked instead
        machine.Disks(("sda", 8, 2));
        reading = Read();
        Assert.Equal((2_048, 512), (reading.DiskRead, reading.DiskWritten));
    }

    [Fact]
    public void Disks_and_zones_that_the_driver_was_told_of_are_read_from_it()
    {
        machine.Device("disk.vda.read_bytes 0", "disk.vda.write_bytes 0", "thermal.soc.temperature -5000");
        Read();
        machine.Device("disk.vda.read_bytes 6000", "disk.vda.write_bytes 400", "thermal.soc.temperature -5500");
        var reading = Read();
        Assert.Equal((3_000, 200, -5.5, "soc"), (reading.DiskRead, reading.DiskWritten, reading.Temperature, reading.TemperatureZone));
    }

    [Fact]
    public void A_driver_that_comes_or_goes_costs_the_rates_of_one_reading_and_gives_no_wrong_ones()
    {
        machine.Cores((100, 100));
        Read();
        machine.Cores((200, 200));
        Assert.Equal(("proc", 0.5, 50), (Read() is var first ? first.Source : null, first.Cpu, first.Interrupts));

        machine.Device([.. Lines(busy: 5_000_000_000, idle: 9_000_000_000)]);
        var came = Read();
        Assert.Equal(("device", null, null, null, null, null), (came.Source, came.Cpu, came.Interrupts, came.NetworkReceived, came.PagedIn, came.DiskRead));
        Assert.Equal([null], came.Cores);

        machine.Device([.. Lines(busy: 5_500_000_000, idle: 10_500_000_000)]);
        Assert.Equal(("device", 0.25), (Read() is var there ? there.Source : null, there.Cpu));

        machine.Unload();
        machine.Cores((5_500_000_100, 10_500_000_900)); // as if nothing had been
        var went = Read();
        Assert.Equal(("proc", null, null, null, null, null), (went.Source, went.Cpu, went.Interrupts, went.NetworkReceived, went.PagedIn, went.DiskRead));
        Assert.NotNull(went.Load1);
        machine.Cores((5_500_000_175, 10_500_000_925));
        Assert.True(Read() is { Source: "proc", Cpu: 0.75, Interrupts: 50, NetworkReceived: 0, PagedIn: 0, DiskRead: 0 });
    }

    [Theory]
    [InlineData("version 2\nthreads 77\n")]
    [InlineData("")]
    [InlineData("garbage")]
    public void A_device_that_says_something_else_is_not_used(string text)
    {
        machine.WriteAt("chatmetrics", text);
        var reading = Read();
        Assert.Equal(("proc", 80), (reading.Source, reading.Threads));
    }

    [Fact]
    public void Who_wants_proc_only_gets_it()
    {
        machine.Device("threads 77");
        using var own = new NodeReader("node-1", time, machine.Files with { Device = null });
        Assert.Equal("proc", own.Read(default).Source);
    }

    [Fact]
    public void A_device_is_no_condition_for_a_machine_without_proc()
    {
        machine.Device("threads 77");
        using var own = new NodeReader("node-1", time, machine.Files with { Proc = "/nowhere", Sys = "/nowhere" });
        var reading = own.Read(default);
        Assert.Equal(("device", 77, null, null, null), (reading.Source, reading.Threads, reading.SwapTotal, reading.ProcessThreads, reading.Temperature));
    }

    [Theory]
    [InlineData("", 27.8)] // as if it slept
    [InlineData("garbage", 27.8)]
    [InlineData("-274000", 27.8)]
    [InlineData("26500", 27.8)]
    [InlineData("31500", 31.5)]
    public void A_zone_that_says_nothing_leaves_the_others(string temperature, double hottest)
    {
        Read();
        machine.Zone(1, "x86_pkg_temp", temperature);
        Assert.Equal((hottest, hottest == 27.8 ? "acpitz" : "x86_pkg_temp"), (Read() is var reading ? reading.Temperature : null, reading.TemperatureZone));
    }

    [Fact]
    public void A_sensor_that_answers_with_an_error_leaves_the_others_and_is_asked_again_after_a_minute()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no file that always fails");
        machine.Fail("class/thermal/thermal_zone1/temp");
        for (var i = 0; i < 10; i++) Assert.Equal(27.8, Read().Temperature);
        machine.Zone(1, "x86_pkg_temp", "42000");
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(42, Read().Temperature);
    }

    [Fact]
    public void A_disk_that_was_put_in_counts_after_a_minute_and_one_that_was_taken_out_no_more()
    {
        Assert.Equal(2, Read().DiskErrors);
        machine.WriteSys("block/sdb/device/ioerr_cnt", "0x1f\n");
        machine.WriteSys("block/sr0/device/ioerr_cnt", "0xffff\n"); // there is no CD in it
        Assert.Equal(2, Read().DiskErrors);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(33, Read().DiskErrors);
        machine.RemoveSys("block/sdb/device/ioerr_cnt");
        Assert.Null(Read().DiskErrors);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, Read().DiskErrors);
    }

    [Fact]
    public void Where_nothing_counts_errors_their_number_is_absent()
    {
        machine.RemoveSys("block/sda/device/ioerr_cnt");
        machine.RemoveSys("fs/ext4/sda1/errors_count");
        Assert.Null(Read().DiskErrors);
    }

    [Theory]
    [InlineData("bash\n")] // a container's own second process
    [InlineData(null)] // others' processes are hidden, or there is no second one
    public void Processes_are_counted_where_all_are_to_be_seen(string? second)
    {
        if (second is null) machine.Remove("2/comm");
        else machine.Write("2/comm", second);
        Assert.Null(Read().Processes);
        machine.Write("2/comm", "kthreadd\n");
        machine.Write("4711/comm", "chat\n");
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(3, Read().Processes);
    }

    [Theory]
    [InlineData("0::/\n", null, null)]
    [InlineData("0::/../../other\n", null, null)]
    [InlineData("12:memory:/x\n0::/system.slice/chat.service\n", 512_000L, 1.5)]
    [InlineData("0::/system.slice/gone/deeper\n", 512_000L, 4.0)]
    [InlineData("4:memory:/x\n", null, null)] // the first hierarchy's
    [InlineData("", null, null)]
    public void The_narrowest_limit_on_the_way_up_holds(string cgroup, long? memory, double? cores)
    {
        machine.Write("self/cgroup", cgroup);
        var reading = Read();
        Assert.Equal((memory, cores), (reading.MemoryLimit, reading.CpuLimit));
    }

    private static IEnumerable<string> Lines(long busy, long idle)
    {
        yield return $"cpu.0.user {busy}";
        yield return $"cpu.0.idle {idle}";
        foreach (var field in (string[])["nice", "system", "iowait", "irq", "softirq", "steal"]) yield return $"cpu.0.{field} 0";
        yield return "interrupts 999999";
        yield return "paging.in 999999";
        yield return "paging.out 999999";
        foreach (var field in (string[])["rx_bytes", "rx_packets", "rx_errors", "rx_drops", "tx_bytes", "tx_packets", "tx_errors", "tx_drops"])
            yield return $"net.eth0.{field} 999999";
        yield return "disk.sda.read_bytes 999999";
        yield return "disk.sda.write_bytes 999999";
    }

    private NodeReading Read()
    {
        time.Advance(TimeSpan.FromSeconds(2));
        return reader.Read(default);
    }
}
