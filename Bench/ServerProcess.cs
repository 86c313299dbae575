using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OrleansChat.Bench;

/// <summary>A server that was started for a measurement, with all its children, and what the kernel says of them.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const double TicksPerSecond = 100; // USER_HZ, the unit of /proc/PID/stat on every Linux
    private static readonly TimeSpan startWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan stopWithin = TimeSpan.FromSeconds(15);

    private readonly Process process;
    private readonly string log;

    private ServerProcess(Process process, int port, string log) => (this.process, Port, this.log) = (process, port, log);

    public int Port { get; }

    /// <summary>Processor time of the server and its children so far, in seconds.</summary>
    public double CpuSeconds => Family().Sum(pid => CpuTicks(pid)) / TicksPerSecond;

    /// <summary>Resident memory of the server and its children, in bytes; what they share counts once for each.</summary>
    public long Resident => Family().Sum(ResidentOf);

    /// <summary>Starts a server on its core. It is ready when its port takes a connection.</summary>
    /// <param name="folder">Where it runs, and where <c>server.log</c> is written.</param>
    /// <exception cref="InvalidOperationException">It did not come up; the message has the end of its log.</exception>
    public static async Task<ServerProcess> Start(string folder, int port, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        Directory.CreateDirectory(folder);
        var log = Path.Combine(folder, "server.log");
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec taskset -c \"$@\" >>\"$log\" 2>&1", "sh", log, $"{Machine.ServerCore}", program, .. arguments]) { WorkingDirectory = folder };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var server = new ServerProcess(Process.Start(start)!, port, log);
        try
        {
            await server.Listening();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task Listening()
    {
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(5))
        {
            if (process.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode}:\n{EndOfLog()}");
            if (Stopwatch.GetElapsedTime(began) > startWithin) throw new InvalidOperationException($"The server did not come up:\n{EndOfLog()}");
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync("127.0.0.1", Port);
                return;
            }
            catch (SocketException)
            {
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            var family = Family();
            _ = Kill(process.Id, Terminate);
            using var patience = new CancellationTokenSource(stopWithin);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }

            foreach (var pid in family.Where(pid => pid != process.Id)) _ = Kill(pid, Terminate); // children that outlive it
        }

        process.Dispose();
    }

    private string EndOfLog() => File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(20)) : "";

    /// <summary>The process and all that descend from it.</summary>
    private List<int> Family()
    {
        var children = Directory.EnumerateDirectories("/proc").Select(path => Path.GetFileName(path))
            .Where(name => char.IsAsciiDigit(name[0]))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture))
            .ToLookup(pid => Stat(pid) is { } stat ? int.Parse(stat[1], CultureInfo.InvariantCulture) : -1);
        var family = new List<int> { process.Id };
        for (var i = 0; i < family.Count; i++) family.AddRange(children[family[i]]);
        return family;
    }

    private static long CpuTicks(int pid) =>
        Stat(pid) is { } stat ? long.Parse(stat[11], CultureInfo.InvariantCulture) + long.Parse(stat[12], CultureInfo.InvariantCulture) : 0;

    private static long ResidentOf(int pid) =>
        Stat(pid) is { } stat ? long.Parse(stat[21], CultureInfo.InvariantCulture) * Environment.SystemPageSize : 0;

    /// <summary>The fields of /proc/PID/stat from the third on (proc(5)): the second, the name, may have spaces in it.</summary>
    private static string[]? Stat(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
