using Npgsql;

namespace OrleansChat.Bench.Databases;

/// <summary>PostgreSQL, each batch of rows as one statement for each table, in one round trip.</summary>
internal sealed class BarePostgres : IDatabase
{
    private readonly NpgsqlConnection connection;

    /// <param name="address">A database in which the server has made its tables.</param>
    public BarePostgres(string address)
    {
        connection = new NpgsqlConnection(address);
        connection.Open();
    }

    public void Write(IReadOnlyList<Row> rows)
    {
        string[] rooms = [.. rows.Select(row => row.Room)], authors = [.. rows.Select(row => row.Author)], keys = [.. rows.Select(row => row.Key)];
        long[] seqs = [.. rows.Select(row => row.Seq)], times = [.. rows.Select(row => row.At)];
        string[] bodies = [.. rows.Select(row => row.Body)], words = [.. rows.Select(row => row.Words)];
        using var batch = new NpgsqlBatch(connection);
        Add("INSERT INTO event (room, seq, body) SELECT r, s, b::json FROM unnest($1::text[], $2::bigint[], $3::text[]) AS x (r, s, b)", rooms, seqs, bodies);
        Add("INSERT INTO post (room, author, key, seq, at) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])", rooms, authors, keys, seqs, times);
        Add(
            """
            INSERT INTO message (room, seq, at, by, reply, source, words)
            SELECT r, s, t, a, NULL, s, array_to_tsvector(string_to_array(w, ' '))
            FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[]) AS x (r, s, t, a, w)
            """,
            rooms, seqs, times, authors, words);
        var last = rows.GroupBy(row => row.Room).Select(room => room.Last()).ToList();
        Add(
            "UPDATE room SET head = s, last = t FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS x (r, s, t) WHERE id = r",
            last.Select(row => row.Room).ToArray(), last.Select(row => row.Seq).ToArray(), last.Select(row => row.At).ToArray());
        batch.ExecuteNonQuery(); // without a transaction of its own a batch is one

        void Add(string sql, params object[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
            batch.BatchCommands.Add(command);
        }
    }

    public void Dispose() => connection.Dispose();
}
