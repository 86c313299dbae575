using System.Globalization;

namespace OrleansChat.Nodes;

/// <summary>Reads the node from Linux's <c>/proc</c> (proc(5)). Elsewhere, and where a file is odd, a number is absent.</summary>
public static class NodeReader
{
    public static NodeReading Read(string node, DateTimeOffset at, int connections) => new(
        node,
        at,
        OperatingSystem.IsLinux() ? "proc" : null,
        Load1(Lines("/proc/loadavg")),
        Memory(Lines("/proc/meminfo"), "MemTotal:"),
        Memory(Lines("/proc/meminfo"), "MemAvailable:"),
        Environment.WorkingSet,
        connections);

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary><c>0.20 0.18 0.12 1/80 11206</c>: the first field.</summary>
    private static double? Load1(string[] lines) =>
        lines is [var line, ..] && double.TryParse(line.Split(' ')[0], CultureInfo.InvariantCulture, out var load) ? load : null;

    /// <summary><c>MemTotal:       16384256 kB</c>: in bytes.</summary>
    private static long? Memory(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
        && long.TryParse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes * 1024
            : null;
}
