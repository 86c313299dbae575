using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Sqlite;

/// <content>Rooms and people, as lists show them.</content>
public sealed partial class SqliteStorage
{
    public Task<IReadOnlyList<RoomEntry>> RoomsOf(UserId user) => Readers.Read<IReadOnlyList<RoomEntry>>(db => Entries(db, user, null));

    public Task<RoomEntry?> RoomOf(UserId user, RoomId room) => Readers.Read(db => Entries(db, user, room).SingleOrDefault());

    private static List<RoomEntry> Entries(SqliteSession db, UserId user, RoomId? only)
    {
        var entries = db.All(
            $"""
            SELECT r.id, r.name, r.topic, r.visibility, r.head, m.read, r.last, m.role, r.members, m.since,
                (SELECT count(*) FROM message x WHERE x.room = r.id AND x.seq > m.read AND x.by <> m.user AND x.deleted = 0),
                (SELECT count(*) FROM mention x WHERE x.room = r.id AND x.seq > m.read AND x.user = m.user)
            FROM member m JOIN room r ON r.id = m.room
            WHERE m.user = {user.Value} AND ({only?.Value} IS NULL OR m.room = {only?.Value})
            ORDER BY m.room
            """,
            row => new RoomEntry(
                row.Room(0), row.GetString(1), row.GetString(2), (Visibility)row.GetInt32(3), row.GetInt64(4), row.GetInt64(5),
                row.GetInt32(10), row.GetInt32(11), row.Time(6), (Role)row.GetInt32(7), row.GetInt32(8), row.GetInt64(9)));
        var peers = Profiles(db, [.. entries.Select(e => e.Room.PeerOf(user)).OfType<UserId>()]);
        return [.. entries.Select(e => e.NamedFor(user, peers))];
    }

    public Task<ListedRooms> ListRooms(UserId viewer, bool all, string? query, RoomId? after, int limit) => Readers.Read(db =>
    {
        var part = Words.Fold(query?.Trim() ?? "");
        var rooms = db.All(
            $"""
            SELECT id, name, topic, members, head FROM room
            WHERE id > {after?.Value ?? ""} AND destroyed = 0 AND id NOT LIKE 'dm:%'
                AND (visibility = 0 OR {all} OR EXISTS (SELECT 1 FROM member WHERE room = id AND user = {viewer.Value}))
                AND (instr(id, {part}) > 0 OR instr(folded_name, {part}) > 0 OR instr(folded_topic, {part}) > 0)
            ORDER BY id LIMIT {limit + 1}
            """,
            row => new ListedRoom(row.Room(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt64(4)));
        return new ListedRooms([.. rooms.Take(limit)], rooms.Count > limit);
    });

    public Task SaveReadMarks(RoomId room, IReadOnlyDictionary<UserId, long> marks) => Writer.Write(db =>
    {
        foreach (var (user, seq) in marks)
        {
            db.Run($"UPDATE member SET read = {seq} WHERE room = {room.Value} AND user = {user.Value} AND read < {seq}");
        }
    });

    public Task<IReadOnlyDictionary<UserId, long>> ReadMarks(RoomId room, IReadOnlyCollection<UserId> users) =>
        Readers.Read<IReadOnlyDictionary<UserId, long>>(db => db.Each(
            $"SELECT user, read FROM member WHERE room = {room.Value} AND user IN (SELECT value FROM json_each({Rows.List(users)}))",
            row => (User: row.User(0), Seq: row.GetInt64(1))).ToDictionary(mark => mark.User, mark => mark.Seq));

    public Task<IReadOnlyList<(RoomId Room, long Seq)>> MessagesBy(UserId user) =>
        Readers.Read<IReadOnlyList<(RoomId, long)>>(db => db.All(
            $"SELECT room, seq FROM message WHERE by = {user.Value} AND deleted = 0 ORDER BY room, seq LIMIT 500",
            row => (row.Room(0), row.GetInt64(1))));

    public Task<IReadOnlyDictionary<UserId, PersonFact>> People(IReadOnlyCollection<UserId> users) =>
        Readers.Read<IReadOnlyDictionary<UserId, PersonFact>>(db => db.Each(
            $"""
            SELECT id, (SELECT count(*) FROM member WHERE user = account.id) FROM account
            WHERE removed = 0 AND id IN (SELECT value FROM json_each({Rows.List(users)}))
            """,
            row => (User: row.User(0), Fact: new PersonFact(true, row.GetInt32(1)))).ToDictionary(p => p.User, p => p.Fact));
}
