using System.Globalization;

namespace OrleansChat.Tests.Processes;

/// <summary>What a process has of the machine's memory, and has had of its time.</summary>
/// <param name="Memory">Bytes that are in main memory now.</param>
/// <param name="Cpu">In user and in kernel mode, over all processors.</param>
public readonly record struct ProcessReading(long Memory, TimeSpan Cpu)
{
    private const int TicksPerSecond = 100; // USER_HZ, which is 100 on every Linux that .NET runs on

    public static ProcessReading Of(int process)
    {
        var memory = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        var kilobytes = long.Parse(memory.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        // The program's name, which may have spaces, stands in parentheses; the times are fields 14 and 15 of proc(5).
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return new(kilobytes * 1024, TimeSpan.FromSeconds((double)ticks / TicksPerSecond));
    }

    public override string ToString() => $"{Memory / 1048576.0:F0} MiB, {Cpu.TotalSeconds:F1} s of processor";
}
