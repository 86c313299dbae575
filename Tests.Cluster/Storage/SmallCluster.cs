using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using OrleansChat.Silo.Storage;
using OrleansChat.Storage.Postgres;
using OrleansChat.Tests.Storage;

namespace OrleansChat.Tests.Cluster.Storage;

/// <summary>A database with our schema, and real silos of this process that know each other only by it.</summary>
public sealed class SmallCluster : IAsyncDisposable
{
    public const string Streams = "streams";
    private const string Name = "small";

    private readonly PostgresServer server;
    private readonly string connectionString;
    private readonly List<IHost> hosts = [];

    private SmallCluster(PostgresServer server, string connectionString) => (this.server, this.connectionString) = (server, connectionString);

    public ClusterDatabase Database => ClusterDatabase.In($"postgres:{connectionString}")!;

    public static async Task<SmallCluster> Create()
    {
        var server = await PostgresServer.Shared();
        var connectionString = await server.NewDatabase();
        await using var storage = new PostgresStorage(connectionString);
        await storage.Open();
        return new(server, connectionString);
    }

    /// <summary>A silo that has joined.</summary>
    /// <param name="at">A port that a silo had before; without it, a free one.</param>
    public async Task<IHost> Join(int? at = null)
    {
        var builder = Quiet();
        builder.UseOrleans(silo =>
        {
            Database.Serve(silo);
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (Name, Name));
            silo.ConfigureEndpoints(IPAddress.Loopback, at ?? FreePort(), FreePort());
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                options.TableRefreshTimeout = TimeSpan.FromSeconds(1);
                options.MaxJoinAttemptTime = TimeSpan.FromSeconds(20);
            });
            silo.AddMemoryStreams(Streams);
            silo.Services.AddSingleton<Wire>();
            var table = silo.Services.Last(service => service.ServiceType == typeof(IMembershipTable)).ImplementationType!;
            silo.Services.AddSingleton<IMembershipTable>(services =>
                new CuttableTable((IMembershipTable)ActivatorUtilities.CreateInstance(services, table), services.GetRequiredService<Wire>()));
        });
        return await Start(builder);
    }

    /// <summary>A process without grains that calls those of the silos.</summary>
    public async Task<IClusterClient> Client()
    {
        var builder = Quiet();
        builder.UseOrleansClient(client =>
        {
            Database.Serve(client);
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (Name, Name));
        });
        return (await Start(builder)).Services.GetRequiredService<IClusterClient>();
    }

    private static HostApplicationBuilder Quiet()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        return builder;
    }

    private async Task<IHost> Start(HostApplicationBuilder builder)
    {
        var host = builder.Build();
        hosts.Add(host);
        await host.StartAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return host;
    }

    /// <summary>Ends a silo as a power cut does: it tells nobody, and its row goes on saying that it is active.</summary>
    public async Task Kill(IHost silo)
    {
        silo.Services.GetRequiredService<Wire>().IsCut = true;
        var options = silo.Services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value;
        options.MaxJoinAttemptTime = TimeSpan.FromMilliseconds(1); // the time for saying goodbye, too
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        try
        {
            await silo.StopAsync(now.Token).WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (Exception e) when (e is OrleansException or AggregateException or OperationCanceledException)
        {
            // It could not even say that it goes.
        }

        await Leave(silo);
    }

    /// <summary>Ends a silo as one wishes.</summary>
    public async Task Stop(IHost silo)
    {
        await silo.StopAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await Leave(silo);
    }

    private async Task Leave(IHost host)
    {
        hosts.Remove(host);
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }

    /// <summary>What stands in the database for the one state of that name.</summary>
    public async Task<string> Payload(string state)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT convert_from(payload, 'UTF8') FROM grain_state WHERE type = $1", connection);
        command.Parameters.Add(new() { Value = state });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts.ToArray()) await Stop(host);
        await server.Drop(connectionString);
    }
}

/// <summary>A silo's way to the database.</summary>
internal sealed class Wire
{
    public bool IsCut { get; set; }
}

/// <summary>The provider's table, until the wire is cut.</summary>
internal sealed class CuttableTable(IMembershipTable table, Wire wire) : IMembershipTable
{
    private IMembershipTable Table => wire.IsCut ? throw new IOException("The wire is cut.") : table;

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Table.InitializeMembershipTable(tryInitTableVersion);

    public Task DeleteMembershipTableEntries(string clusterId) => Table.DeleteMembershipTableEntries(clusterId);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Table.CleanupDefunctSiloEntries(beforeDate);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => Table.ReadRow(key);

    public Task<MembershipTableData> ReadAll() => Table.ReadAll();

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => Table.InsertRow(entry, tableVersion);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => Table.UpdateRow(entry, etag, tableVersion);

    public Task UpdateIAmAlive(MembershipEntry entry) => Table.UpdateIAmAlive(entry);
}
