using OrleansChat.Rooms;

namespace OrleansChat.Storage.Sqlite;

/// <content>What follows from messages: as they now are, their words, whom they mention; and how all of it is erased.</content>
public sealed partial class SqliteStorage
{
    private static void Store(SqliteSession db, string room, long id, RoomEvent.Message message, LogEntry entry)
    {
        db.Run(
            $"""
            INSERT INTO message (id, room, seq, at, by, reply, source)
            VALUES ({id}, {room}, {message.Seq}, {message.At.ToUnixTimeMilliseconds()}, {message.By.Value}, {message.Reply}, {id})
            """);
        db.Run($"INSERT INTO word (rowid, words) VALUES ({id}, {Words.Spaced(message.Text)})");
        foreach (var user in entry.Mentions ?? [])
        {
            if (user != message.By) db.Run($"INSERT INTO mention (room, user, seq) VALUES ({room}, {user.Value}, {message.Seq}) ON CONFLICT DO NOTHING");
        }
    }

    private static void Edit(SqliteSession db, string room, long id, RoomEvent.Edited edited)
    {
        db.Run($"INSERT INTO edit (room, target, seq) VALUES ({room}, {edited.Target}, {edited.Seq})");
        var target = db.One(
            $"UPDATE message SET edited = 1, source = {id} WHERE room = {room} AND seq = {edited.Target} AND deleted = 0 RETURNING id",
            row => row.GetInt64(0));
        db.Run($"UPDATE word SET words = {Words.Spaced(edited.Text)} WHERE rowid = {target}");
    }

    /// <summary>
    /// The text of a message goes from everywhere. In the log, spaces stand in for it: JSON does not mind them, and a
    /// row that keeps its length is overwritten where it is.
    /// </summary>
    private void Erase(SqliteSession db, string room, long target)
    {
        Writer.Erased();
        db.Run(
            $"""
            UPDATE event
            SET body = (
                SELECT bare || printf('%*s', octet_length(body) - octet_length(bare), '')
                FROM (SELECT json_set(json_remove(body, '$.text'), '$.deleted', json('true')) AS bare))
            WHERE room = {room}
                AND seq IN (SELECT {target} UNION SELECT seq FROM edit WHERE room = {room} AND target = {target})
            """);
        db.Run($"DELETE FROM word WHERE rowid = (SELECT id FROM message WHERE room = {room} AND seq = {target} AND deleted = 0)");
        db.Run($"UPDATE message SET deleted = 1 WHERE room = {room} AND seq = {target}");
        db.Run($"DELETE FROM mention WHERE room = {room} AND seq = {target}");
        db.Run($"DELETE FROM reaction WHERE room = {room} AND target = {target}");
    }

    public Task<bool> DestroyRoom(RoomId room, long epoch) => Writer.Write(db =>
    {
        var id = room.Value;
        var ours = db.Run(
            $"""
            UPDATE room SET destroyed = 1, epoch = epoch + 1, head = 0, last = 0, name = '', folded_name = '', topic = '', folded_topic = '', members = 0
            WHERE id = {id} AND epoch = {epoch} AND destroyed = 0
            """) == 1;
        if (!ours) return false;

        Writer.Erased();
        db.Run($"DELETE FROM word WHERE rowid IN (SELECT id FROM message WHERE room = {id})");
        db.Run($"DELETE FROM message WHERE room = {id}");
        db.Run($"DELETE FROM event WHERE room = {id}");
        db.Run($"DELETE FROM post WHERE room = {id}");
        db.Run($"DELETE FROM edit WHERE room = {id}");
        db.Run($"DELETE FROM mention WHERE room = {id}");
        db.Run($"DELETE FROM reaction WHERE room = {id}");
        db.Run($"DELETE FROM member WHERE room = {id}");
        db.Run($"DELETE FROM ban WHERE room = {id}");
        db.Run($"UPDATE account SET removed = 1, name = '' WHERE id IN (SELECT 'bot-' || id FROM hook WHERE room = {id})");
        db.Run($"DELETE FROM hook WHERE room = {id}");
        return true;
    });
}
