using Npgsql;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Postgres;

/// <content>Accounts, sessions, blocks.</content>
public sealed partial class PostgresStorage
{
    public async Task<bool> AddAccount(Account account) => await server.Run(
        $"""
        INSERT INTO account (id, name, password, admin, created, active)
        VALUES ({account.Id.Value}, {account.Name}, {account.PasswordHash}, {account.Admin},
            {account.Created.ToUnixTimeMilliseconds()}, {account.LastActive.ToUnixTimeMilliseconds()})
        ON CONFLICT DO NOTHING
        """) == 1;

    public Task<Account?> FindAccount(UserId user) => server.One(
        $"SELECT id, name, password, admin, created, active FROM account WHERE id = {user.Value} AND NOT removed",
        row => Account(row, 0));

    private static Account Account(NpgsqlDataReader row, int column) =>
        new(row.User(column), row.GetString(column + 1), row.Text(column + 2), row.GetBoolean(column + 3), row.Time(column + 4), row.Time(column + 5));

    public async Task<IReadOnlyDictionary<UserId, Profile>> Profiles(IReadOnlyCollection<UserId> users) => (await server.All(
        $"SELECT id, name, active FROM account WHERE NOT removed AND id = ANY ({Rows.Ids(users)})",
        row => (User: row.User(0), Profile: new Profile(row.GetString(1), row.Time(2))))).ToDictionary(p => p.User, p => p.Profile);

    public Task SetPassword(UserId user, string passwordHash) =>
        server.Run($"UPDATE account SET password = {passwordHash} WHERE id = {user.Value} AND NOT removed");

    /// <summary>Nodes report the same people: the rows are locked in one order, so that none waits for another in a circle.</summary>
    public Task SaveActivity(IReadOnlyDictionary<UserId, DateTimeOffset> lastActive) => server.Run(
        $"""
        WITH later AS MATERIALIZED (
            SELECT a.id, seen.at
            FROM account a JOIN unnest({Rows.Ids(lastActive.Keys)}, {lastActive.Values.Select(t => t.ToUnixTimeMilliseconds()).ToArray()})
                AS seen (who, at) ON a.id = seen.who
            WHERE a.active < seen.at AND NOT a.removed ORDER BY a.id FOR NO KEY UPDATE OF a)
        UPDATE account SET active = greatest(active, later.at) FROM later WHERE account.id = later.id
        """);

    public Task RemoveAccount(UserId user) => server.Run(
        $"""
        WITH sessions AS (DELETE FROM session WHERE "user" = {user.Value}),
            hooks AS (DELETE FROM hook WHERE 'bot-' || id = {user.Value}),
            blocks AS (DELETE FROM block WHERE by = {user.Value} OR other = {user.Value})
        UPDATE account SET removed = true, name = '', password = NULL, admin = false, created = 0, active = 0 WHERE id = {user.Value}
        """);

    public async Task<bool> HasAdministrator() => await server.One($"SELECT 1 FROM account WHERE admin LIMIT 1", _ => true);

    public Task AddSession(Session session) => server.Run(
        $"""
        INSERT INTO session (id, "user", expires)
        VALUES ({session.Id.ToString()}, {session.User.Value}, {session.Expires.ToUnixTimeMilliseconds()})
        """);

    public Task<(Session Session, Account Account)?> FindSession(SessionId session, DateTimeOffset now) => server.One(
        $"""
        SELECT s.user, s.expires, a.id, a.name, a.password, a.admin, a.created, a.active
        FROM session s JOIN account a ON a.id = s.user
        WHERE s.id = {session.ToString()} AND s.expires > {now.ToUnixTimeMilliseconds()} AND NOT a.removed
        """,
        row => ((Session, Account)?)(new Session(session, row.User(0), row.Time(1)), Account(row, 2)));

    public Task EndSession(SessionId session) => server.Run($"DELETE FROM session WHERE id = {session.ToString()}");

    public Task SweepSessions(DateTimeOffset now) => server.Run($"DELETE FROM session WHERE expires < {now.ToUnixTimeMilliseconds()}");

    public Task SetBlock(UserId by, UserId other, bool on) => on
        ? server.Run($"INSERT INTO block (by, other) VALUES ({by.Value}, {other.Value}) ON CONFLICT DO NOTHING")
        : server.Run($"DELETE FROM block WHERE by = {by.Value} AND other = {other.Value}");

    public async Task<IReadOnlySet<UserId>> BlockedBy(UserId user) =>
        (await server.All($"SELECT other FROM block WHERE by = {user.Value}", row => row.User(0))).ToHashSet();

    public Task<bool> IsBlocked(RoomId direct) => server.With(connection => BlockBetween(connection, direct));
}
