using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Engine;
using OrleansChat.Rooms;
using OrleansChat.Storage.Memory;
using OrleansChat.Tests.Conformance;
using OrleansChat.Users;

namespace OrleansChat.Tests.Cluster.Conformance;

/// <summary>
/// The embedded engine and the cluster are given the same commands, chosen by a seed, and must answer alike and keep the
/// same logs: though the cluster's commands come in at any edge, its rooms move, and their activations are cut off.
/// </summary>
[Collection(OneCluster.Name)]
public sealed class SameAsLocal
{
    private const int Steps = 400;

    private readonly string own = Guid.NewGuid().ToString("N")[..8];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20_261_122)]
    public async Task The_same_commands_have_the_same_answers_and_leave_the_same_logs(int seed)
    {
        var random = new Random(seed);
        var cluster = await ClusterEngine.Running;
        await using var storage = new MemoryStorage();
        await storage.Open();
        await using var local = new LocalChat(storage, new RoomLimits(), cluster.Time, NullLogger<LocalChat>.Instance);
        Actor[] people = [.. "ada bob cleo dan eve fay".Split(' ').Select(name => new Actor(UserId.Parse($"{name}-{own}-{seed}"))), new(UserId.Parse($"root-{own}-{seed}"), Admin: true)];
        RoomId[] rooms = [.. "den lair hall".Split(' ').Select(name => RoomId.Parse($"{name}-{own}-{seed}")), RoomId.Direct(people[0].Id, people[1].Id)];
        foreach (var person in people)
        {
            Account(await storage.AddAccount(new(person.Id, "Somebody", null, person.Admin, cluster.Time.GetUtcNow(), cluster.Time.GetUtcNow())));
            Account(await cluster.Storage.AddAccount(new(person.Id, "Somebody", null, person.Admin, cluster.Time.GetUtcNow(), cluster.Time.GetUtcNow())));
        }

        var (kinds, refusals) = (new HashSet<Type>(), 0);
        for (var step = 0; step < Steps; step++)
        {
            cluster.Time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 900)));
            var room = rooms[random.Next(rooms.Length)];
            if (random.Next(25) == 0) await cluster.Storage.OpenRoom(room); // somebody else: the activation there is cut off
            if (random.Next(40) == 0) await cluster.Cluster.Client.GetGrain<Grains.Interfaces.Rooms.IRoomGrain>(room.Value).AsReference<IGrainManagementExtension>().DeactivateOnIdle();

            // One command, or a burst of them from one edge: these keep their order.
            var edge = cluster.Edge(random.Next(3));
            var burst = Enumerable.Range(0, random.Next(6) == 0 ? 8 : 1).Select(i => (Actor: people[random.Next(people.Length)], Command: Any(random, people, $"{step}-{i}"))).ToList();
            await Insist(edge, room, people[^1]);
            var expected = await Task.WhenAll(burst.Select(it => local.Room(room).Submit(it.Actor, it.Command)));
            var answers = await Task.WhenAll(burst.Select(it => edge.Room(room).Submit(it.Actor, it.Command)));
            Assert.Equal(expected.Select(answer => (answer.Value, answer.Refusal?.Code)), answers.Select(answer => (answer.Value, answer.Refusal?.Code)));
            refusals += answers.Count(answer => !answer.Ok);
        }

        foreach (var room in rooms)
        {
            var (expected, log) = (await storage.ReadEvents(room, 0, 10_000), await cluster.Storage.ReadEvents(room, 0, 10_000));
            Assert.Equal(expected, log);
            kinds.UnionWith(log.Select(e => e.GetType()));
        }

        Assert.True(kinds.Count >= 12 && refusals is > 50 and < Steps, $"{kinds.Count} kinds, {refusals} refusals"); // the walk got around
    }

    private static void Account(bool added) => Assert.True(added);

    /// <summary>
    /// An activation that was cut off learns of it by its next append. A command that changes nothing but must be stored
    /// would tell the logs apart, so the cluster's room is asked to post until it answers, and the other one as often.
    /// </summary>
    private static async Task Insist(IChat edge, RoomId room, Actor root)
    {
        // A refused post reads the storage of keys only; what is cut off is found by deleting a message that is not there.
        for (var attempt = 0; attempt < 50; attempt++)
        {
            if ((await edge.Room(room).Submit(root, new RoomCommand.Delete(long.MaxValue))).Refusal?.Code is not ErrorCode.Unavailable) return;
        }
    }

    private static RoomCommand Any(Random random, Actor[] people, string key)
    {
        var (user, seq) = (people[random.Next(people.Length)].Id, random.NextInt64(1, 120));
        return random.Next(22) switch
        {
            0 or 1 or 2 => new RoomCommand.Join(),
            3 => new RoomCommand.Leave(),
            4 or 5 or 6 or 7 or 8 => new RoomCommand.Post($"Step {key}", random.Next(4) == 0 ? "again" : key, random.Next(3) == 0 ? seq : null),
            9 => new RoomCommand.Edit(seq, "Better so"),
            10 => new RoomCommand.Delete(seq),
            11 or 12 => new RoomCommand.React(seq, "👍", random.Next(2) == 0),
            13 => new RoomCommand.Invite(user),
            14 => new RoomCommand.Kick(user, null),
            15 => new RoomCommand.Ban(user, null),
            16 => new RoomCommand.Unban(user),
            17 => new RoomCommand.GiveRole(user, (Role)random.Next(3)),
            18 => new RoomCommand.Configure(null, $"Topic {random.Next(3)}", null, random.Next(2)),
            19 => new RoomCommand.OpenDirect(user),
            _ => new RoomCommand.Create(null, null, Visibility.Public),
        };
    }
}
