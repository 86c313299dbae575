using Orleans.Configuration;
using Orleans.Providers;
using OrleansChat.Grains.Edges;
using OrleansChat.Storage.Postgres;

namespace OrleansChat.Silo.Storage;

/// <summary>
/// The PostgreSQL database of the chat as the place where silos find each other, and where grains keep what is in no
/// room's log. Its schema must be up to date when Orleans starts (IStorage.Open): the providers read their queries from it.
/// </summary>
public sealed class ClusterDatabase
{
    private const string Kind = "postgres:";
    private const string Invariant = "Npgsql";

    /// <summary>
    /// Connections of a node at most. Membership has its own, so that no crowd of grains that write keeps a heartbeat
    /// waiting. Together with the log's 20 they are 29: three nodes get along with PostgreSQL's default of 100.
    /// </summary>
    private const int ForMembership = 3, ForGrains = 6;

    private readonly string membership;
    private readonly string grains;

    private ClusterDatabase(string connectionString)
    {
        membership = PostgresAddress.For(connectionString, "membership", ForMembership).ConnectionString;
        grains = PostgresAddress.For(connectionString, "grains", ForGrains).ConnectionString;
    }

    /// <summary>The database that <c>Chat:Storage</c> names, or nothing where that is not PostgreSQL.</summary>
    /// <exception cref="OrleansChat.Storage.StorageConfigurationException">It is no connection string.</exception>
    public static ClusterDatabase? In(string? storage) =>
        storage is not null && storage.StartsWith(Kind, StringComparison.Ordinal) ? new(storage[Kind.Length..].Trim()) : null;

    public void Serve(ISiloBuilder silo)
    {
        silo.UseAdoNetClustering((AdoNetClusteringSiloOptions options) => Serve(options));
        silo.AddAdoNetGrainStorage(EdgesGrain.Storage, (AdoNetGrainStorageOptions options) =>
        {
            Serve(options);
            options.GrainStorageSerializer = new StateJson();
        });

        // Who has subscribed to a stream is Orleans' own state, of Orleans' own types: it is left to Orleans' serializer.
        silo.AddAdoNetGrainStorage(ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME, (AdoNetGrainStorageOptions options) => Serve(options));
    }

    public void Serve(IClientBuilder client) => client.UseAdoNetClustering((AdoNetClusteringClientOptions options) =>
        (options.Invariant, options.ConnectionString) = (Invariant, membership));

    public void Serve(AdoNetClusteringSiloOptions options) => (options.Invariant, options.ConnectionString) = (Invariant, membership);

    private void Serve(AdoNetGrainStorageOptions options)
    {
        (options.Invariant, options.ConnectionString) = (Invariant, grains);
        options.DeleteStateOnClear = true; // or a row stays for every grain that ever was
    }
}
