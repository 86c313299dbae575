using Npgsql;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Postgres;

/// <summary>How the domain's words stand in rows.</summary>
internal static class Rows
{
    public static DateTimeOffset Time(this NpgsqlDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    /// <summary>When something ends; null for never, which is as a number the last moment that there is.</summary>
    public static DateTimeOffset? End(this NpgsqlDataReader row, int column) => row.GetInt64(column) == End(null) ? null : row.Time(column);

    public static long End(DateTimeOffset? end) => (end ?? DateTimeOffset.MaxValue).ToUnixTimeMilliseconds();

    public static UserId User(this NpgsqlDataReader row, int column) => UserId.Parse(row.GetString(column));

    public static RoomId Room(this NpgsqlDataReader row, int column) => RoomId.Parse(row.GetString(column));

    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? Number(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static string[] Ids(IEnumerable<UserId> users) => [.. users.Select(u => u.Value)];

    public static string[] Ids(IEnumerable<RoomId> rooms) => [.. rooms.Select(r => r.Value)];
}
