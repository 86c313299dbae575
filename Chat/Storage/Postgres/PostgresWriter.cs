using System.Text.Json;
using Npgsql;
using OrleansChat.Rooms;
using QueuedAppend = OrleansChat.Storage.Queued<OrleansChat.Storage.Postgres.WireAppend, OrleansChat.Storage.AppendOutcome>;

namespace OrleansChat.Storage.Postgres;

/// <summary>
/// The appends of all rooms of this process: each batch is one statement, one round trip, one transaction and one
/// commit, within which every room has its own call of <c>chat_append</c> and its own outcome.
/// </summary>
/// <remarks>
/// A statement comes to the server whole or not at all, and commits without another word from here: a node that
/// freezes in the midst of it leaves no lock behind.
/// </remarks>
internal sealed class PostgresWriter : IAsyncDisposable
{
    private readonly PostgresServer server;
    private readonly GroupCommit<WireAppend, AppendOutcome> commits;
    private NpgsqlConnection? connection;

    public PostgresWriter(PostgresServer server)
    {
        this.server = server;
        commits = new("PostgreSQL writer", Commit, Disconnect);
    }

    public Task<AppendOutcome> Append(Append append) => commits.Add(new(append.Room.Value, append.Epoch, append.Head, AppendJson.Write(append)));

    private void Commit(IReadOnlyList<QueuedAppend> batch)
    {
        // Every node takes the rooms' locks in the same order, so that none waits for another in a circle.
        var ordered = batch.OrderBy(q => q.Order.Room, StringComparer.Ordinal).ToArray();
        try
        {
            connection ??= server.OpenConnection();
            using var command = PostgresServer.Command(
                connection,
                $"""
                SELECT n, chat_append(room, epoch, head, entries)
                FROM unnest({ordered.Select(q => q.Order.Room).ToArray()}, {ordered.Select(q => q.Order.Epoch).ToArray()},
                    {ordered.Select(q => q.Order.Head).ToArray()}, {ordered.Select(q => q.Order.Entries).ToArray()})
                    WITH ORDINALITY AS a (room, epoch, head, entries, n)
                """);
            using var reader = command.ExecuteReader();
            while (reader.Read()) Note(ordered[reader.GetInt64(0) - 1], reader.GetString(1));
        }
        catch (Exception e)
        {
            Disconnect();
            throw server.Unavailable(e);
        }
    }

    private static void Note(QueuedAppend queued, string answer)
    {
        if (answer == "appended") queued.Succeed(new AppendOutcome.Appended());
        else if (answer == "fenced") queued.Succeed(new AppendOutcome.Fenced());
        else if (answer.StartsWith("taken ", StringComparison.Ordinal)) queued.Succeed(new AppendOutcome.KeysTaken(Receipts(answer["taken ".Length..])));
        else queued.Fail(new StorageUnavailableException($"PostgreSQL did not take an append to {queued.Order.Room}: {answer}"));
    }

    private static Dictionary<int, Receipt> Receipts(string json)
    {
        using var taken = JsonDocument.Parse(json);
        return taken.RootElement.EnumerateArray().ToDictionary(
            t => t.GetProperty("index").GetInt32(),
            t => new Receipt(t.GetProperty("seq").GetInt64(), DateTimeOffset.FromUnixTimeMilliseconds(t.GetProperty("at").GetInt64())));
    }

    private void Disconnect()
    {
        connection?.Dispose();
        connection = null;
    }

    public ValueTask DisposeAsync() => commits.DisposeAsync();
}

/// <param name="Entries">As <c>chat_append</c> takes them; written by whoever appends, not by the one writer of all.</param>
internal sealed record WireAppend(string Room, long Epoch, long Head, string Entries);
