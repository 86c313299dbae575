using Npgsql;
using OrleansChat.Hooks;
using OrleansChat.Presence;
using OrleansChat.Rooms;

namespace OrleansChat.Storage.Postgres;

/// <content>Webhooks.</content>
public sealed partial class PostgresStorage
{
    public Task AddHook(Hook hook, byte[]? hash) => server.Run(
        $"""
        INSERT INTO hook (id, room, name, by, created, hash, url, kinds, cursor)
        VALUES ({hook.Id.Value}, {hook.Room.Value}, {hook.Name}, {hook.By.Value}, {hook.Created.ToUnixTimeMilliseconds()}, {hash}::bytea,
            {hook.Outgoing?.Url.AbsoluteUri}::text, {Spaced(hook.Outgoing?.Kinds)}::text, {hook.Outgoing?.Cursor ?? 0})
        """);

    public async Task<IReadOnlyList<Hook>> HooksOf(RoomId room) => await server.All(
        $"""
        SELECT id, room, name, by, created, url, kinds, cursor, active, error, failures, since, retry FROM hook
        WHERE room = {room.Value} ORDER BY created, id
        """,
        Hook);

    public Task<(Hook Hook, byte[]? Hash)?> FindHook(HookId hook) => server.One(
        $"SELECT id, room, name, by, created, url, kinds, cursor, active, error, failures, since, retry, hash FROM hook WHERE id = {hook.Value}",
        row => ((Hook, byte[]?)?)(Hook(row), row.IsDBNull(13) ? null : row.GetFieldValue<byte[]>(13)));

    public Task RemoveHook(HookId hook) => server.Run($"DELETE FROM hook WHERE id = {hook.Value}");

    public Task SwitchHook(HookId hook, bool on, long from = 0, string? error = null) => server.Run(
        $"""
        UPDATE hook SET active = {on}, cursor = greatest(cursor, {from}), owner = NULL, lease = 0,
            error = CASE WHEN {on} THEN NULL ELSE coalesce({error}::text, error) END,
            failures = CASE WHEN {on} THEN 0 ELSE failures END
        WHERE id = {hook.Value} AND url IS NOT NULL
        """);

    public async Task<IReadOnlyList<Hook>> LeaseHooks(EdgeId owner, DateTimeOffset now, DateTimeOffset until)
    {
        // Most servers have none, and need not write for it every few seconds.
        if (!await server.One($"SELECT true FROM hook WHERE url IS NOT NULL AND active LIMIT 1", _ => true)) return [];
        var (me, name) = (owner.ToString(), $"{owner.Name}/");
        return await server.All(
            $"""
            UPDATE hook SET owner = {me}, lease = {until.ToUnixTimeMilliseconds()}
            WHERE url IS NOT NULL AND active AND (substr(owner, 1, {name.Length}) = {name} OR lease <= {now.ToUnixTimeMilliseconds()})
            RETURNING id, room, name, by, created, url, kinds, cursor, active, error, failures, since, retry
            """,
            Hook);
    }

    public async Task<bool> SaveDelivery(HookId hook, EdgeId owner, long cursor, Trouble? trouble) => await server.Run(
        $"""
        UPDATE hook SET cursor = {cursor}, error = {trouble?.Error}::text, failures = {trouble?.Failures ?? 0},
            since = {trouble?.Since.ToUnixTimeMilliseconds()}::bigint, retry = {trouble?.RetryAt.ToUnixTimeMilliseconds()}::bigint
        WHERE id = {hook.Value} AND owner = {owner.ToString()} AND active
        """) == 1;

    public Task ReleaseHooks(EdgeId owner) => server.Run($"UPDATE hook SET owner = NULL, lease = 0 WHERE owner = {owner.ToString()}");

    private static string? Spaced(IReadOnlyList<string>? kinds) => kinds is null ? null : string.Join(' ', kinds);

    private static Hook Hook(NpgsqlDataReader row) => new(
        HookId.Parse(row.GetString(0)), row.Room(1), row.GetString(2), row.User(3), row.Time(4),
        row.Text(5) is not { } url ? null : new Outgoing(
            new(url), row.Text(6)?.Split(' '), row.GetInt64(7), row.GetBoolean(8),
            row.Text(9) is { } error ? new(error, row.GetInt32(10), row.IsDBNull(11) ? default : row.Time(11), row.IsDBNull(12) ? default : row.Time(12)) : null));
}
