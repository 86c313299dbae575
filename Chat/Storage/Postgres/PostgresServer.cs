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
    /// <summary>Seconds for a connection, or a place in the pool.</summary>
    private const int ConnectSeconds = 5;

    /// <summary>Seconds for an answer; the server gives a statement up a little earlier by itself.</summary>
    private const int CommandSeconds = 10;

    /// <summary>
    /// A statement waits 2 s for somebody's lock, runs 8 s, and a transaction whose node says nothing more is undone
    /// after 5 s: a frozen node holds nothing for long. A commit is on the disk when it returns.
    /// </summary>
    private const string Settings =
        "-c lock_timeout=2s -c statement_timeout=8s -c idle_in_transaction_session_timeout=5s -c synchronous_commit=on";

    private readonly NpgsqlDataSource pool;

    public PostgresServer(string connectionString)
    {
        var builder = Parse(connectionString);
        Place = $"{builder.Host}:{builder.Port}/{builder.Database}";
        var defaults = new NpgsqlConnectionStringBuilder();
        if (builder.Timeout == defaults.Timeout) builder.Timeout = ConnectSeconds;
        if (builder.CommandTimeout == defaults.CommandTimeout) builder.CommandTimeout = CommandSeconds;
        if (builder.MaxPoolSize == defaults.MaxPoolSize) builder.MaxPoolSize = 20;
        if (builder.KeepAlive == 0) builder.KeepAlive = 10;
        builder.MaxAutoPrepare = 100;
        builder.AutoPrepareMinUsages = 2;
        builder.ApplicationName ??= "OrleansChat";
        builder.Options = $"{builder.Options} {Settings}".TrimStart();
        pool = NpgsqlDataSource.Create(builder);
    }

    /// <summary>Host, port and database, for people.</summary>
    public string Place { get; }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            return builder.Host is null ? throw new ArgumentException("It names no host.") : builder;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or OverflowException)
        {
            // Without the exception's own words, which may repeat the password.
            throw new StorageConfigurationException(
                "After postgres: comes a connection string, such as postgres:Host=localhost;Database=chat;Username=chat;Password=….");
        }
    }

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
