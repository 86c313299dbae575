namespace OrleansChat.Storage.Sqlite;

/// <content>The key ring.</content>
public sealed partial class SqliteStorage
{
    public Task<IReadOnlyList<string>> ReadKeys() =>
        Readers.Read<IReadOnlyList<string>>(db => db.All($"SELECT xml FROM key_ring ORDER BY name", row => row.GetString(0)));

    public Task<string> KeepKey(string name, string xml) => Writer.Write(db =>
    {
        db.Run($"INSERT INTO key_ring (name, xml) VALUES ({name}, {xml}) ON CONFLICT DO NOTHING");
        return db.One($"SELECT xml FROM key_ring WHERE name = {name}", row => row.GetString(0))!;
    });

    public Task AddKey(string name, string xml) => Writer.Write(db =>
    {
        db.Run($"INSERT INTO key_ring (name, xml) VALUES ({name}, {xml}) ON CONFLICT (name) DO UPDATE SET xml = excluded.xml");
    });
}
