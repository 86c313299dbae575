using System.Diagnostics;
using OrleansChat.Nodes;

namespace OrleansChat.Tests.Nodes;

/// <summary>
/// Prints what a reading costs. Shortly, to see that it works and leaves no garbage to speak of; by hand ten thousand times:
/// <c>CHAT_MEASURE=1 dotnet test Tests -c Release --filter ReadingCost --logger "console;verbosity=detailed"</c>
/// </summary>
public sealed class ReadingCost(ITestOutputHelper output) : IDisposable
{
    private static readonly int Times = Environment.GetEnvironmentVariable("CHAT_MEASURE") == "1" ? 10_000 : 100;

    private readonly FakeMachine machine = new();

    public void Dispose() => machine.Dispose();

    [Theory]
    [InlineData("this machine's /proc and /sys")]
    [InlineData("a device of 8 cores, and /proc and /sys for the rest")]
    [InlineData("a device of 64 cores, and /proc and /sys for the rest")]
    public void Measure(string what)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no /proc");
        var cores = what.Contains("64", StringComparison.Ordinal) ? 64 : 8;
        machine.Device([.. Lines(cores)]);
        using var reader = new NodeReader("node-1", TimeProvider.System, new() { Device = what.StartsWith("a device", StringComparison.Ordinal) ? machine.Files.Device : null });
        for (var i = 0; i < Times / 10; i++) reader.Read(default); // warm
        var took = new TimeSpan[Times];
        var (before, cpu) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < Times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            reader.Read(default);
            took[i] = Stopwatch.GetElapsedTime(began);
        }

        var garbage = (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
        var busy = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / Times;
        Array.Sort(took);
        output.WriteLine($"{what}: p50 {took[Times / 2].TotalMicroseconds:N0} µs, p99 {took[Times * 99 / 100].TotalMicroseconds:N0} µs, "
            + $"{busy:N0} µs of this process's CPU, {garbage:N0} bytes");
        Assert.InRange(garbage, 1, 2_048 + 16 * Math.Max(cores, Environment.ProcessorCount)); // the record, its cores, and the device's handle
    }

    private static IEnumerable<string> Lines(int cores)
    {
        for (var core = 0; core < cores; core++)
        {
            foreach (var field in (string[])["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"]) yield return $"cpu.{core}.{field} 123456789012{core}";
        }

        foreach (var name in (string[])["lo", "eth0", "wlan0", "docker0"])
        {
            foreach (var field in (string[])["rx_bytes", "rx_packets", "rx_errors", "rx_drops", "tx_bytes", "tx_packets", "tx_errors", "tx_drops"]) yield return $"net.{name}.{field} 1234567890";
        }
    }
}
