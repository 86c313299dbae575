using Npgsql;

namespace OrleansChat.Storage.Postgres;

/// <summary>Storage on a PostgreSQL server, for one process or many. One part of the class for each port.</summary>
public sealed partial class PostgresStorage : IStorage
{
    private readonly PostgresServer server;
    private readonly PostgresWriter writer;

    /// <exception cref="StorageConfigurationException">That is no connection string.</exception>
    public PostgresStorage(string connectionString)
    {
        server = new(connectionString);
        writer = new(server);
    }

    public string Description => $"PostgreSQL {server.Place}";

    public async Task Open(CancellationToken cancel = default)
    {
        try
        {
            await server.With(
                async connection =>
                {
                    await PostgresSchema.Migrate(connection, Description, cancel);
                    return true;
                },
                cancel);
        }
        catch (StorageUnavailableException e) when (e.InnerException is PostgresException { SqlState: var state } && NeverRightByWaiting(state))
        {
            throw new StorageConfigurationException(
                $"PostgreSQL at {server.Place} says: {e.InnerException.Message}. Create the database and the user, or correct the connection string.", e);
        }
    }

    /// <summary>Wrong password or user, no such database, or no right to it.</summary>
    private static bool NeverRightByWaiting(string state) =>
        state.StartsWith("28", StringComparison.Ordinal) || state is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege;

    public Task Ping(CancellationToken cancel = default) => server.One($"SELECT 1", row => row.GetInt32(0));

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await server.DisposeAsync();
    }
}
