using Microsoft.Win32.SafeHandles;

namespace OrleansChat.Nodes;

/// <summary>The machine's numbers from Linux's <c>/proc</c>. A file that is not there, or not for us, leaves its numbers absent.</summary>
/// <param name="root">Where <c>/proc</c> is.</param>
public sealed class ProcSource(string root = ProcSource.Root)
{
    public const string Name = "proc";
    public const string Root = "/proc";

    /// <summary>Bytes. Machines with hundreds of cores and interfaces have some hundred KiB; what is larger is not one of these files.</summary>
    private const int MaxSize = 4 * 1024 * 1024;

    private readonly string loadavg = Path.Combine(root, "loadavg");
    private readonly string uptime = Path.Combine(root, "uptime");
    private readonly string meminfo = Path.Combine(root, "meminfo");
    private readonly string stat = Path.Combine(root, "stat");
    private readonly string dev = Path.Combine(root, "net", "dev");
    private readonly string diskstats = Path.Combine(root, "diskstats");
    private readonly string process = Path.Combine(root, "self", "stat");
    private byte[] buffer = new byte[16 * 1024];

    public bool Exists => Directory.Exists(root);

    public void Fill(NodeCounters counters)
    {
        ProcText.Load(Text(loadavg), counters);
        ProcText.Uptime(Text(uptime), counters);
        ProcText.Memory(Text(meminfo), counters);
        ProcText.Cores(Text(stat), counters);
        ProcText.Network(Text(dev), counters);
        ProcText.Disks(Text(diskstats), counters);
        ProcText.Process(Text(process), counters);
    }

    /// <summary>What stands in a file, until the next one is read; nothing where it cannot be read.</summary>
    private ReadOnlySpan<byte> Text(string path)
    {
        if (!File.Exists(path)) return []; // cheaper than the exception
        try
        {
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite); // without a lock
            return Text(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private ReadOnlySpan<byte> Text(SafeFileHandle file)
    {
        var length = 0;
        while (RandomAccess.Read(file, buffer.AsSpan(length), length) is > 0 and var read)
        {
            length += read;
            if (length < buffer.Length) continue;
            if (length >= MaxSize) return [];
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        return buffer.AsSpan(0, length);
    }
}
