using OrleansChat.Rooms;

namespace OrleansChat.Storage.Sqlite;

/// <content>Appending: the log, and in the same transaction all that follows from it.</content>
public sealed partial class SqliteStorage
{
    public Task<AppendOutcome> Append(Append append)
    {
        append.Check();
        return Writer.Write(db => Append(db, append));
    }

    private AppendOutcome Append(SqliteSession db, Append append)
    {
        if (!(append.Creates ? Create(db, append) : IsOurs(db, append))) return new AppendOutcome.Fenced();
        if (!TakeKeys(db, append)) return new AppendOutcome.KeysTaken(Repeated(db, append));

        var room = append.Room.Value;
        foreach (var entry in append.Entries)
        {
            var e = entry.Event;
            db.Run($"INSERT INTO event (room, seq, body) VALUES ({room}, {e.Seq}, {Body(e)})");
            Follow(db, room, db.LastId, entry);
        }

        var last = append.Entries[^1].Event;
        db.Run($"UPDATE room SET head = {last.Seq}, last = {last.At.ToUnixTimeMilliseconds()} WHERE id = {room}");
        return new AppendOutcome.Appended();
    }

    private static bool Create(SqliteSession db, Append append)
    {
        var created = (RoomEvent.Created)append.Entries[0].Event;
        return db.Run(
            $"""
            INSERT INTO room (id, epoch, head, last, name, topic, visibility, folded_name, folded_topic)
            VALUES ({append.Room.Value}, 1, 0, 0, {created.Name}, {created.Topic ?? ""}, {(int)created.Visibility},
                {Words.Fold(created.Name)}, {Words.Fold(created.Topic ?? "")})
            ON CONFLICT DO NOTHING
            """) == 1;
    }

    private static bool IsOurs(SqliteSession db, Append append) => db.One(
        $"SELECT 1 FROM room WHERE id = {append.Room.Value} AND epoch = {append.Epoch} AND head = {append.Head} AND destroyed = 0",
        _ => true);

    /// <summary>
    /// The posts' keys go in before all else, so that the table itself says whether one is taken: to ask it beforehand is
    /// to look for the same place twice. Where one is, those that went in are taken out again.
    /// </summary>
    private static bool TakeKeys(SqliteSession db, Append append)
    {
        for (var i = 0; i < append.Entries.Count; i++)
        {
            if (TakeKey(db, append.Room, append.Entries[i])) continue;
            foreach (var (e, key, _) in append.Entries.Take(i))
            {
                if (key is not null) db.Run($"DELETE FROM post WHERE room = {append.Room.Value} AND author = {e.By.Value} AND key = {key}");
            }

            return false;
        }

        return true;
    }

    private static bool TakeKey(SqliteSession db, RoomId room, LogEntry entry) => entry.Key is null || db.Run(
        $"""
        INSERT INTO post (room, author, key, seq, at)
        VALUES ({room.Value}, {entry.Event.By.Value}, {entry.Key}, {entry.Event.Seq}, {entry.Event.At.ToUnixTimeMilliseconds()})
        ON CONFLICT DO NOTHING
        """) == 1;

    private static Dictionary<int, Receipt> Repeated(SqliteSession db, Append append)
    {
        var receipts = new Dictionary<int, Receipt>();
        for (var i = 0; i < append.Entries.Count; i++)
        {
            var (e, key, _) = append.Entries[i];
            if (key is not null && FindPost(db, append.Room, e.By, key) is { } first) receipts.Add(i, first);
        }

        return receipts;
    }

    /// <summary>
    /// An event's JSON, not shorter than it will be when its text is erased ("deleted":true in the text's place), so
    /// that its row never grows.
    /// </summary>
    private static string Body(RoomEvent e)
    {
        var body = ChatJson.Text(e);
        return e switch
        {
            RoomEvent.Message { Text.Length: < 4 } or RoomEvent.Edited { Text.Length: < 4 } => body + "   ",
            _ => body,
        };
    }

    private void Follow(SqliteSession db, string room, long id, LogEntry entry)
    {
        var e = entry.Event;
        if (e.Lost() is { } lost && db.Run($"DELETE FROM member WHERE room = {room} AND user = {lost.Value}") > 0)
        {
            db.Run($"UPDATE room SET members = members - 1 WHERE id = {room}");
        }

        if (e.Gained() is { } gained)
        {
            var role = e is RoomEvent.Created ? Role.Owner : Role.Member;
            var came = db.Run(
                $"""
                INSERT INTO member (room, user, role, since, read) VALUES ({room}, {gained.Value}, {(int)role}, {e.Seq}, {e.Seq})
                ON CONFLICT DO NOTHING
                """);
            db.Run($"UPDATE room SET members = members + {came} WHERE id = {room}");
        }

        switch (e)
        {
            case RoomEvent.Message message:
                Store(db, room, id, message, entry);
                break;
            case RoomEvent.Edited edited:
                Edit(db, room, id, edited);
                break;
            case RoomEvent.Deleted deleted:
                Erase(db, room, deleted.Target);
                break;
            case RoomEvent.Reacted { On: true } on:
                db.Run(
                    $"""
                    INSERT INTO reaction (room, target, emoji, user, seq) VALUES ({room}, {on.Target}, {on.Emoji}, {on.By.Value}, {on.Seq})
                    ON CONFLICT DO NOTHING
                    """);
                break;
            case RoomEvent.Reacted off:
                db.Run($"DELETE FROM reaction WHERE room = {room} AND target = {off.Target} AND emoji = {off.Emoji} AND user = {off.By.Value}");
                break;
            case RoomEvent.Banned banned:
                db.Run($"INSERT INTO ban (room, user) VALUES ({room}, {banned.User.Value}) ON CONFLICT DO NOTHING");
                break;
            case RoomEvent.Unbanned unbanned:
                db.Run($"DELETE FROM ban WHERE room = {room} AND user = {unbanned.User.Value}");
                break;
            case RoomEvent.RoleGiven given:
                db.Run($"UPDATE member SET role = {(int)given.Role} WHERE room = {room} AND user = {given.User.Value}");
                break;
            case RoomEvent.Configured configured:
                Configure(db, room, configured);
                break;
        }
    }

    private static void Configure(SqliteSession db, string room, RoomEvent.Configured c)
    {
        var (foldedName, foldedTopic) = (c.Name is null ? null : Words.Fold(c.Name), c.Topic is null ? null : Words.Fold(c.Topic));
        db.Run(
            $"""
            UPDATE room SET name = coalesce({c.Name}, name), folded_name = coalesce({foldedName}, folded_name),
                topic = coalesce({c.Topic}, topic), folded_topic = coalesce({foldedTopic}, folded_topic),
                visibility = coalesce({(int?)c.Visibility}, visibility), slow = coalesce({c.Slow}, slow)
            WHERE id = {room}
            """);
    }
}
