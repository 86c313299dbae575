using OrleansChat.Client;
using OrleansChat.Rooms;
using OrleansChat.Tests.Cluster.Conformance;
using OrleansChat.Tests.Processes;

namespace OrleansChat.Tests.Cluster.Rooms;

/// <summary>A room with members at every edge, whose activation is moved from silo to silo while they talk.</summary>
[Collection(OneCluster.Name)]
public sealed class RoomsOnTheMove
{
    private const int Rounds = 4;

    [Fact]
    public async Task A_room_keeps_its_order_and_its_numbers_while_it_is_moved_by_hand()
    {
        var cluster = await ClusterEngine.Running;
        await using var edges = await ClusterEdges.Open(cluster);
        var room = RoomId.Parse($"caravan-{Guid.NewGuid():N}");
        await using var host = await edges.Enter(0, "Host");
        await host.Ask(connection => connection.Create(room.Value));

        var record = new ChatRecord();
        var talkers = new List<Talker>();
        for (var i = 0; i < 9; i++) talkers.Add(await Talker.Start([edges.Socket(i % 3)], $"Guest {i}", [room.Value], record, new()));
        var (enough, answers, seen) = (false, 0, new HashSet<SiloAddress>());
        var talking = Task.WhenAll(talkers.Select(talker => talker.Talk(() => Volatile.Read(ref enough), TimeSpan.Zero, (_, _) => Interlocked.Increment(ref answers))));
        for (var round = 0; round < Rounds; round++)
        {
            for (var silo = 0; silo < 3; silo++)
            {
                var before = Volatile.Read(ref answers);
                await cluster.Move(room, silo);
                if (cluster.WhereIs(room) is { } place) seen.Add(place);
                while (Volatile.Read(ref answers) < before + 20 && !talking.IsCompleted) await Task.Delay(5);
            }
        }

        Volatile.Write(ref enough, true);
        await talking.WaitAsync(Tests.Conformance.Conformance.Patience);
        var log = await cluster.Storage.ReadEvents(room, 0, 100_000);
        await Task.WhenAll(talkers.Select(talker => talker.Sees(new Dictionary<string, long> { [room.Value] = log[^1].Seq }))).WaitAsync(Tests.Conformance.Conformance.Patience);
        foreach (var talker in talkers) await talker.DisposeAsync();

        Assert.Equal(3, seen.Count); // it was on every silo
        Assert.Empty(LogChecker.Faults(record, new Dictionary<string, IReadOnlyList<ChatEvent>> { [room.Value] = Logs.OnTheWire(log) }));
    }
}
