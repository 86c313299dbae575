using System.Buffers;
using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OrleansChat.Storage.Sqlite;

/// <summary>A prepared statement: its values are bound, it is carried out step by step, and reset for the next time.</summary>
internal sealed class SqliteStatement : IDisposable
{
    /// <summary>Another process on the same file is for development only; it is waited for this long.</summary>
    public const int BusySeconds = 5;

    private const int BusyPause = 50; // ms between two attempts

    /// <summary>Texts up to here are made into UTF-8 on the stack.</summary>
    private const int OnStack = 1024;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public SqliteStatement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    /// <summary>The row that <see cref="Step"/> came to.</summary>
    public SqliteRow Row => new(statement);

    /// <param name="index">From 1.</param>
    public void Bind(int index, object? value) => Check(value switch
    {
        null => raw.sqlite3_bind_null(statement, index),
        string text => BindText(index, text),
        long number => raw.sqlite3_bind_int64(statement, index, number),
        int number => raw.sqlite3_bind_int64(statement, index, number),
        bool truth => raw.sqlite3_bind_int64(statement, index, truth ? 1 : 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
        _ => throw new ArgumentException($"No column holds a {value.GetType().Name}.", nameof(value)),
    });

    private int BindText(int index, string text)
    {
        if (text.Length == 0) return raw.sqlite3_bind_text(statement, index, ""); // a span of nothing would be null
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        var utf8 = longest <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(longest);
        var result = raw.sqlite3_bind_text(statement, index, (ReadOnlySpan<byte>)utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return result;
    }

    /// <summary>Goes on to the next row.</summary>
    /// <returns>False at the end.</returns>
    public bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result is raw.SQLITE_BUSY or raw.SQLITE_LOCKED) result = StepAgain();
        if (result == raw.SQLITE_ROW) return true;
        if (result != raw.SQLITE_DONE) Check(result);
        return false;
    }

    private int StepAgain()
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            raw.sqlite3_reset(statement);
            Thread.Sleep(BusyPause);
            var result = raw.sqlite3_step(statement);
            if (result is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED) || Stopwatch.GetElapsedTime(began).TotalSeconds > BusySeconds) return result;
        }
    }

    /// <summary>Lets go of what it read, and is ready for other values. (What it says of the last step was said by the step.)</summary>
    public void Reset() => raw.sqlite3_reset(statement);

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);

    public void Dispose() => statement.Dispose();
}
