using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using OrleansChat.Storage;

namespace OrleansChat.Tests.Browser;

/// <summary>
/// The real Gateway in a process of its own, on a free port of 127.0.0.1 with a new SQLite file. It can be killed and
/// started again on the same port and file.
/// </summary>
/// <param name="program">Another program that is configured as the Gateway is.</param>
/// <param name="settings">Such as <c>--Chat:Limits:Enabled=false</c>.</param>
public sealed partial class ChatServer(string program, params string[] settings) : IAsyncDisposable
{
    private const string Gateway = "OrleansChat.Gateway.dll";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-browser-");
    private Process? running;

    public ChatServer(string[] settings) : this(Path.Combine(AppContext.BaseDirectory, Gateway), settings)
    {
    }

    private string Storage => $"sqlite:{Path.Combine(folder.FullName, "chat.db")}";

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>Where programs connect.</summary>
    public Uri Socket => new($"ws://{Address.Authority}/ws");

    /// <summary>The password that the first start tells once.</summary>
    public string AdminPassword { get; private set; } = "";

    public bool Runs => running is not null;

    /// <summary>Gives it a past, before it starts.</summary>
    public async Task Write(Func<IStorage, Task> past)
    {
        await using var storage = Storages.Create(Storage);
        await storage.Open();
        await past(storage);
    }

    /// <summary>Returns once it listens.</summary>
    public async Task Start()
    {
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        running = new Process
        {
            StartInfo = new("dotnet", [
                program,
                $"--urls={Address}",
                $"--Chat:Storage={Storage}",
                .. settings])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder.FullName,
            },
            EnableRaisingEvents = true,
        };
        running.OutputDataReceived += (_, line) => Hear(line.Data);
        running.ErrorDataReceived += (_, line) => Hear(line.Data);
        running.Exited += (_, _) => listens.TrySetException(new InvalidOperationException($"The server ended:\n{Words()}"));
        running.Start();
        running.BeginOutputReadLine(); // read to the end: a full pipe would stop the server
        running.BeginErrorReadLine();
        await listens.Task.WaitAsync(Patience);

        void Hear(string? line)
        {
            if (line is null) return;
            lock (said) said.Add(line);
            if (Password().Match(line) is { Success: true } told) AdminPassword = told.Groups[1].Value;
            if (line.StartsWith("OrleansChat is at", StringComparison.Ordinal)) listens.TrySetResult();
        }

        string Words()
        {
            lock (said) return string.Join('\n', said);
        }
    }

    /// <summary>SIGKILL: it says nothing to anybody and finishes nothing.</summary>
    public async Task Kill()
    {
        if (running is null) return;
        running.Kill();
        await running.WaitForExitAsync().WaitAsync(Patience);
        running.Dispose();
        running = null;
    }

    /// <summary>SIGTERM: it takes leave of everybody.</summary>
    public async Task Terminate()
    {
        if (running is null) return;
        using var kill = Process.Start("kill", ["-TERM", $"{running.Id}"]);
        await running.WaitForExitAsync().WaitAsync(Patience);
        running.Dispose();
        running = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        folder.Delete(recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"'admin' with the password (\w+)")]
    private static partial Regex Password();
}
