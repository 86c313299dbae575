using OrleansChat.Nodes;

namespace OrleansChat.Tests.Nodes;

/// <summary>A <c>/proc</c> of a test's own, whose files say what the test wants.</summary>
internal sealed class FakeProc : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("chat-proc-");

    public FakeProc()
    {
        Write("loadavg", "0.50 0.40 0.30 1/80 11206\n");
        Write("uptime", "350735.47 234388.90\n");
        Write("meminfo", "MemTotal:  1000 kB\nMemFree:  100 kB\nMemAvailable:  600 kB\nBuffers:  10 kB\nCached:  400 kB\nSwapTotal:  0 kB\nSwapFree:  0 kB\n");
        Cores((0, 0), (0, 0));
        Network(("eth0", 0, 0));
        Disks(("sda", 0, 0));
        Write("self/stat", "1 (chat) R 2 2 3 0 -1 4194304 100 0 0 0 0 0 0 0 20 0 31 0 2280644 3133440\n");
    }

    public ProcSource Source => new(root.FullName);

    /// <summary>By the number of the core; one that is null is offline.</summary>
    public void Cores(params (long Busy, long Idle)?[] cores) => Write("stat", string.Concat(
        cores.Select((core, number) => core is { } time ? $"cpu{number} {time.Busy} 0 0 {time.Idle} 0 0 0 0 0 0\n" : "").Prepend("cpu  1 2 3 4 5 6 7 8 9 0\n")));

    public void Network(params (string Name, long Received, long Sent)[] interfaces) => Write("net/dev",
        "heading\nheading\n" + string.Concat(interfaces.Select(one => $"{one.Name}: {one.Received} 0 0 0 0 0 0 0 {one.Sent} 0 0 0 0 0 0 0\n")));

    /// <summary>In sectors.</summary>
    public void Disks(params (string Name, long Read, long Written)[] disks) => Write("diskstats",
        string.Concat(disks.Select(one => $"8 0 {one.Name} 0 0 {one.Read} 0 0 0 {one.Written} 0 0 0 0\n")));

    public void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(root.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }

    public void Remove(string path) => File.Delete(Path.Combine(root.FullName, path));

    public void Dispose() => root.Delete(recursive: true);
}
