using Npgsql;

namespace OrleansChat.Storage.Postgres;

/// <summary>
/// A connection string as somebody configured it, and what we add to it: whoever asks PostgreSQL for something waits
/// for a bounded time, and holds a bounded number of connections.
/// </summary>
public static class PostgresAddress
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

    /// <param name="given">The connection string; where it says something about waiting, that stands.</param>
    /// <param name="part">Which part of the program it is for; parts have pools of their own. The server shows it.</param>
    /// <param name="connections">How many it holds at most, unless the connection string says otherwise.</param>
    /// <exception cref="StorageConfigurationException">That is no connection string.</exception>
    public static NpgsqlConnectionStringBuilder For(string given, string part, int connections)
    {
        var builder = Parse(given);
        var defaults = new NpgsqlConnectionStringBuilder();
        if (builder.Timeout == defaults.Timeout) builder.Timeout = ConnectSeconds;
        if (builder.CommandTimeout == defaults.CommandTimeout) builder.CommandTimeout = CommandSeconds;
        if (builder.MaxPoolSize == defaults.MaxPoolSize) builder.MaxPoolSize = connections;
        if (builder.KeepAlive == 0) builder.KeepAlive = 10;
        builder.MaxAutoPrepare = 100;
        builder.AutoPrepareMinUsages = 2;
        builder.ApplicationName = $"{builder.ApplicationName ?? "OrleansChat"} {part}";
        builder.Options = $"{builder.Options} {Settings}".TrimStart();
        return builder;
    }

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
}
