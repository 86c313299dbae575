using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OrleansChat.Storage.Sqlite;

/// <summary>
/// One connection with its prepared statements. A statement is written as <c>$"SELECT … WHERE id = {id}"</c>: what
/// stands in braces is bound as a value and never becomes part of the SQL.
/// </summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = [];

    /// <summary>True while a transaction is open; SQLite ends one by itself when the disk fails.</summary>
    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>The id of the row that was inserted last. (RETURNING would tell it too, at several times the cost.)</summary>
    public long LastId => SQLitePCL.raw.sqlite3_last_insert_rowid(connection.Handle);

    /// <summary>Carries out a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run(FormattableString sql) => Prepare(sql).ExecuteNonQuery();

    /// <summary>Carries out statements that take no values and are not used again, such as a migration's.</summary>
    public void RunScript(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The rows, read one by one: the same statement must not be carried out again meanwhile.</summary>
    public IEnumerable<T> Each<T>(FormattableString sql, Func<SqliteDataReader, T> row)
    {
        using var reader = Prepare(sql).ExecuteReader();
        while (reader.Read()) yield return row(reader);
    }

    public List<T> All<T>(FormattableString sql, Func<SqliteDataReader, T> row) => [.. Each(sql, row)];

    /// <summary>The first row, or nothing.</summary>
    public T? One<T>(FormattableString sql, Func<SqliteDataReader, T> row)
    {
        using var reader = Prepare(sql).ExecuteReader();
        return reader.Read() ? row(reader) : default;
    }

    private SqliteCommand Prepare(FormattableString sql)
    {
        if (!prepared.TryGetValue(sql.Format, out var command))
        {
            command = connection.CreateCommand();
            var names = Enumerable.Range(1, sql.ArgumentCount).Select(i => $"?{i}").ToArray();
            command.CommandText = string.Format(CultureInfo.InvariantCulture, sql.Format, names);
            foreach (var name in names) command.Parameters.Add(new SqliteParameter { ParameterName = name });
            prepared.Add(sql.Format, command);
        }

        for (var i = 0; i < sql.ArgumentCount; i++) command.Parameters[i].Value = sql.GetArgument(i) ?? DBNull.Value;
        return command;
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values) command.Dispose();
        connection.Dispose();
    }
}
