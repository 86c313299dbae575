using OrleansChat.Users;

namespace OrleansChat.Storage.Sqlite;

/// <content>API tokens.</content>
public sealed partial class SqliteStorage
{
    public Task AddToken(ApiToken token, byte[] hash) => Writer.Write(db =>
    {
        db.Run(
            $"""
            INSERT INTO session (id, user, expires, hash, name, scopes, created)
            VALUES ({token.Id.ToString()}, {token.User.Value}, {Rows.End(token.Expires)}, {hash}, {token.Name}, {(int)token.Scopes},
                {token.Created.ToUnixTimeMilliseconds()})
            """);
    });

    public Task<(ApiToken Token, Account Account)?> FindToken(byte[] hash, DateTimeOffset now) => Readers.Read(db => db.One(
        $"""
        SELECT s.id, s.user, s.name, s.scopes, s.created, s.expires, s.used, a.id, a.name, a.password, a.admin, a.created, a.active
        FROM session s JOIN account a ON a.id = s.user
        WHERE s.hash = {hash} AND s.expires > {now.ToUnixTimeMilliseconds()} AND a.removed = 0
        """,
        row => ((ApiToken, Account)?)(Token(row), Account(row, 7))));

    public Task<IReadOnlyList<ApiToken>> TokensOf(UserId user) => Readers.Read<IReadOnlyList<ApiToken>>(db => db.All(
        $"""
        SELECT id, user, name, scopes, created, expires, used FROM session
        WHERE user = {user.Value} AND hash IS NOT NULL ORDER BY created, id
        """,
        Token));

    public Task SaveUse(SessionId token, DateTimeOffset at) => Writer.Write(db =>
    {
        var used = at.ToUnixTimeMilliseconds();
        db.Run($"UPDATE session SET used = {used} WHERE id = {token.ToString()} AND coalesce(used, 0) < {used} AND hash IS NOT NULL");
    });

    private static ApiToken Token(SqliteRow row) => new(
        new(Guid.Parse(row.GetString(0))), row.User(1), row.GetString(2), (Scopes)row.GetInt32(3), row.Time(4), row.End(5), row.IsDBNull(6) ? null : row.Time(6));
}
