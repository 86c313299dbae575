using Npgsql;

namespace OrleansChat.Tests.Cluster.Processes;

/// <summary>
/// Whom the cluster called dead, read from its membership. A silo's life is its port and the generation of its start; one
/// that is called dead while nobody had touched its process was evicted by mistake.
/// </summary>
internal sealed class DeathNotices(string database)
{
    private readonly HashSet<(int Port, int Generation)> known = []; // ended by our hand, or counted before

    /// <summary>The silo at this port is about to be killed, stopped or frozen.</summary>
    public async Task Expect(int port)
    {
        var lives = await Lives("port = " + port);
        if (lives.Count > 0) known.Add(lives.MaxBy(life => life.Generation));
    }

    /// <summary>How many silos were called dead by mistake since the last call.</summary>
    public async Task<int> FalseOnes() => (await Lives("status = 6")).Count(known.Add);

    private async Task<List<(int Port, int Generation)>> Lives(string which)
    {
        await using var connection = new NpgsqlConnection($"{database};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT port, generation FROM silo WHERE {which}", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var lives = new List<(int, int)>();
        while (await rows.ReadAsync()) lives.Add((rows.GetInt32(0), rows.GetInt32(1)));
        return lives;
    }
}
