using System.Diagnostics;
using OrleansChat.Bench.Databases;
using OrleansChat.Bench.Load;
using OrleansChat.Bench.Peers;
using OrleansChat.Bench.Report;

namespace OrleansChat.Bench.Works;

/// <summary>How many posts are stored durably and answered, beside what the database takes without a chat.</summary>
public sealed class Posts(Scale scale) : Work
{
    private const int Rooms = 64;
    private const int UnderWay = 16; // posts of each room
    private const int Batch = 500;   // rows of one transaction, as the server's writer takes at most

    public override string Name => "posts";

    public override string Says =>
        $"{Rooms} rooms, in each {UnderWay} posts always under way, each of which counts when its poster has the event that follows its answer. Beside it the bare database: " +
        $"one connection writes the same rows into the same tables and indexes, {Batch} posts a transaction, durable when it returns.";

    public override IReadOnlyList<Entrant> Entrants =>
    [
        new("bare SQLite", "SQLite, durably", Field.Sqlite.Prepare, BareSqlite),
        new(Field.Sqlite.Name, Field.Sqlite.Keeps, Field.Sqlite.Prepare, turn => Ours(Field.Sqlite, "SQLite", turn)),
        new("bare PostgreSQL", "PostgreSQL, durably", Postgres.Prepare, BarePostgres),
        new(Postgres.Name, "PostgreSQL, durably", Postgres.Prepare, OnPostgres),
    ];

    private async Task<IReadOnlyList<Reading>> Ours(Peer peer, string @case, Turn turn)
    {
        var outcome = await Served.With(peer, turn, Served.Clients(Rooms, 1), (crowd, server) =>
        {
            var talk = new Talk(crowd, () => server.CpuSeconds);
            talk.WarmUp(UnderWay, peer.WarmUp < scale.WarmUp ? peer.WarmUp : scale.WarmUp);
            return talk.Closed(UnderWay, scale.Time);
        });
        return
        [
            new(@case, Figure.PostsPerSecond, outcome.Deliveries / outcome.Seconds),
            new(@case, Figure.CpuPerPost, outcome.CpuSeconds * 1e6 / outcome.Deliveries),
            new(@case, Figure.P99, outcome.P99),
        ];
    }

    private async Task<IReadOnlyList<Reading>> BareSqlite(Turn turn)
    {
        await MakeTables(Field.Sqlite, turn);
        return await Bare("SQLite", new BareSqlite(Path.Combine(turn.Folder, "chat.db")));
    }

    private async Task<IReadOnlyList<Reading>> BarePostgres(Turn turn)
    {
        await using var postgres = await Postgres.Start();
        var database = await postgres.NewDatabase();
        await MakeTables(Postgres.Peer(database), turn);
        return await Bare("PostgreSQL", new BarePostgres(database));
    }

    private async Task<IReadOnlyList<Reading>> OnPostgres(Turn turn)
    {
        await using var postgres = await Postgres.Start();
        return await Ours(Postgres.Peer(await postgres.NewDatabase()), "PostgreSQL", turn);
    }

    private static async Task MakeTables(Peer peer, Turn turn)
    {
        await using var server = await peer.Start(turn.Folder, Machine.FreePort());
        peer.Enroll(server.Port, Served.Clients(Rooms, 1));
    }

    private Task<IReadOnlyList<Reading>> Bare(string @case, IDatabase database) => Served.OnCore<IReadOnlyList<Reading>>(Machine.ServerCore, () =>
    {
        using (database)
        {
            long seq = 100, posts = 0;
            Write(scale.WarmUp / 4);
            posts = 0;
            var (began, cpu) = (Stopwatch.GetTimestamp(), Machine.ThreadSeconds());
            Write(scale.Time);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            return
            [
                new(@case, Figure.PostsPerSecond, posts / seconds),
                new(@case, Figure.CpuPerPost, (Machine.ThreadSeconds() - cpu) * 1e6 / posts),
            ];

            void Write(TimeSpan time)
            {
                for (var from = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(from) < time; posts += Batch)
                {
                    database.Write([.. Enumerable.Range(0, Batch).Select(_ => Row.Of((int)(seq % Rooms), seq++, DateTimeOffset.UtcNow))]);
                }
            }
        }
    });
}
