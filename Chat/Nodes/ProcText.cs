namespace OrleansChat.Nodes;

/// <summary>
/// Takes the texts of Linux's <c>/proc</c> apart (proc(5), and iostats.rst of the kernel). What is odd leaves its
/// number absent; nothing here throws.
/// </summary>
public static class ProcText
{
    private const int Kilobyte = 1024;
    private const int Sector = 512; // bytes, of any disk: the kernel converts
    private const long LargestCount = (1L << 60) / Kilobyte; // of either, so that it has a number of bytes

    /// <summary><c>0.20 0.18 0.12 1/80 11206</c></summary>
    public static void Load(ReadOnlySpan<byte> loadavg, NodeCounters counters)
    {
        if (!new ProcLines(loadavg).Next(out var words)) return;
        if (words.Next(out double one) && words.Next(out double five) && words.Next(out double fifteen)) counters.Load = (one, five, fifteen);
    }

    /// <summary><c>350735.47 234388.90</c>: up, and idle.</summary>
    public static void Uptime(ReadOnlySpan<byte> uptime, NodeCounters counters)
    {
        if (new ProcLines(uptime).Next(out var words) && words.Next(out double seconds)) counters.Uptime = seconds;
    }

    /// <summary><c>MemTotal:       16384256 kB</c>, a line each.</summary>
    public static void Memory(ReadOnlySpan<byte> meminfo, NodeCounters counters)
    {
        var sizes = default(MemorySizes);
        var lines = new ProcLines(meminfo);
        while (lines.Next(out var words))
        {
            if (!words.Next(out ReadOnlySpan<byte> name) || !words.Next(out long number) || number > LargestCount) continue;
            if (!words.Next(out ReadOnlySpan<byte> unit) || !unit.SequenceEqual("kB"u8)) continue;
            var bytes = number * Kilobyte;
            sizes =
                name.SequenceEqual("MemTotal:"u8) ? sizes with { Total = bytes } :
                name.SequenceEqual("MemAvailable:"u8) ? sizes with { Available = bytes } :
                name.SequenceEqual("MemFree:"u8) ? sizes with { Free = bytes } :
                name.SequenceEqual("Buffers:"u8) ? sizes with { Buffers = bytes } :
                name.SequenceEqual("Cached:"u8) ? sizes with { Cached = bytes } :
                name.SequenceEqual("SwapTotal:"u8) ? sizes with { SwapTotal = bytes } :
                name.SequenceEqual("SwapFree:"u8) ? sizes with { SwapFree = bytes } : sizes;
        }

        // A container's view may take the total from its own limit and the rest from the machine: then no part is of this whole.
        counters.Memory = sizes with
        {
            Available = Within(sizes.Available, sizes.Total),
            Free = Within(sizes.Free, sizes.Total),
            Buffers = Within(sizes.Buffers, sizes.Total),
            Cached = Within(sizes.Cached, sizes.Total),
            SwapFree = Within(sizes.SwapFree, sizes.SwapTotal),
        };
    }

    /// <summary><c>cpu0 user nice system idle iowait irq softirq steal guest guest_nice</c>, in ticks; old kernels have fewer.</summary>
    public static void Cores(ReadOnlySpan<byte> stat, NodeCounters counters)
    {
        var lines = new ProcLines(stat);
        while (lines.Next(out var words))
        {
            if (!words.Next(out ReadOnlySpan<byte> name) || !name.StartsWith("cpu"u8) || !ProcLine.TryNumber(name[3..], out var number)) continue;
            if (!words.Next(out long user) || !words.Next(out long nice) || !words.Next(out long system) || !words.Next(out long idle)) continue;
            if (!words.NextOr0(out var waiting) || !words.NextOr0(out var irq) || !words.NextOr0(out var softirq) || !words.NextOr0(out var steal)) continue;
            counters.SetCore(number, new(user + nice + system + irq + softirq + steal, idle, waiting)); // a guest's time is in user and nice
        }
    }

    /// <summary><c>eth0: 1296 23 0 0 0 0 0 0 648 12 …</c>: bytes received first, bytes sent ninth.</summary>
    public static void Network(ReadOnlySpan<byte> dev, NodeCounters counters)
    {
        var network = counters.Network;
        var lines = new ProcLines(dev);
        network.Known = lines.Next(out _) && lines.Next(out _); // two lines of headings
        while (lines.Next(out var words))
        {
            if (!words.Before((byte)':', out var name)) network.Known = false;
            else if (name.SequenceEqual("lo"u8)) continue;
            else if (words.Next(out long received) && words.Skip(7) && words.Next(out long sent)) network.Add(name, received, sent);
            else network.Known = false;
        }

        if (lines.Torn) network.Known = false;
    }

    /// <summary><c>8 0 sda 1037644 105838 56130066 2244092 2010837 310187 110002072 …</c>: sectors read third after the name, written seventh.</summary>
    public static void Disks(ReadOnlySpan<byte> diskstats, NodeCounters counters)
    {
        var disks = counters.Disks;
        var lines = new ProcLines(diskstats);
        disks.Known = !diskstats.IsEmpty;
        while (lines.Next(out var words))
        {
            if (!words.Skip(2) || !words.Next(out ReadOnlySpan<byte> name)) disks.Known = false;
            else if (IsNoDisk(name) || IsPartition(name, disks)) continue;
            else if (words.Skip(2) && words.Next(out long read) && words.Skip(3) && words.Next(out long written)
                && Math.Max(read, written) <= LargestCount) disks.Add(name, read * Sector, written * Sector);
            else disks.Known = false;
        }

        if (lines.Torn) disks.Known = false;
    }

    /// <summary><c>28853 (a name (of any kind)) R 28835 …</c>: the threads are field 20.</summary>
    public static void Process(ReadOnlySpan<byte> stat, NodeCounters counters)
    {
        var words = new ProcLine(stat[(stat.LastIndexOf((byte)')') + 1)..]);
        if (words.Skip(17) && words.Next(out long threads) && threads is > 0 and <= int.MaxValue) counters.Threads = (int)threads;
    }

    /// <summary>In memory, or made of disks that are counted already, or without a disk in it.</summary>
    private static bool IsNoDisk(ReadOnlySpan<byte> name) =>
        name.StartsWith("loop"u8) || name.StartsWith("ram"u8) || name.StartsWith("zram"u8) || name.StartsWith("dm-"u8)
        || name.StartsWith("md"u8) || name.StartsWith("sr"u8) || name.StartsWith("fd"u8);

    /// <summary>
    /// <c>sda1</c> after <c>sda</c>, <c>nvme0n1p1</c> after <c>nvme0n1</c>. A machine that has <c>xvda1</c> and no
    /// <c>xvda</c> has a disk of this name.
    /// </summary>
    private static bool IsPartition(ReadOnlySpan<byte> name, NamedCounters disks)
    {
        for (var i = 0; i < disks.Count; i++)
        {
            var disk = disks.Name(i);
            if (!name.StartsWith(disk)) continue;
            var rest = name[disk.Length..];
            if (char.IsAsciiDigit((char)disk[^1])) rest = rest is [(byte)'p', ..] ? rest[1..] : [];
            if (ProcLine.TryNumber(rest, out _)) return true;
        }

        return false;
    }

    private static long? Within(long? part, long? whole) => part <= whole ? part : null;
}
