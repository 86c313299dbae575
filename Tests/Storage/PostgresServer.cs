using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace OrleansChat.Tests.Storage;

/// <summary>
/// A PostgreSQL server of Debian's package, started in a temporary folder on a free port of 127.0.0.1. It can be killed
/// and started again, as a fault.
/// </summary>
public sealed partial class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static int databases;

    private readonly string? binaries;
    private readonly string folder = "";
    private readonly NpgsqlConnectionStringBuilder address;
    private readonly string[] settings;

    private PostgresServer(NpgsqlConnectionStringBuilder address, string? binaries, string folder, params string[] settings) =>
        (this.address, this.binaries, this.folder, this.settings) = (address, binaries, folder, settings);

    /// <summary>A server of one's own; null where PostgreSQL is not installed.</summary>
    /// <param name="durable">
    /// Whether it syncs its files, for measuring. For tests it need not: a killed process loses nothing that it wrote,
    /// only a machine without power would.
    /// </param>
    public static async Task<PostgresServer?> TryStart(bool durable)
    {
        var binaries = FindBinaries();
        if (binaries is null) return null;
        var folder = (await Run("mktemp", "-d", Path.Combine(Path.GetTempPath(), "chat-postgres-XXXXXX"))).Trim();
        await Run(Path.Combine(binaries, "initdb"), "-D", folder, "-U", "chat", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C");
        var address = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = FreePort(), Username = "chat", Database = "postgres", Timeout = 2 };
        var server = new PostgresServer(address, binaries, folder, "-c", durable ? "fsync=on" : "fsync=off");
        await server.Start();
        return server;
    }

    /// <summary>The newest version that is installed.</summary>
    private static string? FindBinaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .OrderByDescending(version => int.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts the server in its folder, and waits until it takes connections.</summary>
    public async Task Start()
    {
        var until = Stopwatch.StartNew();
        Process? running = null;
        while (true)
        {
            // After a kill the shared memory is free only once the last child is gone: until then a start fails.
            if (running is null or { HasExited: true })
            {
                running?.Dispose();
                running = Begin(
                    Path.Combine(binaries!, "postgres"),
                    ["-D", folder, "-p", $"{address.Port}", "-c", "listen_addresses=127.0.0.1",
                    "-c", $"unix_socket_directories={folder}", "-c", "max_connections=200", "-c", "logging_collector=on", .. settings]);
            }

            try
            {
                await using var connection = new NpgsqlConnection(address.ConnectionString + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (until.Elapsed < Patience)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>SIGKILL for the server and its children, as if the power went.</summary>
    public void Kill()
    {
        if (PostmasterId() is not { } id) return;
        int[] children = [.. File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Id)];
        int[] all = [id, .. children];
        foreach (var process in all)
        {
            try
            {
                using var doomed = Process.GetProcessById(process);
                doomed.Kill();
                doomed.WaitForExit(Patience);
            }
            catch (ArgumentException)
            {
                // It went by itself, having lost its parent.
            }
        }
    }

    /// <summary>Stops it in order, at once for whoever is connected: SIGINT, PostgreSQL's "fast shutdown".</summary>
    public async Task Stop()
    {
        if (PostmasterId() is not { } id) return;
        using var postmaster = Process.GetProcessById(id);
        await Run("sh", "-c", $"kill -INT {id}");
        await postmaster.WaitForExitAsync().WaitAsync(Patience);
    }

    private int? PostmasterId() =>
        Path.Combine(folder, "postmaster.pid") is var file && File.Exists(file) ? Id(File.ReadLines(file).First()) : null;

    private static int Id(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The connection string of a database that nobody else uses, still without a schema.</summary>
    public async Task<string> NewDatabase()
    {
        var name = $"chat_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await Execute($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(address.ConnectionString) { Database = name, Timeout = 5 }.ConnectionString;
    }

    /// <summary>Drops a database, whoever is still connected to it.</summary>
    public Task Drop(string connectionString) =>
        Execute($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (binaries is null) return;
        Kill();
        await Run("rm", "-rf", folder);
    }

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Begin(program, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program}: {await error}");
    }

    /// <summary>The server refuses to run as root: root runs it as the package's own user.</summary>
    private static Process Begin(string program, params string[] arguments)
    {
        string[] line = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", program, .. arguments] : [program, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }
}
