using Npgsql;

namespace OrleansChat.Storage.Postgres;

/// <summary>How the schema comes up to date: one process at a time, all or nothing.</summary>
internal static class PostgresSchema
{
    /// <summary>The advisory lock's number: "chat" in ASCII.</summary>
    private const long Lock = 0x63686174;

    /// <summary>Seconds that a migration may take, and that another process waits for it.</summary>
    private const int Seconds = 300;

    public static async Task Migrate(NpgsqlConnection connection, string where, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Run($"SET LOCAL lock_timeout = '{Seconds}s'; SET LOCAL statement_timeout = '{Seconds}s'; SELECT pg_advisory_xact_lock({Lock})");
        await Run("CREATE TABLE IF NOT EXISTS migration (number int PRIMARY KEY, title text NOT NULL)");
        var found = await PostgresServer.All(connection, $"SELECT coalesce(max(number), 0) FROM migration", row => row.GetInt32(0));
        foreach (var step in Migration.After(found.Single(), "postgres", where))
        {
            await Run(step.Sql);
            await using var record = PostgresServer.Command(connection, $"INSERT INTO migration (number, title) VALUES ({step.Number}, {step.Title})");
            await record.ExecuteNonQueryAsync(cancel);
        }

        await transaction.CommitAsync(cancel);

        async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = Seconds };
            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}
