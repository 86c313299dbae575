using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OrleansChat.Storage.Sqlite;

/// <summary>
/// One connection with its prepared statements. A statement is written as <c>$"SELECT … WHERE id = {id}"</c>: what
/// stands in braces is bound as a value and never becomes part of the SQL.
/// </summary>
/// <remarks>
/// The statements go past <see cref="SqliteCommand"/>, whose reader, parameters and copies for each execution cost as
/// much as what SQLite itself does for a post.
/// </remarks>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    // By reference: the text between the braces is one object for each place in the code.
    private readonly Dictionary<string, SqliteStatement> prepared = new(ReferenceEqualityComparer.Instance);

    /// <summary>True while a transaction is open; SQLite ends one by itself when the disk fails.</summary>
    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>The id of the row that was inserted last. (RETURNING would tell it too, at several times the cost.)</summary>
    public long LastId => SQLitePCL.raw.sqlite3_last_insert_rowid(connection.Handle);

    /// <summary>Carries out a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run(FormattableString sql)
    {
        var statement = Prepare(sql);
        try
        {
            while (statement.Step())
            {
                // a pragma's rows, which nobody asked for
            }
        }
        finally
        {
            statement.Reset();
        }

        return SQLitePCL.raw.sqlite3_changes(connection.Handle);
    }

    /// <summary>Carries out statements that take no values and are not used again, such as a migration's.</summary>
    public void RunScript(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The rows, read one by one: the same statement must not be carried out again meanwhile.</summary>
    public IEnumerable<T> Each<T>(FormattableString sql, Func<SqliteRow, T> row)
    {
        var statement = Prepare(sql);
        try
        {
            while (statement.Step()) yield return row(statement.Row);
        }
        finally
        {
            statement.Reset();
        }
    }

    public List<T> All<T>(FormattableString sql, Func<SqliteRow, T> row) => [.. Each(sql, row)];

    /// <summary>The first row, or nothing.</summary>
    public T? One<T>(FormattableString sql, Func<SqliteRow, T> row)
    {
        var statement = Prepare(sql);
        try
        {
            return statement.Step() ? row(statement.Row) : default;
        }
        finally
        {
            statement.Reset();
        }
    }

    private SqliteStatement Prepare(FormattableString sql)
    {
        if (!prepared.TryGetValue(sql.Format, out var statement))
        {
            var names = Enumerable.Range(1, sql.ArgumentCount).Select(i => $"?{i}").ToArray();
            statement = new(connection.Handle!, string.Format(CultureInfo.InvariantCulture, sql.Format, names));
            prepared.Add(sql.Format, statement);
        }

        for (var i = 0; i < sql.ArgumentCount; i++) statement.Bind(i + 1, sql.GetArgument(i));
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in prepared.Values) statement.Dispose();
        connection.Dispose();
    }
}
