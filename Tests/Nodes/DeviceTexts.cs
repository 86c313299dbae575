using System.Text;
using OrleansChat.Nodes;

namespace OrleansChat.Tests.Nodes;

/// <summary>The text of our driver's device, as it is, as later ones may be, and broken.</summary>
public sealed class DeviceTexts
{
    private const string Core = "cpu.0.user 1\ncpu.0.nice 2\ncpu.0.system 3\ncpu.0.idle 40\ncpu.0.iowait 5\ncpu.0.irq 6\ncpu.0.softirq 7\ncpu.0.steal 8\n";
    private const string Loopback = "net.lo.rx_bytes 9\nnet.lo.rx_packets 9\nnet.lo.rx_errors 9\nnet.lo.rx_drops 9\nnet.lo.tx_bytes 9\nnet.lo.tx_packets 9\nnet.lo.tx_errors 9\nnet.lo.tx_drops 9\n";

    private readonly NodeCounters counters = new();

    [Fact]
    public void Every_line_that_is_known_is_taken()
    {
        Assert.True(Take("""
            boot_time 1795000000
            uptime_ns 350735470000000
            load.1 0.20
            load.5 1.18
            load.15 12.12
            memory.total 1000
            memory.free 100
            memory.available 600
            memory.buffers 10
            memory.cached 400
            interrupts 25710192
            processes 79
            threads 401
            runnable 3
            paging.in 4096
            paging.out 8192

            """));
        Assert.Equal((0.2, 1.18, 12.12), counters.Load);
        Assert.Equal(350735.47, counters.Uptime!.Value, 9);
        Assert.Equal(new(1000, 600, 100, 10, 400, null, null), counters.Memory);
        Assert.Equal((25710192, 79, 401, 3, (4096, 8192)), (counters.Interrupts, counters.Processes, counters.Threads, counters.Runnable, counters.Paging));
    }

    [Fact]
    public void A_core_has_all_its_times_or_is_absent()
    {
        Take(Core + Core.Replace("cpu.0", "cpu.2") + "cpu.3.user 1\ncpu.3.idle 5\n" + Core.Replace("cpu.0", "cpu.4").Replace("steal 8", "steal -8"));
        Assert.Equal([new CoreTime(27, 40, 5), null, new CoreTime(27, 40, 5)], counters.Cores);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("eth0", "eth0 1 5 2 6 10 12")]
    [InlineData("eth0.100", "eth0.100 1 5 2 6 10 12")]
    [InlineData("a b..c", "a b..c 1 5 2 6 10 12")]
    public void An_interface_may_have_any_name(string name, string expected)
    {
        Take(Loopback + (name.Length == 0 ? "" : Interface(name)));
        Assert.Equal(expected, Written(counters.Network));
    }

    [Theory]
    [InlineData("net.eth0.tx_drops 8\n", "")] // is not there
    [InlineData("net.eth0.tx_drops 8\n", "net.eth0.tx_drops x\n")]
    [InlineData("net.eth0.tx_drops 8\n", "net.eth0.tx_drops 8\nnet.eth0.tx_drops 8\n")] // there are two
    [InlineData("net.eth0.tx_drops 8\n", "net.eth0.tx_drops 18446744073709551615\n")]
    [InlineData("net.eth0.tx_drops 8\n", "net.eth0.tx_drops 8")] // cut off
    public void An_interface_of_which_a_number_is_missing_leaves_the_sum_unknown(string number, string instead)
    {
        Take(Loopback + Interface("eth0").Replace(number, instead));
        Assert.Null(Written(counters.Network));
        counters.Clear();
        Take(Loopback + Interface("eth0"));
        Assert.NotNull(Written(counters.Network));
    }

    [Fact]
    public void Disks_are_known_where_the_driver_was_told_of_them()
    {
        Take(Loopback);
        Assert.Null(Written(counters.Disks));
        Take("disk.vda.reads 1\ndisk.vda.read_bytes 512\ndisk.vda.writes 2\ndisk.vda.write_bytes 1024\ndisk.vda.busy_ns 7\ndisk.cciss!c0d0.read_bytes 3\ndisk.cciss!c0d0.write_bytes 4\n");
        Assert.Equal("vda 512 1024, cciss!c0d0 3 4", Written(counters.Disks));
    }

