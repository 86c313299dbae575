using Microsoft.Data.Sqlite;

namespace OrleansChat.Bench.Databases;

/// <summary>SQLite as the server has it set up: a write-ahead log, each commit on the disk, few checkpoints.</summary>
internal sealed class BareSqlite : IDatabase
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand[] inserts;
    private readonly SqliteCommand head;

    /// <param name="file">One in which the server has made its tables.</param>
    public BareSqlite(string file)
    {
        connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 16000; PRAGMA cache_size = -16000;";
        pragmas.ExecuteNonQuery();
        inserts =
        [
            Prepare("INSERT INTO event (room, seq, body) VALUES ($room, $seq, $body)", "room", "seq", "body"),
            Prepare("INSERT INTO message (id, room, seq, at, by, reply, source) VALUES (last_insert_rowid(), $room, $seq, $at, $by, NULL, last_insert_rowid())", "room", "seq", "at", "by"),
            Prepare("INSERT INTO word (rowid, words) VALUES (last_insert_rowid(), $words)", "words"),
            Prepare("INSERT INTO post (room, author, key, seq, at) VALUES ($room, $by, $key, $seq, $at)", "room", "by", "key", "seq", "at"),
        ];
        head = Prepare("UPDATE room SET head = $seq, last = $at WHERE id = $room", "room", "seq", "at");
    }

    public void Write(IReadOnlyList<Row> rows)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var row in rows)
        {
            foreach (var insert in inserts) Run(insert, row, transaction);
        }

        foreach (var last in rows.GroupBy(row => row.Room)) Run(head, last.Last(), transaction);
        transaction.Commit();
    }

    public void Dispose()
    {
        foreach (var insert in inserts) insert.Dispose();
        head.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter($"${name}", null));
        return command;
    }

    private static void Run(SqliteCommand command, Row row, SqliteTransaction transaction)
    {
        command.Transaction = transaction;
        foreach (SqliteParameter parameter in command.Parameters)
        {
            parameter.Value = parameter.ParameterName switch
            {
                "$room" => row.Room,
                "$seq" => row.Seq,
                "$at" => row.At,
                "$by" => row.Author,
                "$key" => row.Key,
                "$body" => row.Body,
                _ => row.Words,
            };
        }

        command.ExecuteNonQuery();
    }
}
