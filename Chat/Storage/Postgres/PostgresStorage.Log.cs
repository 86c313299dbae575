using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Postgres;

/// <content>The rooms' logs.</content>
public sealed partial class PostgresStorage
{
    public Task<OpenedRoom> OpenRoom(RoomId room) => server.With(async connection =>
    {
        // Once the epoch is taken nobody else appends: what is read after it belongs together, in whatever transaction.
        var opened = (await PostgresServer.All(
            connection,
            $"""
            UPDATE room SET epoch = epoch + 1 WHERE id = {room.Value} AND NOT destroyed
            RETURNING epoch, head, last, name, topic, visibility, slow
            """,
            row => new OpenedRoom(row.GetInt64(0), RoomState.Absent(room) with
            {
                Exists = true,
                Head = row.GetInt64(1),
                Last = row.Time(2),
                Name = row.GetString(3),
                Topic = row.GetString(4),
                Visibility = (Visibility)row.GetInt32(5),
                Slow = row.GetInt32(6),
            }))).SingleOrDefault() ?? new(0, RoomState.Absent(room, await IsMarked(connection, room)));

        var lastPosts = await LastPosts(connection, opened.State);
        var members = await PostgresServer.All(
            connection,
            $"""SELECT "user", role, since FROM member WHERE room = {room.Value}""",
            row => (User: row.User(0), Member: new Member((Role)row.GetInt32(1), row.GetInt64(2))));
        return opened with
        {
            State = opened.State with
            {
                Members = members.ToImmutableDictionary(m => m.User, m => lastPosts.TryGetValue(m.User, out var post) && post.Seq > m.Member.Since
                    ? m.Member with { LastPost = post.At }
                    : m.Member),
                Bans = [.. await PostgresServer.All(connection, $"""SELECT "user" FROM ban WHERE room = {room.Value}""", row => row.User(0))],
                Blocked = await BlockBetween(connection, room),
            },
        };
    });

    /// <summary>Whether a room that is not there was destroyed.</summary>
    private static async Task<bool> IsMarked(NpgsqlConnection connection, RoomId room) =>
        (await PostgresServer.All(connection, $"SELECT 1 FROM room WHERE id = {room.Value} AND destroyed", _ => true)).Count > 0;

    /// <summary>
    /// In slow mode: who posted in the last <see cref="RoomState.Slow"/> seconds. Those count back from the room's last
    /// event, which is never later than now, so that nobody is missed.
    /// </summary>
    private static async Task<Dictionary<UserId, Receipt>> LastPosts(NpgsqlConnection connection, RoomState room)
    {
        const int AtOnce = 500;
        var posts = new Dictionary<UserId, Receipt>();
        var since = room.Last.AddSeconds(-room.Slow);
        for (var before = long.MaxValue; room.Slow > 0;)
        {
            var newestFirst = await PostgresServer.All(
                connection,
                $"SELECT by, seq, at FROM message WHERE room = {room.Id.Value} AND seq < {before} ORDER BY seq DESC LIMIT {AtOnce}",
                row => (By: row.User(0), Post: new Receipt(row.GetInt64(1), row.Time(2))));
            foreach (var (by, post) in newestFirst.TakeWhile(m => m.Post.At > since)) posts.TryAdd(by, post);
            if (newestFirst.Count < AtOnce || newestFirst[^1].Post.At <= since) break;
            before = newestFirst[^1].Post.Seq;
        }

        return posts;
    }

    private static async Task<bool> BlockBetween(NpgsqlConnection connection, RoomId room) =>
        room.Pair() is var (one, other)
        && (await PostgresServer.All(
            connection,
            $"SELECT 1 FROM block WHERE (by = {one.Value} AND other = {other.Value}) OR (by = {other.Value} AND other = {one.Value})",
            _ => true)).Count > 0;

    public Task<AppendOutcome> Append(Append append)
    {
        append.Check();
        return append.Epoch == 0 && !append.Creates ? Task.FromResult<AppendOutcome>(new AppendOutcome.Fenced()) : writer.Append(append);
    }

    public async Task<IReadOnlyList<RoomEvent>> ReadEvents(RoomId room, long after, int limit) => await server.All(
        $"SELECT body FROM event WHERE room = {room.Value} AND seq > {after} ORDER BY seq LIMIT {limit}",
        row => JsonSerializer.Deserialize(row.GetString(0), ChatJson.Wire.RoomEvent)!);

    public async Task<IReadOnlyDictionary<RoomId, long>> Heads(IReadOnlyCollection<RoomId> rooms) => (await server.All(
        $"SELECT id, head FROM room WHERE NOT destroyed AND id = ANY ({Rows.Ids(rooms)})",
        row => (Room: row.Room(0), Head: row.GetInt64(1)))).ToDictionary(r => r.Room, r => r.Head);

    public async Task<IReadOnlyDictionary<long, MessageFact>> Messages(RoomId room, IReadOnlyCollection<long> seqs) => (await server.All(
        $"SELECT seq, by, deleted FROM message WHERE room = {room.Value} AND seq = ANY ({seqs.ToArray()})",
        row => (Seq: row.GetInt64(0), Fact: new MessageFact(row.User(1), row.GetBoolean(2))))).ToDictionary(m => m.Seq, m => m.Fact);

    public Task<Receipt?> FindPost(RoomId room, UserId author, string key) => server.One(
        $"SELECT seq, at FROM post WHERE room = {room.Value} AND author = {author.Value} AND key = {key}",
        row => new Receipt(row.GetInt64(0), row.Time(1)));

    /// <summary>A long log takes longer than other statements may.</summary>
    public Task<bool> DestroyRoom(RoomId room, long epoch) => server.With(async connection =>
    {
        const int Seconds = 60;
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var patience = new NpgsqlCommand($"SET LOCAL statement_timeout = '{Seconds}s'", connection)) await patience.ExecuteNonQueryAsync();
        await using var destroy = PostgresServer.Command(connection, $"SELECT chat_destroy({room.Value}, {epoch})");
        destroy.CommandTimeout = Seconds;
        var done = (bool)(await destroy.ExecuteScalarAsync())!;
        await transaction.CommitAsync();
        return done;
    });
}
