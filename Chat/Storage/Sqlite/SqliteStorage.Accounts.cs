using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Sqlite;

/// <content>Accounts, sessions, blocks.</content>
public sealed partial class SqliteStorage
{
    public Task<bool> AddAccount(Account account) => Writer.Write(db => db.Run(
        $"""
        INSERT INTO account (id, name, password, admin, created, active)
        VALUES ({account.Id.Value}, {account.Name}, {account.PasswordHash}, {account.Admin},
            {account.Created.ToUnixTimeMilliseconds()}, {account.LastActive.ToUnixTimeMilliseconds()})
        ON CONFLICT DO NOTHING
        """) == 1);

    public Task<Account?> FindAccount(UserId user) => Readers.Read(db => db.One(
        $"SELECT id, name, password, admin, created, active FROM account WHERE id = {user.Value} AND removed = 0",
        row => Account(row, 0)));

    private static Account Account(SqliteRow row, int column) =>
        new(row.User(column), row.GetString(column + 1), row.Text(column + 2), row.GetBoolean(column + 3), row.Time(column + 4), row.Time(column + 5));

    public Task<IReadOnlyDictionary<UserId, Profile>> Profiles(IReadOnlyCollection<UserId> users) =>
        Readers.Read<IReadOnlyDictionary<UserId, Profile>>(db => Profiles(db, users));

    private static Dictionary<UserId, Profile> Profiles(SqliteSession db, IReadOnlyCollection<UserId> users) =>
        users.Count == 0 ? [] : db.Each(
            $"SELECT id, name, active FROM account WHERE removed = 0 AND id IN (SELECT value FROM json_each({Rows.List(users)}))",
            row => (User: row.User(0), Profile: new Profile(row.GetString(1), row.Time(2)))).ToDictionary(p => p.User, p => p.Profile);

    public Task SetPassword(UserId user, string passwordHash) => Writer.Write(db =>
    {
        db.Run($"UPDATE account SET password = {passwordHash} WHERE id = {user.Value} AND removed = 0");
    });

    public Task SaveActivity(IReadOnlyDictionary<UserId, DateTimeOffset> lastActive) => Writer.Write(db =>
    {
        foreach (var (user, time) in lastActive)
        {
            var active = time.ToUnixTimeMilliseconds();
            db.Run($"UPDATE account SET active = {active} WHERE id = {user.Value} AND active < {active} AND removed = 0");
        }
    });

    public Task RemoveAccount(UserId user) => Writer.Write(db =>
    {
        Writer.Erased();
        db.Run($"UPDATE account SET removed = 1, name = '', password = NULL, admin = 0, created = 0, active = 0 WHERE id = {user.Value}");
        db.Run($"DELETE FROM session WHERE user = {user.Value}");
        db.Run($"DELETE FROM hook WHERE 'bot-' || id = {user.Value}");
        db.Run($"DELETE FROM block WHERE by = {user.Value} OR other = {user.Value}");
    });

    public Task<bool> HasAdministrator() => Readers.Read(db => db.One($"SELECT 1 FROM account WHERE admin = 1 LIMIT 1", _ => true));

    public Task AddSession(Session session) => Writer.Write(db =>
    {
        db.Run(
            $"""
            INSERT INTO session (id, user, expires)
            VALUES ({session.Id.ToString()}, {session.User.Value}, {session.Expires.ToUnixTimeMilliseconds()})
            """);
    });

    public Task<(Session Session, Account Account)?> FindSession(SessionId session, DateTimeOffset now) =>
        Readers.Read(db => db.One(
            $"""
            SELECT s.user, s.expires, a.id, a.name, a.password, a.admin, a.created, a.active
            FROM session s JOIN account a ON a.id = s.user
            WHERE s.id = {session.ToString()} AND s.expires > {now.ToUnixTimeMilliseconds()} AND a.removed = 0
            """,
            row => ((Session, Account)?)(new Session(session, row.User(0), row.Time(1)), Account(row, 2))));

    public Task EndSession(SessionId session) => Writer.Write(db =>
    {
        db.Run($"DELETE FROM session WHERE id = {session.ToString()}");
    });

    public Task SweepSessions(DateTimeOffset now) => Writer.Write(db =>
    {
        db.Run($"DELETE FROM session WHERE expires < {now.ToUnixTimeMilliseconds()}");
    });

    public Task SetBlock(UserId by, UserId other, bool on) => Writer.Write(db =>
    {
        if (on) db.Run($"INSERT INTO block (by, other) VALUES ({by.Value}, {other.Value}) ON CONFLICT DO NOTHING");
        else db.Run($"DELETE FROM block WHERE by = {by.Value} AND other = {other.Value}");
    });

    public Task<IReadOnlySet<UserId>> BlockedBy(UserId user) =>
        Readers.Read<IReadOnlySet<UserId>>(db => db.Each($"SELECT other FROM block WHERE by = {user.Value}", row => row.User(0)).ToHashSet());

    public Task<bool> IsBlocked(RoomId direct) => Readers.Read(db => BlockBetween(db, direct));
}
