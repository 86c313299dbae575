using OrleansChat.Nodes;

namespace OrleansChat.Tests.Nodes;

/// <summary>A <c>/proc</c>, a <c>/sys</c> and, once it is written, a device of a test's own, which say what the test wants.</summary>
internal sealed class FakeMachine : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("chat-machine-");
    private long interrupts;

    public FakeMachine()
    {
        Write("loadavg", "0.50 0.40 0.30 1/80 11206\n");
        Write("uptime", "350735.47 234388.90\n");
        Write("meminfo", "MemTotal:  1000 kB\nMemFree:  100 kB\nMemAvailable:  600 kB\nBuffers:  10 kB\nCached:  400 kB\nSwapTotal:  0 kB\nSwapFree:  0 kB\n");
        Cores((0, 0), (0, 0));
        Network(("eth0", 0, 0));
        Disks(("sda", 0, 0));
        Write("vmstat", "nr_free_pages 5\npgpgin 0\npgpgout 0\n");
        Write("1/comm", "systemd\n");
        Write("2/comm", "kthreadd\n");
        Write("self/stat", "1 (chat) R 2 2 3 0 -1 4194304 100 0 0 0 0 0 0 0 20 0 31 0 2280644 3133440\n");
        Write("self/cgroup", "0::/system.slice/chat.service\n");
        WriteSys("fs/cgroup/system.slice/chat.service/memory.max", "max\n");
        WriteSys("fs/cgroup/system.slice/chat.service/cpu.max", "150000 100000\n");
        WriteSys("fs/cgroup/system.slice/memory.max", "512000\n");
        WriteSys("fs/cgroup/system.slice/cpu.max", "400000 100000\n");
        Zone(0, "acpitz", "27800");
        Zone(1, "x86_pkg_temp", "41000");
        WriteSys("block/sda/device/ioerr_cnt", "0x2\n");
        WriteSys("fs/ext4/sda1/errors_count", "0\n");
    }

    public MachineFiles Files => new(Path.Combine(root.FullName, "proc"), Path.Combine(root.FullName, "sys"), Path.Combine(root.FullName, "chatmetrics"));

    /// <summary>By the number of the core; one that is null is offline.</summary>
    public void Cores(params (long Busy, long Idle)?[] cores) => Write("stat", string.Concat(
        cores.Select((core, number) => core is { } time ? $"cpu{number} {time.Busy} 0 0 {time.Idle} 0 0 0 0 0 0\n" : "").Prepend("cpu  1 2 3 4 5 6 7 8 9 0\n"))
        + $"intr {interrupts += 100} 5 0 9\n");

    public void Network(params (string Name, long Received, long Sent)[] interfaces) => Write("net/dev",
        "heading\nheading\n" + string.Concat(interfaces.Select(one => $"{one.Name}: {one.Received} 0 0 0 0 0 0 0 {one.Sent} 0 0 0 0 0 0 0\n")));

    /// <summary>In sectors.</summary>
    public void Disks(params (string Name, long Read, long Written)[] disks) => Write("diskstats",
        string.Concat(disks.Select(one => $"8 0 {one.Name} 0 0 {one.Read} 0 0 0 {one.Written} 0 0 0 0\n")));

    public void Zone(int number, string type, string temperature)
    {
        WriteSys($"class/thermal/thermal_zone{number}/type", $"{type}\n");
        WriteSys($"class/thermal/thermal_zone{number}/temp", $"{temperature}\n");
    }

    public void Write(string path, string text) => WriteAt("proc/" + path, text);

    public void WriteSys(string path, string text) => WriteAt("sys/" + path, text);

    /// <summary>Lines after that of the version.</summary>
    public void Device(params ReadOnlySpan<string> lines) => WriteAt("chatmetrics", $"version 1\n{string.Concat(lines.ToArray().Select(line => $"{line}\n"))}");

    public void Unload() => File.Delete(Files.Device!);

    public void WriteAt(string path, string text)
    {
        var file = new FileInfo(Path.Combine(root.FullName, path));
        file.Directory!.Create();
        if (file.LinkTarget is not null) file.Delete();
        File.WriteAllText(file.FullName, text);
    }

    public void Remove(string path) => File.Delete(Path.Combine(Files.Proc, path));

    /// <summary>The file is there, can be opened, and each read of it fails; until it is written again.</summary>
    public void Fail(string path)
    {
        RemoveSys(path);
        File.CreateSymbolicLink(Path.Combine(Files.Sys, path), "/proc/self/mem"); // nothing is at its beginning
    }

    public void RemoveSys(string path) => File.Delete(Path.Combine(Files.Sys, path));

    public void Dispose() => root.Delete(recursive: true);
}
