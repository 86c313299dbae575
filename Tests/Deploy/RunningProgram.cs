using System.Collections.Concurrent;
using System.Diagnostics;

namespace OrleansChat.Tests.Deploy;

/// <summary>A program that a test started, and that does not outlive the test.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(15);
    private static readonly ConcurrentDictionary<Process, bool> Running = new();

    private readonly ConcurrentQueue<string> said = new();
    private readonly Process process;

    static RunningProgram() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var left in Running.Keys) left.Kill();
    };

    /// <param name="environment">Added to the test's own.</param>
    public RunningProgram(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        Running.TryAdd(process, true);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>All that it wrote, to its output and to its errors.</summary>
    public string Said => string.Join('\n', said);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code and all that it wrote.</returns>
    public static async Task<(int Code, string Said)> Run(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, TimeSpan? within = null)
    {
        await using var running = new RunningProgram(program, arguments, environment);
        return (await running.Ended(within ?? EndsWithin), running.Said);
    }

    /// <summary>Looks again and again until it is so.</summary>
    public async Task Until(Func<Task<bool>> isSo, TimeSpan within)
    {
        var since = Stopwatch.StartNew();
        while (!await isSo())
        {
            if (process.HasExited) throw new InvalidOperationException($"It ended with {process.ExitCode}.\n{Said}");
            if (since.Elapsed > within) throw new TimeoutException($"It did not come to it.\n{Said}");
            await Task.Delay(20);
        }
    }

    /// <summary>SIGTERM; gives the exit code.</summary>
    public async Task<int> Terminate()
    {
        using (var kill = Process.Start("sh", ["-c", $"kill -TERM {process.Id}"])) await kill.WaitForExitAsync();
        return await Ended(EndsWithin);
    }

    public async Task<int> Ended(TimeSpan within)
    {
        await process.WaitForExitAsync().WaitAsync(within);
        Running.TryRemove(process, out _);
        return process.ExitCode;
    }

    private void Keep(string? line)
    {
        if (line is not null) said.Enqueue(line);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await Ended(EndsWithin);
        process.Dispose();
    }
}
