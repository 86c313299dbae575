using System.Collections.Immutable;
using System.Text.Json;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Sqlite;

/// <content>The rooms' logs.</content>
public sealed partial class SqliteStorage
{
    public async Task<OpenedRoom> OpenRoom(RoomId room)
    {
        // Once the epoch is taken nobody else appends: what is read after it belongs to it.
        var epoch = await Writer.Write(db => db.One(
            $"UPDATE room SET epoch = epoch + 1 WHERE id = {room.Value} AND destroyed = 0 RETURNING epoch",
            row => row.GetInt64(0)));
        return new(epoch, await Readers.Read(db => ReadRoom(db, room)));
    }

    private static RoomState ReadRoom(SqliteSession db, RoomId room)
    {
        var state = db.One(
            $"SELECT head, last, name, topic, visibility, slow, destroyed FROM room WHERE id = {room.Value}",
            row => row.GetBoolean(6) ? RoomState.Absent(room, wasDestroyed: true) : RoomState.Absent(room) with
            {
                Exists = true,
                Head = row.GetInt64(0),
                Last = row.Time(1),
                Name = row.GetString(2),
                Topic = row.GetString(3),
                Visibility = (Visibility)row.GetInt32(4),
                Slow = row.GetInt32(5),
            }) ?? RoomState.Absent(room);

        var lastPosts = LastPosts(db, state);
        return state with
        {
            Members = db.Each(
                $"SELECT user, role, since FROM member WHERE room = {room.Value}",
                row => (User: row.User(0), Member: new Member((Role)row.GetInt32(1), row.GetInt64(2))))
                .ToImmutableDictionary(m => m.User, m => lastPosts.TryGetValue(m.User, out var post) && post.Seq > m.Member.Since
                    ? m.Member with { LastPost = post.At }
                    : m.Member),
            Bans = [.. db.Each($"SELECT user FROM ban WHERE room = {room.Value}", row => row.User(0))],
            Blocked = BlockBetween(db, room),
        };
    }

    /// <summary>
    /// In slow mode: who posted in the last <see cref="RoomState.Slow"/> seconds. Those count back from the room's last
    /// event, which is never later than now, so that nobody is missed.
    /// </summary>
    private static Dictionary<UserId, Receipt> LastPosts(SqliteSession db, RoomState room)
    {
        var posts = new Dictionary<UserId, Receipt>();
        if (room.Slow == 0) return posts;
        var since = room.Last.AddSeconds(-room.Slow);
        var newestFirst = db.Each(
            $"SELECT by, seq, at FROM message WHERE room = {room.Id.Value} ORDER BY seq DESC",
            row => (By: row.User(0), Post: new Receipt(row.GetInt64(1), row.Time(2))));
        foreach (var (by, post) in newestFirst.TakeWhile(m => m.Post.At > since)) posts.TryAdd(by, post);
        return posts;
    }

    private static bool BlockBetween(SqliteSession db, RoomId room) =>
        room.Pair() is var (one, other)
        && db.One(
            $"SELECT 1 FROM block WHERE (by = {one.Value} AND other = {other.Value}) OR (by = {other.Value} AND other = {one.Value})",
            _ => true);

    public Task<IReadOnlyList<RoomEvent>> ReadEvents(RoomId room, long after, int limit) =>
        Readers.Read<IReadOnlyList<RoomEvent>>(db => db.All(
            $"SELECT body FROM event WHERE room = {room.Value} AND seq > {after} ORDER BY seq LIMIT {limit}",
            row => JsonSerializer.Deserialize(row.GetString(0), ChatJson.Wire.RoomEvent)!));

    public Task<IReadOnlyDictionary<RoomId, long>> Heads(IReadOnlyCollection<RoomId> rooms) =>
        Readers.Read<IReadOnlyDictionary<RoomId, long>>(db => db.Each(
            $"SELECT id, head FROM room WHERE destroyed = 0 AND id IN (SELECT value FROM json_each({Rows.List(rooms)}))",
            row => (Room: row.Room(0), Head: row.GetInt64(1))).ToDictionary(r => r.Room, r => r.Head));

    public Task<IReadOnlyDictionary<long, MessageFact>> Messages(RoomId room, IReadOnlyCollection<long> seqs) =>
        Readers.Read<IReadOnlyDictionary<long, MessageFact>>(db => db.Each(
            $"""
            SELECT seq, by, deleted FROM message
            WHERE room = {room.Value} AND seq IN (SELECT value FROM json_each({Rows.List(seqs)}))
            """,
            row => (Seq: row.GetInt64(0), Fact: new MessageFact(row.User(1), row.GetBoolean(2)))).ToDictionary(m => m.Seq, m => m.Fact));

    public Task<Receipt?> FindPost(RoomId room, UserId author, string key) => Readers.Read(db => FindPost(db, room, author, key));

    private static Receipt? FindPost(SqliteSession db, RoomId room, UserId author, string key) => db.One(
        $"SELECT seq, at FROM post WHERE room = {room.Value} AND author = {author.Value} AND key = {key}",
        row => new Receipt(row.GetInt64(0), row.Time(1)));
}
