using System.Text;

namespace OrleansChat.Nodes;

/// <summary>
/// The control groups that this process is in, as far as it can see them (cgroup v2, admin-guide/cgroup-v2.rst of the
/// kernel). The narrowest limit on the way up to the root is the one that holds.
/// </summary>
internal sealed class ControlGroup(MachineFiles files)
{
    private readonly string mount = Path.Combine(files.Sys, "fs", "cgroup");

    /// <summary>Bytes; absent where nothing limits them.</summary>
    public long? Memory { get; private set; }

    /// <summary>Cores; absent where nothing limits them.</summary>
    public double? Cpu { get; private set; }

    public void Look()
    {
        (Memory, Cpu) = (null, null);
        if (SysSource.Text(Path.Combine(files.Proc, "self", "cgroup")) is not { } text) return;
        var path = Encoding.UTF8.GetString(SysText.Group(Encoding.UTF8.GetBytes(text)));
        if (path.Length == 0) return;
        if (path.Contains("..", StringComparison.Ordinal)) path = "/"; // it is outside of what this container sees
        for (; ; path = path[..path.LastIndexOf('/')])
        {
            var folder = mount + path;
            Memory = Narrower(Memory, SysText.MemoryLimit(Bytes(Path.Combine(folder, "memory.max"))));
            Cpu = Narrower(Cpu, SysText.CpuLimit(Bytes(Path.Combine(folder, "cpu.max"))));
            if (path.Length == 0) return;
        }
    }

    private static byte[] Bytes(string path) => Encoding.UTF8.GetBytes(SysSource.Text(path) is { } text ? text + '\n' : "");

    private static T? Narrower<T>(T? one, T? other) where T : struct, IComparable<T> =>
        one is { } a && other is { } b ? a.CompareTo(b) < 0 ? a : b : one ?? other;
}
