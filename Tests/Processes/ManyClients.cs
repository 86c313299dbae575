using System.Diagnostics;

namespace OrleansChat.Tests.Processes;

/// <summary>
/// Very many clients on one server, each saying something now and then. The long form, with the figures of
/// docs/decisions/0004: <c>CHAT_LONG=1 dotnet test Tests -c Release --filter ManyClients --logger "console;verbosity=detailed"</c>.
/// </summary>
[Collection(Processes.Name)]
public sealed class ManyClients(ITestOutputHelper output)
{
    private static readonly int Clients = Run.Long ? 2_000 : 400;
    private static readonly int Rooms = Run.Long ? 100 : 20;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(Run.Long ? 5 : 2); // between one client's posts
    private static readonly TimeSpan[] Waves = Run.Long
        ? [TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)]
        : [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)];

    /// <summary>What one more wave may add, in bytes: the collector's whims, and less than its clients held while they were there.</summary>
    private const long Whims = 32 << 20;

    [Fact]
    public async Task All_see_everything_in_one_order_and_leave_nothing_behind()
    {
        await using var gateway = await GatewayProcess.Start(("Chat:Limits:ConnectionsPerAddress", "3000"));
        output.WriteLine($"{Clients} clients in {Rooms} rooms, each posting once in {Each.TotalSeconds} s, on {Environment.ProcessorCount} processors");
        output.WriteLine($"before: {gateway.Reading}");
        var left = new List<long>();
        for (var wave = 0; wave < Waves.Length; wave++)
        {
            var rooms = Enumerable.Range(0, Rooms).Select(i => $"wave-{wave}-room-{i}").ToList();
            await MakeRooms(gateway, rooms);
            await Wave(gateway, rooms, Waves[wave]);
            left.Add(gateway.Reading.Memory);
            output.WriteLine($"when all are gone: {gateway.Reading}");
        }

        Assert.InRange(left[^1] - left[^2], long.MinValue, Whims);
        Assert.DoesNotContain(gateway.Output, line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("warn:", StringComparison.Ordinal));
    }

    private static async Task MakeRooms(GatewayProcess gateway, List<string> rooms)
    {
        // No one user may make so many.
        foreach (var some in rooms.Chunk(25))
        {
            await using var host = await Stranger.Enter(gateway, "Host");
            foreach (var room in some) await host.Connection.Create(room);
            foreach (var room in some) await host.Connection.Leave(room);
        }
    }

    private async Task Wave(GatewayProcess gateway, List<string> rooms, TimeSpan time)
    {
        var record = new ChatRecord();
        var people = new Visitor[Clients];
        await Parallel.ForAsync(0, Clients, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
            people[i] = await Visitor.Enter(gateway, rooms[i % rooms.Count], record));
        output.WriteLine($"{Clients} have come: {gateway.Reading}");

        var (cpu, began) = (gateway.Reading.Cpu, Stopwatch.StartNew());
        await Talk(people, time);
        var (used, lasted) = (gateway.Reading.Cpu - cpu, began.Elapsed);
        output.WriteLine($"after {lasted.TotalSeconds:F0} s of talk: {gateway.Reading}, {used / lasted:P0} of one processor");

        var heads = new Dictionary<string, long>();
        foreach (var person in people.Take(rooms.Count)) heads[person.Room] = (await person.Connection.Status(person.Room)).Head;
        await Task.WhenAll(people.Select(person => person.View.Reaches(heads[person.Room]))).WaitAsync(TimeSpan.FromSeconds(30));
        await Task.WhenAll(people.Select(person => person.Connection.DisposeAsync().AsTask()));

        var (seen, answered) = (Sorted(people.SelectMany(person => person.Seen)), Sorted(people.SelectMany(person => person.Answered)));
        output.WriteLine($"{answered.Length / lasted.TotalSeconds:F0} posts/s, {seen.Length / lasted.TotalSeconds:F0} deliveries/s");
        output.WriteLine($"post to answered: {Quantiles(answered)}; post to seen: {Quantiles(seen)}");
        var logs = await Logs.InStorage(gateway.Storage, rooms);
        var faults = LogChecker.Faults(record, logs);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>One post after the other at an even pace, whether or not the ones before are answered.</summary>
    private static async Task Talk(Visitor[] people, TimeSpan time)
    {
        var pace = Each / people.Length;
        var posts = new List<Task>();
        var clock = Stopwatch.StartNew();
        for (var i = 0; clock.Elapsed < time; i++)
        {
            if (pace * i - clock.Elapsed is { Ticks: > 0 } early) await Task.Delay(early);
            posts.Add(people[i % people.Length].Post());
        }

        await Task.WhenAll(posts);
    }

    private static double[] Sorted(IEnumerable<double> values) => [.. values.Order()];

    private static string Quantiles(double[] sorted) =>
        $"p50 {sorted[sorted.Length / 2]:F1} ms, p99 {sorted[sorted.Length * 99 / 100]:F1} ms, most {sorted[^1]:F1} ms";
}
