using OrleansChat.Bench.Peers;
using OrleansChat.Tests.Storage;

namespace OrleansChat.Bench.Databases;

/// <summary>A PostgreSQL server of one's own for a turn, and this server on it.</summary>
internal static class Postgres
{
    public const string Name = "OrleansChat on PostgreSQL";

    private const string Missing = "install the Debian package postgresql";

    public static async Task<string?> Prepare() =>
        Directory.Exists("/usr/lib/postgresql") ? await Field.Sqlite.Prepare() : Missing;

    /// <summary>Starts one that syncs its files.</summary>
    public static async Task<PostgresServer> Start() => await PostgresServer.TryStart(durable: true) ?? throw new InvalidOperationException(Missing);

    public static Peer Peer(string database) => new OrleansChatPeer(Name, $"postgres:{database}", "PostgreSQL, durably");
}
