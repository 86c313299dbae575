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

    /// <summary><c>0.20 0.18 0.12 1/80 11206</c>: the load, and threads that run of those that there are.</summary>
    public static void Load(ReadOnlySpan<byte> loadavg, NodeCounters counters)
    {
        if (!new ProcLines(loadavg).Next(out var words)) return;
        if (!words.Next(out double one) || !words.Next(out double five) || !words.Next(out double fifteen)) return;
        counters.Load = (one, five, fifteen);
        if (!words.Before((byte)'/', out var runnable) || !words.Next(out ReadOnlySpan<byte> threads)) return;
        counters.Runnable = Number(runnable);
        counters.Threads = Number(threads);
    }

    /// <summary><c>350735.47 234388.90</c>: up, and idle.</summary>
    public static void Uptime(ReadOnlySpan<byte> uptime, NodeCounters counters)
    {
        if (new ProcLines(uptime).Next(out var words) && words.Next(out double seconds)) counters.Uptime = seconds;
    }

    /// <summary><c>MemTotal:       16384256 kB</c>, a line each.</summary>
    public static void Memory(ReadOnlySpan<byte> meminfo, NodeCounters counters) => counters.Memory = Sizes(meminfo).Consistent();

    /// <summary>Of the same, what the device does not have.</summary>
    public static void Swap(ReadOnlySpan<byte> meminfo, NodeCounters counters)
    {
        var sizes = Sizes(meminfo).Consistent();
        counters.Memory = counters.Memory with { SwapTotal = sizes.SwapTotal, SwapFree = sizes.SwapFree };
    }

    private static MemorySizes Sizes(ReadOnlySpan<byte> meminfo)
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

        return sizes;
    }

    /// <summary>
    /// <c>cpu0 user nice system idle iowait irq softirq steal guest guest_nice</c>, in ticks; old kernels have fewer.
    /// <c>intr 25710192 0 9 …</c>: all interrupts, then each kind.
    /// </summary>
    public static void Stat(ReadOnlySpan<byte> stat, NodeCounters counters)
    {
        var lines = new ProcLines(stat);
        while (lines.Next(out var words))
        {
            if (!words.Next(out ReadOnlySpan<byte> name)) continue;
            if (name.SequenceEqual("intr"u8) && words.Next(out long interrupts)) counters.Interrupts = interrupts;
            if (!name.StartsWith("cpu"u8) || !ProcLine.TryNumber(name[3..], out var number)) continue;
            if (!words.Next(out long user) || !words.Next(out long nice) || !words.Next(out long system) || !words.Next(out long idle)) continue;
            if (!words.NextOr0(out var waiting) || !words.NextOr0(out var irq) || !words.NextOr0(out var softirq) || !words.NextOr0(out var steal)) continue;
            counters.SetCore(number, new(user + nice + system + irq + softirq + steal, idle, waiting)); // a guest's time is in user and nice
        }
    }

    /// <summary><c>eth0: 1296 23 0 0 0 0 0 0 648 12 0 0 …</c>: bytes, packets, errors, drops received first, sent ninth.</summary>
    public static void Network(ReadOnlySpan<byte> dev, NodeCounters counters)
    {
        var network = counters.Network;
        var lines = new ProcLines(dev);
        network.Known = lines.Next(out _) && lines.Next(out _); // two lines of headings
        while (lines.Next(out var words))
        {
            if (!words.Before((byte)':', out var name)) network.Known = false;
            else if (name.SequenceEqual("lo"u8)) continue;
            else if (Traffic(ref words, out var received) && words.Skip(4) && Traffic(ref words, out var sent))
                network.Add(name, received.Bytes, sent.Bytes, received.Packets, sent.Packets, received.Errors + sent.Errors, received.Drops + sent.Drops);
            else network.Known = false;
        }

        if (lines.Torn) network.Known = false;
    }

    private static bool Traffic(ref ProcLine words, out (long Bytes, long Packets, long Errors, long Drops) way)
    {
        way = default;
        return words.Next(out way.Bytes) && words.Next(out way.Packets) && words.Next(out way.Errors) && words.Next(out way.Drops);
    }

    /// <summary><c>pgpgin 9140274</c>, <c>pgpgout 51398316</c>, in kB.</summary>
    public static void Paging(ReadOnlySpan<byte> vmstat, NodeCounters counters)
    {
        long? pagedIn = null, pagedOut = null;
        var lines = new ProcLines(vmstat);
        while (lines.Next(out var words) && (pagedIn is null || pagedOut is null))
        {
            if (!words.Next(out ReadOnlySpan<byte> name) || !name.StartsWith("pgpg"u8) || !words.Next(out long number) || number > LargestCount) continue;
            if (name.SequenceEqual("pgpgin"u8)) pagedIn = number * Kilobyte;
            else if (name.SequenceEqual("pgpgout"u8)) pagedOut = number * Kilobyte;
        }

        if (pagedIn is { } i && pagedOut is { } o) counters.Paging = (i, o);
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

    /// <summary><c>28853 (a name (of any kind)) R 28835 …</c>: the threads are field 20, the pages in memory field 24.</summary>
    public static void Process(ReadOnlySpan<byte> stat, NodeCounters counters)
    {
        var words = new ProcLine(stat[(stat.LastIndexOf((byte)')') + 1)..]);
        if (!words.Skip(17) || !words.Next(out long threads) || threads is <= 0 or > int.MaxValue) return;
        counters.ProcessThreads = (int)threads;
        if (words.Skip(3) && words.Next(out long pages) && words.Skip(1) && pages is > 0 and <= LargestCount / 64) counters.ProcessMemory = pages * Environment.SystemPageSize;
    }

    /// <summary>In memory, or made of disks that are counted already, or without a disk in it.</summary>
    internal static bool IsNoDisk(ReadOnlySpan<byte> name) =>
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

    private static int? Number(ReadOnlySpan<byte> word) => ProcLine.TryNumber(word, out var number) && number <= int.MaxValue ? (int)number : null;
}
