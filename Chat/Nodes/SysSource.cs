using System.Text;

namespace OrleansChat.Nodes;

/// <summary>
/// What neither <c>/proc</c> nor, unless it is told of them, the device has: temperatures, errors of disks, limits of
/// control groups. Where they stand is looked up once a minute, since that leaves garbage.
/// </summary>
public sealed class SysSource(MachineFiles files, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly ControlGroup group = new(files);
    private readonly List<(byte[] Name, KernelFile Temperature)> zones = [];
    private readonly List<KernelFile> errors = [];
    private readonly TextBuffer buffer = new();
    private long? looked;

    public void Fill(NodeCounters counters)
    {
        if (looked is not { } then || time.GetElapsedTime(then) >= LookEvery) Look();
        if (counters.Temperature is null) Temperatures(counters);
        counters.DiskErrors = DiskErrors();
        counters.Limits = (group.Memory, group.Cpu);
    }

    /// <summary>A zone that cannot be read, as those of sensors that sleep, leaves the others.</summary>
    private void Temperatures(NodeCounters counters)
    {
        foreach (var (name, temperature) in zones)
        {
            if (SysText.Temperature(temperature.Read(buffer)) is { } thousandths) counters.SetTemperature(name, thousandths);
        }
    }

    /// <summary>Of all disks and file systems that count them, or of none: with one left out it would have gone back.</summary>
    private long? DiskErrors()
    {
        if (errors.Count == 0) return null;
        var sum = 0L;
        foreach (var file in errors)
        {
            if (SysText.Count(file.Read(buffer)) is not { } count) return null;
            sum += count;
        }

        return sum;
    }

    private void Look()
    {
        looked = time.GetTimestamp();
        Dispose();
        foreach (var zone in Folders("class/thermal", "thermal_zone*"))
        {
            if (Text(Path.Combine(zone, "type")) is { } name) zones.Add((Encoding.UTF8.GetBytes(name), new(Path.Combine(zone, "temp"))));
        }

        foreach (var disk in Folders("block", "*"))
        {
            var path = Path.Combine(disk, "device", "ioerr_cnt");
            if (!ProcText.IsNoDisk(Encoding.UTF8.GetBytes(Path.GetFileName(disk))) && File.Exists(path)) errors.Add(new(path)); // a drive without its CD counts errors all day
        }

        foreach (var system in Folders("fs/ext4", "*"))
        {
            var path = Path.Combine(system, "errors_count");
            if (File.Exists(path)) errors.Add(new(path));
        }

        group.Look();
    }

    private string[] Folders(string folder, string pattern)
    {
        try
        {
            var path = Path.Combine(files.Sys, folder);
            return Directory.Exists(path) ? Directory.GetDirectories(path, pattern) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>What stands in a file that is read once; null where it cannot be read.</summary>
    internal static string? Text(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        foreach (var (_, temperature) in zones) temperature.Dispose();
        foreach (var file in errors) file.Dispose();
        zones.Clear();
        errors.Clear();
    }
}
