namespace OrleansChat.Storage.Postgres;

/// <content>The key ring.</content>
public sealed partial class PostgresStorage
{
    public async Task<IReadOnlyList<string>> ReadKeys() => await server.All($"SELECT xml FROM key_ring ORDER BY name", row => row.GetString(0));

    public async Task<string> KeepKey(string name, string xml)
    {
        await server.Run($"INSERT INTO key_ring (name, xml) VALUES ({name}, {xml}) ON CONFLICT DO NOTHING");
        return (await server.One($"SELECT xml FROM key_ring WHERE name = {name}", row => row.GetString(0)))!;
    }

    public Task AddKey(string name, string xml) => server.Run(
        $"INSERT INTO key_ring (name, xml) VALUES ({name}, {xml}) ON CONFLICT (name) DO UPDATE SET xml = excluded.xml");
}
