using OrleansChat.Rooms;
using static OrleansChat.Tests.Rooms.Scene;

namespace OrleansChat.Tests.Rooms;

/// <summary>Whatever people try, in whatever order, what must always hold does.</summary>
public sealed class RandomWalk
{
    private const int Rooms = 40;
    private const int Steps = 150;

    private static readonly Actor[] People = [Ada, Bob, Cleo, Dan, Person("eve"), Person("fay"), Root];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20_261_122)]
    public void What_must_always_hold_holds(int seed)
    {
        var random = new Random(seed);
        var kinds = new HashSet<Type>();
        for (var i = 0; i < Rooms; i++)
        {
            var scene = AdasRoom();
            foreach (var person in People) scene.Knows(person);
            for (var step = 0; step < Steps; step++) Step(random, scene, $"seed {seed}, room {i}, step {step}");

            Assert.Equal(Enumerable.Range(1, scene.Log.Count).Select(n => (long)n), scene.Log.Select(e => e.Seq));
            Assert.Equal(scene.Log.OrderBy(e => e.At), scene.Log);
            AssertReadsBack(scene);
            kinds.UnionWith(scene.Log.Select(e => e.GetType()));
        }

        Assert.Equal(13, kinds.Count); // the walk got around
    }

    private static void Step(Random random, Scene scene, string when)
    {
        scene.Now = scene.Now.AddMilliseconds(random.Next(-500, 3_000));
        var (actor, command) = (Any(random, People), AnyCommand(random, scene));
        var before = scene.Room;
        var decision = scene.Decide(actor, command);
        AssertSame(decision, scene.Decide(actor, command));
        Assert.Same(before, scene.Room);
        if (decision is Decision.Happened) scene.Happens(actor, command);
        AssertSound(before, scene.Room, $"{when}: {actor.Id} {command}");
    }

    private static void AssertSound(RoomState before, RoomState now, string when)
    {
        Assert.True(now.Head >= before.Head && now.Last >= before.Last, when);
        Assert.True(!now.Members.Keys.Any(now.Bans.Contains), $"A banned one is a member. {when}");
        Assert.True(now.Members.IsEmpty || HasOwner(now) || !HasOwner(before), $"The owner got lost. {when}");
        Assert.True(now.Members.Values.Select(m => m.Since).Distinct().Count() == now.Members.Count, $"Two have served equally long. {when}");
        Assert.True(now.Members.Values.All(m => m.Since >= 1 && m.Since <= now.Head), when);
    }

    /// <summary>The log alone gives the same room.</summary>
    private static void AssertReadsBack(Scene scene)
    {
        var again = scene.Log.Aggregate(RoomState.Absent(scene.Room.Id), (room, e) => room.Apply(e).Forget());
        Assert.Equal((scene.Room.Name, scene.Room.Topic, scene.Room.Visibility, scene.Room.Slow), (again.Name, again.Topic, again.Visibility, again.Slow));
        Assert.Equal(scene.Room.Members.OrderBy(m => m.Value.Since), again.Members.OrderBy(m => m.Value.Since));
        Assert.True(scene.Room.Bans.SetEquals(again.Bans));
    }

    private static void AssertSame(Decision one, Decision other)
    {
        if (one is Decision.Happened first && other is Decision.Happened second) Assert.Equal(first.Events, second.Events);
        else Assert.Equal(one, other);
    }

    private static bool HasOwner(RoomState room) => room.Members.Values.Any(m => m.Role is Role.Owner);

    private static RoomCommand AnyCommand(Random random, Scene scene)
    {
        var user = Any(random, People).Id;
        var seq = random.NextInt64(0, scene.Room.Head + 2);
        return random.Next(16) switch
        {
            0 or 1 or 2 => new RoomCommand.Join(),
            3 => new RoomCommand.Leave(),
            4 or 5 => scene.Post($"Step {random.Next()}", random.Next(3) == 0 ? seq : null),
            6 => new RoomCommand.Edit(seq, "Better so"),
            7 => new RoomCommand.Delete(seq),
            8 => new RoomCommand.React(seq, "👍", random.Next(2) == 0),
            9 => new RoomCommand.Invite(user),
            10 => new RoomCommand.Kick(user, null),
            11 => new RoomCommand.Ban(user, null),
            12 => new RoomCommand.Unban(user),
            13 => new RoomCommand.GiveRole(user, Any(random, Enum.GetValues<Role>())),
            14 => new RoomCommand.Configure(null, $"Topic {random.Next(3)}", random.Next(3) == 0 ? Any(random, Enum.GetValues<Visibility>()) : null, random.Next(3)),
            _ => new RoomCommand.Create(null, null, Visibility.Public),
        };
    }

    private static T Any<T>(Random random, T[] all) => all[random.Next(all.Length)];
}
