using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Nodes;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Conformance;

/// <summary>What the nodes complain of stands in a room, once; whichever engine has the room.</summary>
public abstract class AlertsInARoom(Func<Task<EngineUnderTest>> start) : Conformance(start)
{
    private readonly ManualTime time = new(new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
    private readonly string own = Guid.NewGuid().ToString("N")[..8];
    private NodeMetrics nodes = null!;
    private AlertDesk desk = null!;
    private Actor root = null!;

    private RoomId Alarms => RoomId.Parse($"alarms-{own}");

    private UserId Author => UserId.Parse($"nodes-{own}");

    [Fact]
    public async Task The_room_is_made_private_and_administrators_read_it()
    {
        await Lose("web-1");
        Assert.Equal(["⚠ web-1 is lost: nothing was heard of it for 30 seconds."], await Told());
        Assert.Equal(ErrorCode.NotFound, (await Chat.Room(Alarms).History(Ada, new())).Refusal?.Code);
        nodes.Take(Reading("web-1"));
        await Look();
        Assert.Equal("✓ web-1 is back.", (await Told())[^1]);
    }

    [Fact]
    public async Task A_room_that_exists_is_joined_and_told()
    {
        await Do(Ada, Alarms, new RoomCommand.Create("Alarms", null, Visibility.Private));
        await Lose("web-1");
        Assert.Single(await Told());
        Assert.Equal(Author, Assert.Single(Value(await Chat.Room(Alarms).History(Ada, new())).Messages).By);
    }

    [Fact]
    public async Task Two_desks_one_after_the_other_tell_it_once()
    {
        await Lose("web-1");
        var before = nodes;
        Begin(); // somewhere else, and knows what the nodes tell it
        foreach (var stretch in before.Stretches("web-1")) nodes.Take(stretch);
        time.Advance(TimeSpan.FromSeconds(20));
        await Look();
        Assert.Single(await Told());
    }

    [Fact]
    public async Task What_the_room_cannot_take_now_comes_later_and_once()
    {
        Storage.Away = true;
        await Lose("web-1");
        await Look();
        Storage.Away = false;
        await Look();
        await Look();
        Assert.Single(await Told());
    }

    [Fact]
    public async Task Somebodys_own_account_is_not_spoken_by()
    {
        Assert.True(await Storage.AddAccount(new(Author, "Eve", "hash", false, Then, Then)));
        await Lose("web-1");
        Assert.Equal(ErrorCode.NotFound, (await Chat.Room(Alarms).History(root, new())).Refusal?.Code);
    }

    private async Task Lose(string node)
    {
        root = new(UserId.Parse($"root-{own}"), Admin: true);
        Begin();
        nodes.Take(Reading(node));
        time.Advance(TimeSpan.FromSeconds(30));
        await Look();
    }

    private void Begin()
    {
        nodes = new(time);
        desk = new(new(Alarms, Author, new(Lost: TimeSpan.FromSeconds(30))), Storage, Chat.Room, time, NullLogger<AlertDesk>.Instance);
    }

    private async Task Look()
    {
        desk.Judge(nodes);
        await desk.Post().WaitAsync(Patience);
    }

    private async Task<IReadOnlyList<string?>> Told() => [.. Value(await Chat.Room(Alarms).History(root, new())).Messages.Select(message => message.Text)];

    private NodeReading Reading(string node) => new(node, time.GetUtcNow(), "proc", null, null, null, 0, 0);
}
