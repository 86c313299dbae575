using Npgsql;
using OrleansChat.Users;

namespace OrleansChat.Storage.Postgres;

/// <content>API tokens.</content>
public sealed partial class PostgresStorage
{
    public Task AddToken(ApiToken token, byte[] hash) => server.Run(
        $"""
        INSERT INTO session (id, "user", expires, hash, name, scopes, created)
        VALUES ({token.Id.ToString()}, {token.User.Value}, {Rows.End(token.Expires)}, {hash}, {token.Name}, {(int)token.Scopes},
            {token.Created.ToUnixTimeMilliseconds()})
        """);

    public Task<(ApiToken Token, Account Account)?> FindToken(byte[] hash, DateTimeOffset now) => server.One(
        $"""
        SELECT s.id, s."user", s.name, s.scopes, s.created, s.expires, s.used, a.id, a.name, a.password, a.admin, a.created, a.active
        FROM session s JOIN account a ON a.id = s."user"
        WHERE s.hash = {hash} AND s.expires > {now.ToUnixTimeMilliseconds()} AND NOT a.removed
        """,
        row => ((ApiToken, Account)?)(Token(row), Account(row, 7)));

    public async Task<IReadOnlyList<ApiToken>> TokensOf(UserId user) => await server.All(
        $"""
        SELECT id, "user", name, scopes, created, expires, used FROM session
        WHERE "user" = {user.Value} AND hash IS NOT NULL ORDER BY created, id
        """,
        Token);

    public Task SaveUse(SessionId token, DateTimeOffset at)
    {
        var used = at.ToUnixTimeMilliseconds();
        return server.Run($"UPDATE session SET used = {used} WHERE id = {token.ToString()} AND coalesce(used, 0) < {used} AND hash IS NOT NULL");
    }

    private static ApiToken Token(NpgsqlDataReader row) => new(
        new(Guid.Parse(row.GetString(0))), row.User(1), row.GetString(2), (Scopes)row.GetInt32(3), row.Time(4), row.End(5), row.IsDBNull(6) ? null : row.Time(6));
}
