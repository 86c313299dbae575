using System.Diagnostics;
using HdrHistogram;
using OrleansChat.Bench.Databases;
using OrleansChat.Bench.Load;
using OrleansChat.Bench.Peers;
using OrleansChat.Bench.Report;

namespace OrleansChat.Bench.Works;

/// <summary>A very long room: pages of its history, and what a post in it costs.</summary>
public sealed class History(Scale scale) : Work
{
    private const int ColdPages = 100, WarmPages = 1_000;
    private const int Batch = 500;
    private const int UnderWay = 16;
    private const int Slices = 20; // of each room's time: short ones, so that a slow moment of the machine or of the file meets both

    private readonly Peer peer = Field.Sqlite;

    public override string Name => "history";

    public override string Says =>
        $"A room of {scale.History:N0} messages on SQLite. A page is 50 messages before a random one, asked for by one client, one after the other; *cold*: the first {ColdPages} after a start, the file's pages " +
        $"dropped from the kernel's cache. Posts: {UnderWay} under way in that room and in an empty one, in {Slices} slices each, in turn, in the same process.";

    public override IReadOnlyList<Entrant> Entrants => [new(peer.Name, peer.Keeps, peer.Prepare, Run)];

    private async Task<IReadOnlyList<Reading>> Run(Turn turn)
    {
        Client longRoom = new(0, 0) { RoomName = "room-0" }, emptyRoom = new(0, 0) { RoomName = "empty" };
        await using (var maker = await peer.Start(turn.Folder, Machine.FreePort()))
        {
            peer.Enroll(maker.Port, [longRoom]);
            peer.Enroll(maker.Port, [emptyRoom]);
        }

        var file = Path.Combine(turn.Folder, "chat.db");
        Fill(file);
        PageCache.Drop(file);
        await using var server = await peer.Start(turn.Folder, Machine.FreePort());
        return await Served.OnOwnCore<IReadOnlyList<Reading>>(() =>
        [
            .. Pages("a page, cold", server, longRoom, ColdPages),
            .. Pages("a page, warm", server, longRoom, WarmPages),
            .. Growth(server, longRoom, emptyRoom),
        ]);
    }

    private void Fill(string file)
    {
        using var database = new BareSqlite(file);
        for (long seq = 2; seq <= scale.History; seq += Batch) // 1 is the room's beginning
        {
            var first = seq;
            database.Write([.. Enumerable.Range(0, Batch).Select(i => Row.Of(0, first + i, DateTimeOffset.UtcNow))]);
        }
    }

    private IReadOnlyList<Reading> Pages(string @case, ServerProcess server, Client client, int count)
    {
        var random = new Random(1);
        using var dialogue = new Dialogue(server.Port, client.Number);
        client.Head = null; // nothing to resume
        peer.Enter(dialogue, client);
        var latencies = new LongHistogram(60_000_000_000, 3);
        var cpu = server.CpuSeconds;
        for (var i = 0; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            OrleansChatPeer.ReadHistory(dialogue, client, id: 2 + i, before: random.NextInt64(100, scale.History));
            latencies.RecordValue(Stopwatch.GetTimestamp() - began);
        }

        return
        [
            new(@case, Figure.Median, latencies.GetValueAtPercentile(50) / 1e6),
            new(@case, Figure.P99, latencies.GetValueAtPercentile(99) / 1e6),
            new(@case, Figure.CpuPerPage, (server.CpuSeconds - cpu) * 1e6 / count),
        ];
    }

    private List<Reading> Growth(ServerProcess server, Client longRoom, Client emptyRoom)
    {
        using Crowd inLongRoom = Enter(longRoom), inEmptyRoom = Enter(emptyRoom);
        Side[] sides = [new($"posts in a room of {scale.History:N0}", inLongRoom, server), new("posts in an empty room", inEmptyRoom, server)];
        foreach (var side in sides) side.Talk(scale.WarmUp / 2);
        foreach (var side in sides) side.Forget();
        for (var slice = 0; slice < Slices; slice++)
        {
            foreach (var side in sides) side.Talk(2 * scale.Time / Slices);
            Array.Reverse(sides); // A B B A …: neither is always the one that finds the server warmer
        }

        return [.. sides.SelectMany(side => side.Readings)];

        Crowd Enter(Client client)
        {
            client.Head = null; // nothing to resume
            return Crowd.Connect(peer, server.Port, [client]);
        }
    }

    /// <summary>One of two rooms that are measured in turn, and what all its slices came to.</summary>
    private sealed class Side(string name, Crowd crowd, ServerProcess server)
    {
        private readonly Talk talk = new(crowd, () => server.CpuSeconds);
        private double cpu, seconds;
        private long posts;

        public IReadOnlyList<Reading> Readings =>
        [
            new(name, Figure.CpuPerPost, cpu * 1e6 / posts),
            new(name, Figure.PostsPerSecond, posts / seconds),
        ];

        public void Talk(TimeSpan time)
        {
            var outcome = talk.ToTheEnd(UnderWay, time);
            (cpu, posts, seconds) = (cpu + outcome.CpuSeconds, posts + outcome.Deliveries, seconds + outcome.Seconds);
        }

        public void Forget() => (cpu, posts, seconds) = (0, 0, 0);
    }
}
