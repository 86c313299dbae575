using System.Text;
using OrleansChat.Nodes;

namespace OrleansChat.Tests.Nodes;

/// <summary>The texts of <c>/proc</c>, as kernels, containers and broken machines write them.</summary>
public sealed class ProcTexts
{
    private readonly NodeCounters counters = new();

    [Fact]
    public void The_load_is_the_first_three_numbers()
    {
        ProcText.Load("0.20 1.18 12.12 1/80 11206\n"u8, counters);
        Assert.Equal((0.2, 1.18, 12.12), counters.Load);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("0.20 0.18\n")]
    [InlineData("0.20 0.18 0.1")] // and there it was cut off
    [InlineData("0.20 0.18 x\n")]
    [InlineData("0.20 -1 0.12\n")]
    [InlineData("NaN 0.18 0.12\n")]
    [InlineData("0,20 0,18 0,12\n")]
    public void A_load_that_is_none_is_absent(string loadavg)
    {
        ProcText.Load(Encoding.UTF8.GetBytes(loadavg), counters);
        Assert.Null(counters.Load);
    }

    [Fact]
    public void Memory_is_in_bytes()
    {
        ProcText.Memory("MemTotal:  100 kB\nMemFree:  10 kB\nMemAvailable:  60 kB\nBuffers:  1 kB\nCached:  50 kB\nSwapCached:  9 kB\nSwapTotal:  20 kB\nSwapFree:  20 kB\n"u8, counters);
        Assert.Equal(new(100 << 10, 60 << 10, 10 << 10, 1 << 10, 50 << 10, 20 << 10, 20 << 10), counters.Memory);
    }

    [Fact]
    public void What_is_odd_of_memory_is_absent_and_the_rest_is_there()
    {
        ProcText.Memory("MemTotal:  100 kB\nMemFree:  ten kB\nMemAvailable:  101 kB\nBuffers:  1\nCached: -5 kB\nSwapFree:  20 kB\nHugePages_Total:  0\nSwapTot"u8, counters);
        Assert.Equal(new(100 << 10, null, null, null, null, null, null), counters.Memory);
        ProcText.Memory("MemTotal:  18446744073709551615 kB\nMemFree:  9223372036854775807 kB\n"u8, counters);
        Assert.Equal(default, counters.Memory);
    }

    [Fact]
    public void Each_core_has_its_own_times_and_an_offline_one_none()
    {
        ProcText.Stat("""
            cpu  2412945 208700 396449 1454865 9277 0 17380 20536 0 0
            cpu0 10 20 30 400 50 6 7 8 9 9
            cpu2 1 2 3 40
            intr 25710192 0 0
            cpufreq 1 2 3 4 5

            """u8, counters);
        Assert.Equal([new CoreTime(81, 400, 50), null, new CoreTime(6, 40, 0)], counters.Cores); // a guest's 9 are in the 10 already
    }

    [Theory]
    [InlineData("cpu0 10 20 30\n")]
    [InlineData("cpu0 10 20 30 4")]
    [InlineData("cpu0 10 20 x 400\n")]
    [InlineData("cpu0 10 20 30 400 y\n")]
    [InlineData("cpu0 10 20 30 99999999999999999999\n")]
    [InlineData("cpu-1 10 20 30 400\n")]
    [InlineData("cpu99999999 10 20 30 400\n")]
    public void A_core_that_is_garbled_is_absent(string stat)
    {
        ProcText.Stat(Encoding.UTF8.GetBytes(stat), counters);
        Assert.Empty(counters.Cores);
    }

    private const string Heads = """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed

        """;

    [Theory]
    [InlineData("    lo: 7 1 0 0 0 0 0 0 7 1 0 0 0 0 0 0\n", "")]
    [InlineData("  eth0: 100 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0\nwlan0:3 1 0 0 0 0 0 0 4 1 0 0 0 0 0 0\n", "eth0 100 20, wlan0 3 4")]
    [InlineData("a:b: 100 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0\n", "a:b 100 20")]
    [InlineData("  eth0: 100 1 0 0\n", null)]
    [InlineData("  eth0 100 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0\n", null)]
    [InlineData("  eth0: 100 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0\nwlan0: 3 1", null)]
    [InlineData("  eth0: 18446744073709551615 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0\n", null)]
    public void All_interfaces_but_loopback_count_or_none_is_known(string dev, string? expected)
    {
        ProcText.Network(Encoding.UTF8.GetBytes(Heads + dev), counters);
        Assert.Equal(expected, Written(counters.Network));
    }

