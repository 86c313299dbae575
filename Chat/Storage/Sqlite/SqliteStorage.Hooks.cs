using OrleansChat.Hooks;
using OrleansChat.Presence;
using OrleansChat.Rooms;

namespace OrleansChat.Storage.Sqlite;

/// <content>Webhooks.</content>
public sealed partial class SqliteStorage
{
    public Task AddHook(Hook hook, byte[]? hash) => Writer.Write(db =>
    {
        db.Run(
            $"""
            INSERT INTO hook (id, room, name, by, created, hash, url, kinds, cursor)
            VALUES ({hook.Id.Value}, {hook.Room.Value}, {hook.Name}, {hook.By.Value}, {hook.Created.ToUnixTimeMilliseconds()}, {hash},
                {hook.Outgoing?.Url.AbsoluteUri}, {Spaced(hook.Outgoing?.Kinds)}, {hook.Outgoing?.Cursor ?? 0})
            """);
    });

    public Task<IReadOnlyList<Hook>> HooksOf(RoomId room) => Readers.Read<IReadOnlyList<Hook>>(db => db.All(
        $"""
        SELECT id, room, name, by, created, url, kinds, cursor, active, error, failures, since, retry FROM hook
        WHERE room = {room.Value} ORDER BY created, id
        """,
        Hook));

    public Task<(Hook Hook, byte[]? Hash)?> FindHook(HookId hook) => Readers.Read(db => db.One(
        $"SELECT id, room, name, by, created, url, kinds, cursor, active, error, failures, since, retry, hash FROM hook WHERE id = {hook.Value}",
        row => ((Hook, byte[]?)?)(Hook(row), row.IsDBNull(13) ? null : row.GetBytes(13))));

    public Task RemoveHook(HookId hook) => Writer.Write(db =>
    {
        Writer.Erased();
        db.Run($"DELETE FROM hook WHERE id = {hook.Value}");
    });

    public Task SwitchHook(HookId hook, bool on, long from = 0, string? error = null) => Writer.Write(db =>
    {
        db.Run(
            $"""
            UPDATE hook SET active = {on}, cursor = max(cursor, {from}), owner = NULL, lease = 0,
                error = CASE WHEN {on} THEN NULL ELSE coalesce({error}, error) END,
                failures = CASE WHEN {on} THEN 0 ELSE failures END
            WHERE id = {hook.Value} AND url IS NOT NULL
            """);
    });

    public async Task<IReadOnlyList<Hook>> LeaseHooks(EdgeId owner, DateTimeOffset now, DateTimeOffset until)
    {
        // Most servers have none, and need not write for it every few seconds.
        if (!await Readers.Read(db => db.One($"SELECT 1 FROM hook WHERE url IS NOT NULL AND active = 1 LIMIT 1", _ => true))) return [];
        var (me, name) = (owner.ToString(), $"{owner.Name}/");
        return await Writer.Write(db => db.All(
            $"""
            UPDATE hook SET owner = {me}, lease = {until.ToUnixTimeMilliseconds()}
            WHERE url IS NOT NULL AND active = 1 AND (substr(owner, 1, {name.Length}) = {name} OR lease <= {now.ToUnixTimeMilliseconds()})
            RETURNING id, room, name, by, created, url, kinds, cursor, active, error, failures, since, retry
            """,
            Hook));
    }

    public Task<bool> SaveDelivery(HookId hook, EdgeId owner, long cursor, Trouble? trouble) => Writer.Write(db => db.Run(
        $"""
        UPDATE hook SET cursor = {cursor}, error = {trouble?.Error}, failures = {trouble?.Failures ?? 0},
            since = {trouble?.Since.ToUnixTimeMilliseconds()}, retry = {trouble?.RetryAt.ToUnixTimeMilliseconds()}
        WHERE id = {hook.Value} AND owner = {owner.ToString()} AND active = 1
        """) == 1);

    public Task ReleaseHooks(EdgeId owner) => Writer.Write(db =>
    {
        db.Run($"UPDATE hook SET owner = NULL, lease = 0 WHERE owner = {owner.ToString()}");
    });

    private static string? Spaced(IReadOnlyList<string>? kinds) => kinds is null ? null : string.Join(' ', kinds);

    private static Hook Hook(SqliteRow row) => new(
        HookId.Parse(row.GetString(0)), row.Room(1), row.GetString(2), row.User(3), row.Time(4),
        row.Text(5) is not { } url ? null : new Outgoing(
            new(url), row.Text(6)?.Split(' '), row.GetInt64(7), row.GetBoolean(8),
            row.Text(9) is { } error ? new(error, row.GetInt32(10), row.IsDBNull(11) ? default : row.Time(11), row.IsDBNull(12) ? default : row.Time(12)) : null));
}
