using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Sqlite;

/// <summary>How the domain's words stand in rows.</summary>
internal static class Rows
{
    public static DateTimeOffset Time(this SqliteRow row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    /// <summary>When something ends; null for never, which is as a number the last moment that there is.</summary>
    public static DateTimeOffset? End(this SqliteRow row, int column) => row.GetInt64(column) == End(null) ? null : row.Time(column);

    public static long End(DateTimeOffset? end) => (end ?? DateTimeOffset.MaxValue).ToUnixTimeMilliseconds();

    public static UserId User(this SqliteRow row, int column) => UserId.Parse(row.GetString(column));

    public static RoomId Room(this SqliteRow row, int column) => RoomId.Parse(row.GetString(column));

    public static string? Text(this SqliteRow row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? Number(this SqliteRow row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    /// <summary>Many values as one: a statement unfolds it by <c>json_each</c>.</summary>
    public static string List(IEnumerable<RoomId> rooms) => List(rooms.Select(r => r.Value));

    public static string List(IEnumerable<UserId> users) => List(users.Select(u => u.Value));

    public static string List(IEnumerable<long> numbers) => $"[{string.Join(',', numbers)}]";

    private static string List(IEnumerable<string> ids) => $"[{string.Join(',', ids.Select(id => $"\"{id}\""))}]";
}
