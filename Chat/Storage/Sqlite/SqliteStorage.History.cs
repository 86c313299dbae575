using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Sqlite;

/// <content>Messages as they now are, by place and by word.</content>
public sealed partial class SqliteStorage
{
    public Task<HistoryPage> History(RoomId room, HistoryQuery query) => Readers.Read(db =>
    {
        var (after, before) = (query.After ?? 0, query.Before ?? long.MaxValue);
        var rows = query.After is null
            ? db.Each(
                $"""
                SELECT m.seq, m.at, m.by, e.body ->> 'text', m.reply, m.edited, m.deleted
                FROM message m JOIN event e ON e.id = m.source
                WHERE m.room = {room.Value} AND m.seq < {before} ORDER BY m.seq DESC
                """,
                Message)
            : db.Each(
                $"""
                SELECT m.seq, m.at, m.by, e.body ->> 'text', m.reply, m.edited, m.deleted
                FROM message m JOIN event e ON e.id = m.source
                WHERE m.room = {room.Value} AND m.seq > {after} AND m.seq < {before} ORDER BY m.seq
                """,
                Message);
        var (messages, more) = Page.Cut(rows, query.Limit, m => m.Text);
        if (query.After is null) messages.Reverse();
        if (messages.Count == 0) return new HistoryPage([], more);

        var reactions = ReactionRow.Fold(db.Each(
            $"""
            SELECT room, target, emoji, user FROM reaction
            WHERE room = {room.Value} AND target BETWEEN {messages[0].Seq} AND {messages[^1].Seq} ORDER BY target, seq
            """,
            Reaction));
        return new HistoryPage([.. messages.Select(m => m with { Reactions = reactions.GetValueOrDefault((room, m.Seq)) })], more);
    });

    private static MessageView Message(SqliteRow row) =>
        new(row.GetInt64(0), row.Time(1), row.User(2), row.Text(3), row.Number(4), row.GetBoolean(5), row.GetBoolean(6));

    private static ReactionRow Reaction(SqliteRow row) =>
        new(row.Room(0), row.GetInt64(1), row.GetString(2), row.User(3));

    public Task<SearchPage> Search(UserId user, SearchQuery query)
    {
        var from = SearchCursor.Parse(query.Cursor);
        var words = Words.In(query.Text);
        return words.Count == 0 ? Task.FromResult(new SearchPage([], null, false)) : Readers.Read(db => Search(db, user, query, words, from));
    }

    private static SearchPage Search(SqliteSession db, UserId user, SearchQuery query, List<string> words, SearchCursor? from)
    {
        // "a" "b" "c"*, since words have no quotes; CROSS JOIN, so that the words are where the database begins.
        var match = string.Join(' ', words.Select(w => $"\"{w}\"")) + "*";
        var rows = db.Each(
            $"""
            SELECT x.room, x.seq, x.at, x.by, e.body ->> 'text', x.reply, x.edited
            FROM word CROSS JOIN message x ON x.id = word.rowid JOIN event e ON e.id = x.source
            WHERE word MATCH {match} AND ({query.Room?.Value} IS NULL OR x.room = {query.Room?.Value})
                AND EXISTS (SELECT 1 FROM member m WHERE m.room = x.room AND m.user = {user.Value})
                AND (x.at, x.room, x.seq) < ({from?.At ?? long.MaxValue}, {from?.Room.Value ?? ""}, {from?.Seq ?? 0})
            ORDER BY x.at DESC, x.room DESC, x.seq DESC LIMIT {query.Limit + 1}
            """,
            row => new FoundMessage(row.Room(0), row.GetInt64(1), row.Time(2), row.User(3), row.GetString(4), row.Number(5), row.GetBoolean(6)));
        var (found, more) = Page.Cut(rows, query.Limit, m => m.Text);

        var places = $"[{string.Join(',', found.Select(m => $"[\"{m.Room}\",{m.Seq}]"))}]";
        var reactions = ReactionRow.Fold(db.Each(
            $"""
            SELECT room, target, emoji, user FROM reaction
            WHERE (room, target) IN (SELECT value ->> 0, value ->> 1 FROM json_each({places})) ORDER BY room, target, seq
            """,
            Reaction));
        return new(
            [.. found.Select(m => m with { Reactions = reactions.GetValueOrDefault((m.Room, m.Seq)) })],
            more ? SearchCursor.After(found[^1]).ToString() : null,
            more);
    }
}
