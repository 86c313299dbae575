using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>
/// A server as a real process, on 127.0.0.1 and a port of its own, with its data in a temporary folder. It can be killed,
/// frozen, stopped in order and started again on the same port; it never outlives the test.
/// </summary>
/// <param name="program">The program's file; it lies beside the tests, since they are built with a reference to it.</param>
/// <param name="settings">Keys such as <c>Chat:Limits:Enabled</c>.</param>
public abstract partial class ServerProcess(string program, (string Key, string Value)[] settings) : IAsyncDisposable
{
    public static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(40);
    public static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(10);

    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", "dotnet"));
    private static readonly HttpClient Http = new();
    private static readonly ConcurrentDictionary<Process, bool> Running = new();

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-process-");
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly int port = FreePort();
    private Process? process;

    static ServerProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var left in Running.Keys) left.Kill();
    };

    public Uri Address => new($"http://127.0.0.1:{port}");

    public Uri Socket => new($"ws://127.0.0.1:{port}/ws");

    public int Port => port;

    /// <summary>Where this server keeps its database, unless it was told another place.</summary>
    public string File => Path.Combine(folder.FullName, "chat.db");

    /// <summary>What <c>Chat:Storage</c> is.</summary>
    public string Storage => settings.LastOrDefault(it => it.Key == "Chat:Storage").Value ?? $"sqlite:{File}";

    /// <summary>What it wrote to its output, over all its lives.</summary>
    public IReadOnlyList<string> Output => [.. output];

    public IReadOnlyList<string> Errors => [.. errors];

    public ProcessReading Reading => ProcessReading.Of(process!.Id);

    /// <summary>It was started, and has ended: by our hand or by itself.</summary>
    public bool HasEnded => process is { HasExited: true };

    /// <summary>Starts it (again), on the same port and data, and waits until it is ready.</summary>
    public async Task Begin()
    {
        Launch();
        var since = Stopwatch.StartNew();
        while (!await IsReady())
        {
            if (process!.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode}.\n{Said()}");
            if (since.Elapsed > StartsWithin) throw new TimeoutException($"The server did not become ready.\n{Said()}");
            await Task.Delay(20);
        }
    }

    /// <summary>Starts a server of which it is expected that it ends by itself, and gives its exit code.</summary>
    public Task<int> RunToEnd()
    {
        Launch();
        return Ended(StartsWithin);
    }

    private void Launch()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Servers are watched through /proc, which Linux has.");
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, program), "--urls", $"http://127.0.0.1:{port}", $"--Chat:Storage=sqlite:{File}",
            .. settings.Select(it => $"--{it.Key}={it.Value}"),
        ];
        var start = new ProcessStartInfo(Dotnet, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder.FullName,
        };
        Forget();
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.Start();
        Running.TryAdd(process, true);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null) lines.Enqueue(Colours().Replace(line, ""));
    }

    public async Task<bool> IsReady() => await Ask("/health/ready") is HttpStatusCode.OK;

    /// <summary>The status of a page; null where nobody answers.</summary>
    public async Task<HttpStatusCode?> Ask(string path)
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            using var response = await Http.GetAsync(new Uri(Address, path), soon.Token);
            return response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>How many WebSockets it has open, as it says itself.</summary>
    public async Task<int> Connections()
    {
        var page = await Http.GetStringAsync(new Uri(Address, "/metrics"));
        return int.Parse(ConnectionsLine().Match(page).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>A connection that has not said hello.</summary>
    public Task<ChatConnection> Connect(Action<ChatPush>? onPush = null) => ChatConnection.Connect(Socket, new() { OnPush = onPush });

    /// <summary>SIGKILL: it ends in the middle of whatever it does.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await Ended(StopsWithin);
    }

    /// <summary>SIGTERM, as an operator's system stops it; gives the exit code.</summary>
    public async Task<int> Terminate(TimeSpan? within = null)
    {
        await Signal("TERM");
        return await Ended(within ?? StopsWithin);
    }

    /// <summary>SIGSTOP: it does nothing any more, keeps all it has, and knows nothing of it.</summary>
    public Task Freeze() => Signal("STOP");

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public Task Thaw() => Signal("CONT");

    private async Task Signal(string name)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{name} {process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    private async Task<int> Ended(TimeSpan within)
    {
        await process!.WaitForExitAsync().WaitAsync(within);
        Running.TryRemove(process, out _);
        return process.ExitCode;
    }

    private void Forget()
    {
        if (process is null) return;
        Running.TryRemove(process, out _);
        process.Dispose();
    }

    /// <summary>All that it said, for a failure's report.</summary>
    public string Said() => string.Join('\n', (string[])[.. output, .. errors]);

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await Kill();
        Forget();
        folder.Delete(recursive: true);
    }

    /// <summary>
    /// Below the range from which the kernel takes ports for clients: one that tries again and again while its server is
    /// down could be given the server's own port, and then talk with itself.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(12_000, 32_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Somebody has it: try another.
            }
        }
    }

    [GeneratedRegex(@"(?m)^chat_connections(?:\{\})? (\d+)$")]
    private static partial Regex ConnectionsLine();

    [GeneratedRegex(@"\x1B\[[0-9;]*m")]
    private static partial Regex Colours();
}
