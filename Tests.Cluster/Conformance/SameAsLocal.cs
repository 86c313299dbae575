using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Core.Internal;
using OrleansChat.Engine;
using OrleansChat.Grains.Interfaces.Rooms;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Storage.Memory;
using OrleansChat.Users;

namespace OrleansChat.Tests.Cluster.Conformance;

/// <summary>
/// The embedded engine and the cluster are given the same commands, chosen by a seed, and must answer alike and keep the
/// same logs: though the cluster's commands come in at any edge, its rooms move, and their activations are cut off.
/// </summary>
[Collection(OneCluster.Name)]
public sealed class SameAsLocal
{
    private const int Steps = 1_500;

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
            var account = new Account(person.Id, "Somebody", null, person.Admin, cluster.Time.GetUtcNow(), cluster.Time.GetUtcNow());
            Assert.True(await storage.AddAccount(account) && await cluster.Storage.AddAccount(account));
        }

        var (kinds, cut, refusals, fenced) = (new HashSet<Type>(), new HashSet<RoomId>(), 0, 0);
        for (var step = 0; step < Steps; step++)
        {
            cluster.Time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 900)));
            var room = rooms[random.Next(rooms.Length)];
            if (random.Next(20) == 0)
            {
                await cluster.Storage.OpenRoom(room); // somebody else did: the activation is cut off, and learns of it by its next append
                cut.Add(room);
            }

            if (random.Next(40) == 0) await cluster.Cluster.Client.GetGrain<IRoomGrain>(room.Value).AsReference<IGrainManagementExtension>().DeactivateOnIdle();

            // One command, or a burst of them from one edge: these keep their order.
            var there = cluster.Edge(random.Next(3)).Room(room);
            var burst = Enumerable.Range(0, random.Next(6) == 0 && !cut.Contains(room) ? 8 : 1).Select(i => (Actor: people[random.Next(people.Length)], Command: Any(random, people, $"{step}-{i}"))).ToList();
            var expected = await Task.WhenAll(burst.Select(it => local.Room(room).Submit(it.Actor, it.Command)));
            var answers = await Task.WhenAll(burst.Select(it => Insist(there, it.Actor, it.Command)));
            Assert.Equal(expected.Select(answer => (answer.Value, answer.Refusal?.Code)), answers.Select(it => (it.Answer.Value, it.Answer.Refusal?.Code)));
            if (answers.Any(it => it.WasAway))
            {
                Assert.True(cut.Remove(room)); // nothing else makes a room unavailable
                fenced++;
            }

            refusals += expected.Count(answer => !answer.Ok);
        }

        foreach (var room in rooms)
        {
            var (expected, log) = (await storage.ReadEvents(room, 0, 10_000), await cluster.Storage.ReadEvents(room, 0, 10_000));
            Assert.Equal(expected, log);
            kinds.UnionWith(log.Select(e => e.GetType()));
        }

        Assert.True(kinds.Count >= 12 && refusals > 50 && fenced > 2, $"{kinds.Count} kinds, {refusals} refusals, {fenced} fenced"); // the walk got around
    }

    /// <summary>As a client does: again, for as long as the answer is <c>unavailable</c>. Whether it ever was is told too.</summary>
    private static async Task<(Answer<Receipt> Answer, bool WasAway)> Insist(IRoom room, Actor actor, RoomCommand command)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await room.Submit(actor, command);
            if (answer.Refusal?.Code is not ErrorCode.Unavailable || attempt == 50) return (answer, attempt > 0);
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
