using System.Text;
using SQLitePCL;

namespace OrleansChat.Storage.Sqlite;

/// <summary>A row that was read: good until its statement goes on. Columns count from 0.</summary>
internal readonly struct SqliteRow(sqlite3_stmt statement)
{
    public bool IsDBNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public int GetInt32(int column) => checked((int)GetInt64(column));

    public bool GetBoolean(int column) => GetInt64(column) != 0;

    public string GetString(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    public byte[] GetBytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();
}
