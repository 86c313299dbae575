using System.Diagnostics;
using OrleansChat.Bench.Peers;
using OrleansChat.Bench.Report;

namespace OrleansChat.Bench.Works;

/// <summary>From nothing to the first page.</summary>
public sealed class Start(IReadOnlyList<Peer> peers) : Work
{
    public override string Name => "start";

    public override string Says => "From the start of the process until it has answered `GET /` with a page; for this server that includes making a database. Resident memory right after it.";

    public override IReadOnlyList<Entrant> Entrants => [.. peers.Where(peer => peer.HasPage).Select(peer => new Entrant(peer.Name, peer.Keeps, peer.Prepare, turn => Run(peer, turn)))];

    private static async Task<IReadOnlyList<Reading>> Run(Peer peer, Turn turn)
    {
        using var http = new HttpClient();
        var began = Stopwatch.GetTimestamp();
        await using var server = await peer.Start(turn.Folder, Machine.FreePort());
        using var page = await http.GetAsync($"http://127.0.0.1:{server.Port}/");
        page.EnsureSuccessStatusCode();
        return
        [
            new("first page", Figure.Time, Stopwatch.GetElapsedTime(began).TotalSeconds),
            new("first page", Figure.CpuTime, server.CpuSeconds),
            new("first page", Figure.Resident, server.Resident / 1024.0 / 1024),
        ];
    }
}