    [Theory]
    [InlineData("8 0 sda 1 0 2 0 1 0 4 0 0 0 0\n8 1 sda1 1 0 2 0 1 0 4 0 0 0 0\n8 16 sdaa 1 0 6 0 1 0 8 0 0 0 0\n", "sda 1024 2048, sdaa 3072 4096")]
    [InlineData("259 0 nvme0n1 1 0 2 0 1 0 4 0 0 0 0\n259 1 nvme0n1p1 1 0 2 0 1 0 4 0 0 0 0\n259 2 nvme0n12 1 0 2 0 1 0 2 0 0 0 0\n", "nvme0n1 1024 2048, nvme0n12 1024 1024")]
    [InlineData("202 1 xvda1 1 0 2 0 1 0 4 0 0 0 0 0 0 0 0 0 0\n", "xvda1 1024 2048")]
    [InlineData("8 0 sda 1 0 2 0 1 0 4 0 0 0 0\n8 1 sda1 7 7 7 7\n", "sda 1024 2048")] // Linux 2.6.0 to 2.6.24
    [InlineData("7 0 loop0 1 0 2 0 1 0 4 0 0 0 0\n1 0 ram0 1 0 2 0 1 0 4 0 0 0 0\n253 0 zram0 1 0 2 0 1 0 4 0 0 0 0\n", "")]
    [InlineData("9 0 md0 1 0 2 0 1 0 4 0 0 0 0\n253 0 dm-0 1 0 2 0 1 0 4 0 0 0 0\n11 0 sr0 1 0 2 0 1 0 4 0 0 0 0\n", "")]
    [InlineData("", null)]
    [InlineData("8 0 sda 1 0 2 0\n", null)]
    [InlineData("8 0\n", null)]
    [InlineData("8 0 sda 1 0 2 0 1 0 4 0 0 0 0\n8 16 sdb 1 0 2 0 1 0 4", null)]
    [InlineData("8 0 sda 1 0 9223372036854775807 0 1 0 4 0 0 0 0\n", null)]
    public void Whole_disks_count_or_none_is_known(string diskstats, string? expected)
    {
        ProcText.Disks(Encoding.UTF8.GetBytes(diskstats), counters);
        Assert.Equal(expected, Written(counters.Disks));
    }

    [Theory]
    [InlineData("1 (cat) R 2 2 3 0 -1 4194304 100 0 0 0 0 0 0 0 20 0 31 0 2280644 3133440", 31)]
    [InlineData("1 (a) b (c) R 9 9) R 2 2 3 0 -1 4194304 100 0 0 0 0 0 0 0 20 0 31 0 2280644", 31)]
    [InlineData("1 (cat) R 2 2 3 0 -1 4194304 100 0 0 0 0 0 0 0 20 0 31 0 2280644 3133440 5", 31)] // cut off
    [InlineData("1 (cat) R 2 2 3 0 -1", null)]
    [InlineData("", null)]
    public void Threads_are_counted_behind_any_name(string stat, int? threads)
    {
        ProcText.Process(Encoding.UTF8.GetBytes(stat), counters);
        Assert.Equal(threads, counters.ProcessThreads);
    }

    [Fact]
    public void Whatever_bytes_stand_there_nothing_throws()
    {
        var random = new Random(20);
        var real = Encoding.UTF8.GetBytes(Heads + "  eth0: 100 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0\ncpu0 10 20 30 400 50 6\nMemTotal: 100 kB\n8 0 sda 1 0 2 0 1 0 4 0 0 0 0\n");
        for (var i = 0; i < 20_000; i++)
        {
            var text = real[random.Next(real.Length)..].ToArray();
            for (var n = random.Next(8); n > 0 && text.Length > 0; n--) text[random.Next(text.Length)] = (byte)random.Next(256);
            counters.Clear();
            ProcText.Load(text, counters);
            ProcText.Uptime(text, counters);
            ProcText.Memory(text, counters);
            ProcText.Stat(text, counters);
            ProcText.Network(text, counters);
            ProcText.Disks(text, counters);
            ProcText.Process(text, counters);
        }
    }

    private static string? Written(NamedCounters counters) => counters.Known
        ? string.Join(", ", Enumerable.Range(0, counters.Count).Select(i => $"{Encoding.UTF8.GetString(counters.Name(i))} {counters[i][0]} {counters[i][1]}"))
        : null;
}