    [Theory]
    [InlineData("thermal.acpitz.temperature 27800\nthermal.x86_pkg_temp.temperature 41000\n", "x86_pkg_temp 41")]
    [InlineData("thermal.x86_pkg_temp.temperature 41000\nthermal.acpitz.temperature 27800\n", "x86_pkg_temp 41")]
    [InlineData("thermal.INT3400 Thermal.temperature 20050\n", "INT3400 Thermal 20.05")]
    [InlineData("thermal.outside.temperature -12500\n", "outside -12.5")]
    [InlineData("thermal.off.temperature -274000\nthermal.on.temperature 0\n", "on 0")]
    [InlineData("thermal.off.temperature 2147483647\n", null)]
    [InlineData("thermal.off.temperature \n", null)]
    [InlineData("thermal.off.trip 99000\n", null)]
    public void The_hottest_zone_counts(string lines, string? expected)
    {
        Take(lines);
        Assert.Equal(expected, counters.Temperature is { } celsius ? FormattableString.Invariant($"{Encoding.UTF8.GetString(counters.HottestZone)} {celsius}") : null);
    }

    [Fact]
    public void What_a_later_driver_adds_is_passed_over()
    {
        Assert.True(Take("psi.cpu.some 5\nnet.count 2\n" + Loopback.Replace("net.lo.tx_bytes", "net.lo.colour 7\nnet.lo.tx_bytes") + "threads 5\nmemory.huge 1\n\nword\n"));
        Assert.Equal((5, ""), (counters.Threads, Written(counters.Network)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("version 1")]
    [InlineData("version 2\nthreads 5\n")]
    [InlineData("version 10\nthreads 5\n")]
    [InlineData("version 01\nthreads 5\n")]
    [InlineData("threads 5\nversion 1\n")]
    [InlineData("\nversion 1\nthreads 5\n")]
    [InlineData("\0\0\0\0")]
    public void A_text_of_another_version_is_not_used(string text)
    {
        Assert.False(DeviceText.Fill(Encoding.UTF8.GetBytes(text), counters));
        Assert.Null(counters.Threads);
    }

    [Theory]
    [InlineData("load.1 0.2\nload.5 0.1\n")]
    [InlineData("load.1 0.2\nload.5 x\nload.15 0.1\n")]
    [InlineData("load.1 0.2\nload.5 -1\nload.15 0.1\n")]
    [InlineData("paging.in 5\n")]
    [InlineData("threads -5\n")]
    [InlineData("threads 5000000000\n")]
    [InlineData("interrupts 1 2\n")]
    [InlineData("uptime_ns 12s\n")]
    [InlineData("memory.total 1000\nmemory.free 2000\n")]
    public void What_is_odd_is_absent(string lines)
    {
        Assert.True(Take(lines));
        Assert.Equal(default((object?, object?, object?, object?, object?, object?)),
            (counters.Load, counters.Paging, counters.Threads, counters.Interrupts, counters.Uptime, counters.Memory.Free));
    }

    [Fact]
    public void Whatever_bytes_stand_there_nothing_throws()
    {
        var random = new Random(20);
        var real = Encoding.UTF8.GetBytes("load.1 0.20\nmemory.total 5\nthreads 5\n" + Core + Interface("eth0") + "disk.sda.read_bytes 1\nthermal.a.temperature -5\ncpu. 5\nnet.. 5\n");
        for (var i = 0; i < 20_000; i++)
        {
            var text = (byte[])[.. "version 1\n"u8, .. real.AsSpan(random.Next(real.Length))];
            for (var n = random.Next(8); n > 0; n--) text[random.Next(10, text.Length)] = (byte)random.Next(256);
            counters.Clear();
            DeviceText.Fill(text, counters);
        }
    }

    private bool Take(string lines) => DeviceText.Fill(Encoding.UTF8.GetBytes("version 1\n" + lines), counters);

    private static string Interface(string name) => string.Concat(
        new[] { "rx_bytes 1", "rx_packets 2", "rx_errors 3", "rx_drops 4", "tx_bytes 5", "tx_packets 6", "tx_errors 7", "tx_drops 8" }.Select(field => $"net.{name}.{field}\n"));

    private static string? Written(NamedCounters counters) => counters.Known
        ? string.Join(", ", Enumerable.Range(0, counters.Count).Select(i => $"{Encoding.UTF8.GetString(counters.Name(i))} {string.Join(' ', counters[i].ToArray())}"))
        : null;
}
