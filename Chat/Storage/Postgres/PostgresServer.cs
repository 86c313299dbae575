using System.Globalization;
using Npgsql;

namespace OrleansChat.Storage.Postgres;

/// <summary>
/// The server, and how it is asked. A statement is written as <c>$"SELECT … WHERE id = {id}"</c>: what stands in braces
/// is sent as a value and never becomes part of the SQL. Whatever goes wrong with the server is
/// <see cref="StorageUnavailableException"/>.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Connections at most; the writer has one of them.</summary>
    private const int Connections = 20;

    private readonly NpgsqlDataSource pool;

    public PostgresServer(string connectionString)
    {
        var builder = PostgresAddress.For(connectionString, "log", Connections);
        Place = $"{builder.Host}:{builder.Port}/{builder.Database}";
        pool = NpgsqlDataSource.Create(builder);
    }

    /// <summary>Host, port and database, for people.</summary>
    public string Place { get; }

    /// <summary>Does something with a connection of the pool.</summary>
    public async Task<T> With<T>(Func<NpgsqlConnection, Task<T>> what, CancellationToken cancel = default)
    {
        try
        {
            await using var connection = await pool.OpenConnectionAsync(cancel);
            return await what(connection);
        }
        catch (Exception e) when (MeansUnavailable(e))
        {
            throw Unavailable(e);
        }
        finally
        {
            await PollingThread.Leave(); // what the caller does next is not the driver's
        }
    }

    public static bool MeansUnavailable(Exception e) =>
        e is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException;

    /// <summary>A connection that broke has company: the pool's others are not trusted any more either.</summary>
    public StorageUnavailableException Unavailable(Exception e)
    {
        if (e is not PostgresException) pool.Clear();
        return new($"PostgreSQL at {Place} does not answer: {e.Message}", e);
    }

    /// <summary>A connection for the one who writes in batches; blocking, for a thread of its own.</summary>
    public NpgsqlConnection OpenConnection() => pool.OpenConnection();

    public Task<int> Run(FormattableString sql) => With(async connection =>
    {
        await using var command = Command(connection, sql);
        return await command.ExecuteNonQueryAsync();
    });

    public Task<List<T>> All<T>(FormattableString sql, Func<NpgsqlDataReader, T> row) => With(connection => All(connection, sql, row));

    public static async Task<List<T>> All<T>(NpgsqlConnection connection, FormattableString sql, Func<NpgsqlDataReader, T> row)
    {
        await using var command = Command(connection, sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(row(reader));
        return rows;
    }

    /// <summary>The first row, or nothing.</summary>
    public async Task<T?> One<T>(FormattableString sql, Func<NpgsqlDataReader, T> row) => (await All(sql, row)).FirstOrDefault();

    public static NpgsqlCommand Command(NpgsqlConnection connection, FormattableString sql)
    {
        var names = Enumerable.Range(1, sql.ArgumentCount).Select(i => $"${i}").ToArray();
        var command = new NpgsqlCommand(string.Format(CultureInfo.InvariantCulture, sql.Format, names), connection);
        foreach (var value in sql.GetArguments()) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    public ValueTask DisposeAsync() => pool.DisposeAsync();
}
