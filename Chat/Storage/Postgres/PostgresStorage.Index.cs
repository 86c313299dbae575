using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Postgres;

/// <content>Rooms and people, as lists show them.</content>
public sealed partial class PostgresStorage
{
    public async Task<IReadOnlyList<RoomEntry>> RoomsOf(UserId user) => await Entries(user, null);

    public async Task<RoomEntry?> RoomOf(UserId user, RoomId room) => (await Entries(user, room)).SingleOrDefault();

    private async Task<List<RoomEntry>> Entries(UserId user, RoomId? only)
    {
        var entries = await server.All(
            $"""
            SELECT r.id, r.name, r.topic, r.visibility, r.head, m.read, r.last, m.role, r.members, m.since,
                (SELECT count(*) FROM message x WHERE x.room = r.id AND x.seq > m.read AND x.by <> m.user AND NOT x.deleted),
                (SELECT count(*) FROM mention x WHERE x.room = r.id AND x.seq > m.read AND x.user = m.user)
            FROM member m JOIN room r ON r.id = m.room
            WHERE m.user = {user.Value} AND ({only?.Value}::text IS NULL OR m.room = {only?.Value}::text)
            ORDER BY m.room
            """,
            row => new RoomEntry(
                row.Room(0), row.GetString(1), row.GetString(2), (Visibility)row.GetInt32(3), row.GetInt64(4), row.GetInt64(5),
                (int)row.GetInt64(10), (int)row.GetInt64(11), row.Time(6), (Role)row.GetInt32(7), row.GetInt32(8), row.GetInt64(9)));
        var peers = entries.Select(e => e.Room.PeerOf(user)).OfType<UserId>().ToList();
        var profiles = peers.Count == 0 ? new Dictionary<UserId, Profile>() : await Profiles(peers);
        return [.. entries.Select(e => e.NamedFor(user, profiles))];
    }

    public async Task<ListedRooms> ListRooms(UserId viewer, bool all, string? query, RoomId? after, int limit)
    {
        var part = Words.Fold(query?.Trim() ?? "");
        var rooms = await server.All(
            $"""
            SELECT id, name, topic, members, head FROM room
            WHERE id > {after?.Value ?? ""} AND NOT destroyed AND id NOT LIKE 'dm:%'
                AND (visibility = 0 OR {all} OR EXISTS (SELECT FROM member m WHERE m.room = id AND m.user = {viewer.Value}))
                AND (strpos(id, {part}) > 0 OR strpos(folded_name, {part}) > 0 OR strpos(folded_topic, {part}) > 0)
            ORDER BY id LIMIT {limit + 1}
            """,
            row => new ListedRoom(row.Room(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt64(4)));
        return new([.. rooms.Take(limit)], rooms.Count > limit);
    }

    /// <summary>It takes the room's lock first, as appends do: they may be about the same members in another order.</summary>
    public Task SaveReadMarks(RoomId room, IReadOnlyDictionary<UserId, long> marks) => server.Run(
        $"""
        WITH locked AS MATERIALIZED (SELECT id FROM room WHERE id = {room.Value} FOR NO KEY UPDATE)
        UPDATE member m SET read = mark.seq
        FROM locked, unnest({Rows.Ids(marks.Keys)}, {marks.Values.ToArray()}) AS mark (who, seq)
        WHERE m.room = locked.id AND m.user = mark.who AND m.read < mark.seq
        """);

    public async Task<IReadOnlyDictionary<UserId, long>> ReadMarks(RoomId room, IReadOnlyCollection<UserId> users) => (await server.All(
        $"SELECT m.user, m.read FROM member m WHERE m.room = {room.Value} AND m.user = ANY ({Rows.Ids(users)})",
        row => (User: row.User(0), Seq: row.GetInt64(1)))).ToDictionary(mark => mark.User, mark => mark.Seq);

    public async Task<IReadOnlyList<(RoomId Room, long Seq)>> MessagesBy(UserId user) => await server.All(
        $"SELECT room, seq FROM message WHERE by = {user.Value} AND NOT deleted ORDER BY room, seq LIMIT 500",
        row => (row.Room(0), row.GetInt64(1)));

    public async Task<IReadOnlyDictionary<UserId, PersonFact>> People(IReadOnlyCollection<UserId> users) => (await server.All(
        $"""
        SELECT a.id, (SELECT count(*) FROM member m WHERE m.user = a.id) FROM account a
        WHERE NOT a.removed AND a.id = ANY ({Rows.Ids(users)})
        """,
        row => (User: row.User(0), Fact: new PersonFact(true, (int)row.GetInt64(1))))).ToDictionary(p => p.User, p => p.Fact);
}
