using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansChat.Tests.Storage;

namespace OrleansChat.Tests.Cluster.Processes;

/// <summary>
/// Three nodes and their PostgreSQL, to be broken. A node that ends by itself is started again, as an operator's system
/// would do it.
/// </summary>
internal sealed class ThreeNodes : IAsyncDisposable
{
    private const int Count = 3;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly CancellationTokenSource over = new();
    private readonly ConcurrentDictionary<SiloProcess, bool> down = new(); // by our hand, or being started
    private readonly ConcurrentQueue<string> selfEnded = new();
    private Task watching = Task.CompletedTask;

    private ThreeNodes(PostgresServer postgres, string database, IReadOnlyList<SiloProcess> nodes) =>
        (Postgres, Storage, Nodes, Membership) = (postgres, $"postgres:{database}", nodes, new(database));

    public PostgresServer Postgres { get; }

    public string Storage { get; }

    public IReadOnlyList<SiloProcess> Nodes { get; }

    public DeathNotices Membership { get; }

    /// <summary>Where clients find them.</summary>
    public IReadOnlyList<Uri> Sockets => [.. Nodes.Select(node => node.Socket)];

    public static async Task<ThreeNodes> Start(params (string Key, string Value)[] settings)
    {
        var postgres = await PostgresServer.StartNew();
        var database = await postgres.NewDatabase();
        var cluster = $"test-{Guid.NewGuid():N}";
        var nodes = new ThreeNodes(postgres, database,
        [
            .. Enumerable.Range(1, Count).Select(number => SiloProcess.NotStarted(
                number, [("Chat:Storage", $"postgres:{database}"), ("Cluster:Id", cluster), ("Chat:Limits:Enabled", "false"), ("Chat:Hooks:AllowPrivate", "true"),
                ("Logging:Console:FormatterName", "simple"), ("Logging:Console:FormatterOptions:TimestampFormat", "HH:mm:ss.fff "), .. settings])),
        ]);
        try
        {
            await nodes.Nodes[0].Begin(); // alone, so that it is the first of the cluster
            await Task.WhenAll(nodes.Nodes.Skip(1).Select(node => node.Begin()));
            nodes.watching = nodes.Watch();
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL; it stays down until <see cref="Restart"/>.</summary>
    public async Task Kill(SiloProcess node)
    {
        down[node] = true;
        await Membership.Expect(node.SiloPort);
        await node.Kill();
    }

    /// <summary>SIGTERM; it stays down until <see cref="Restart"/>. Gives the exit code and how long it took.</summary>
    public async Task<(int ExitCode, TimeSpan Took)> Terminate(SiloProcess node)
    {
        down[node] = true;
        await Membership.Expect(node.SiloPort);
        var since = Stopwatch.StartNew();
        return (await node.Terminate(Patience), since.Elapsed);
    }

    /// <summary>SIGSTOP. The others may call it dead: that is no mistake of theirs.</summary>
    public async Task Freeze(SiloProcess node)
    {
        await Membership.Expect(node.SiloPort);
        await node.Freeze();
    }

    public async Task Restart(SiloProcess node)
    {
        await node.Begin();
        down.TryRemove(node, out _);
    }

    /// <summary>The node with the most connections.</summary>
    public async Task<SiloProcess> Busiest()
    {
        var connections = await Task.WhenAll(Nodes.Select(async node => (Node: node, Count: await node.Connections())));
        return connections.MaxBy(it => it.Count).Node;
    }

    /// <summary>Waits until every node serves.</summary>
    public async Task AllReady()
    {
        using var patience = new CancellationTokenSource(Patience);
        foreach (var node in Nodes)
        {
            while (down.ContainsKey(node) || !await node.IsReady()) await Task.Delay(BetweenLooks, patience.Token);
        }
    }

    /// <summary>The nodes that ended by themselves since the last call.</summary>
    public IReadOnlyList<string> EndedByThemselves()
    {
        List<string> ended = [];
        while (selfEnded.TryDequeue(out var one)) ended.Add(one);
        return ended;
    }

    private async Task Watch()
    {
        while (!over.IsCancellationRequested)
        {
            foreach (var node in Nodes.Where(node => !down.ContainsKey(node) && node.HasEnded && down.TryAdd(node, true)))
            {
                selfEnded.Enqueue($"node {node.Number}");
                await Restart(node);
            }

            await Task.Delay(BetweenLooks, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What all nodes said, for a failure's report.</summary>
    public string Said() => string.Join('\n', Nodes.Select(node => $"== node {node.Number}\n{node.Said()}"));

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var node in Nodes) await node.DisposeAsync();
        await Postgres.DisposeAsync();
        over.Dispose();
    }
}
