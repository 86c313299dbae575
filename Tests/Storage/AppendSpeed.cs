using System.Diagnostics;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Storage;

/// <summary>
/// Prints how many posts a second each storage takes. For a tenth of a second only, to see that it works; by hand for five:
/// <c>CHAT_MEASURE=1 dotnet test Tests -c Release --filter AppendSpeed --logger "console;verbosity=detailed"</c>
/// </summary>
public sealed class AppendSpeed(ITestOutputHelper output)
{
    private static readonly bool ByHand = Environment.GetEnvironmentVariable("CHAT_MEASURE") == "1";
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(ByHand ? 5 : 0.1);
    private static readonly UserId Ada = UserId.Parse("ada");

    [Theory]
    [InlineData("sqlite", 1, 1)]
    [InlineData("sqlite", 100, 1)]
    [InlineData("sqlite", 100, 10)]
    [InlineData("postgres", 1, 1)]
    [InlineData("postgres", 100, 1)]
    [InlineData("postgres", 100, 10)]
    [InlineData("memory", 1, 1)]
    [InlineData("memory", 100, 1)]
    public async Task Measure(string kind, int rooms, int batch)
    {
        await using var server = kind == "postgres" && ByHand ? await PostgresServer.StartNew(durable: true) : null;
        await using Place place = kind switch { "sqlite" => new SqlitePlace(), "postgres" => new PostgresPlace(server), _ => new MemoryPlace() };
        await using var storage = await place.Storage();
        await storage.Open();

        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var latencies = await Task.WhenAll(Enumerable.Range(0, rooms).Select(i => Task.Run(() => Post(storage, RoomId.Parse($"room-{i}"), batch, watch))));
        var all = latencies.SelectMany(l => l).Order().ToList();
        var posts = all.Count * batch;
        output.WriteLine($"{kind}: {rooms} rooms, {batch} posts an append: {posts / watch.Elapsed.TotalSeconds:N0} posts/s; "
            + $"an append takes p50 {all[all.Count / 2].TotalMilliseconds:N3} ms, p99 {all[all.Count * 99 / 100].TotalMilliseconds:N3} ms; "
            + $"a post takes {(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / posts:N0} µs of this process's CPU");
    }

    private static async Task<List<TimeSpan>> Post(IStorage storage, RoomId id, int batch, Stopwatch watch)
    {
        var room = new WrittenRoom(storage, id, DateTimeOffset.UnixEpoch);
        await room.Append(Ada, new RoomEvent.Created(id.Value, Visibility.Public));
        var took = new List<TimeSpan>();
        for (var i = 0; i == 0 || watch.Elapsed < Time; i++)
        {
            var entries = Enumerable.Range(0, batch)
                .Select(k => room.Next(Ada, new RoomEvent.Message($"Message {i} of this room, of about the usual length: some sixty letters."), $"key-{i}-{k}"))
                .ToArray();
            var began = watch.Elapsed;
            Assert.IsType<AppendOutcome.Appended>(await room.TryAppend(entries));
            took.Add(watch.Elapsed - began);
            room.Events.Clear();
        }

        return took;
    }
}
