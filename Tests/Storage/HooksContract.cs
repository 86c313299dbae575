using OrleansChat.Hooks;
using OrleansChat.Presence;
using OrleansChat.Rooms;

namespace OrleansChat.Tests.Storage;

public sealed class SqliteHooks() : HooksContract(new SqlitePlace());

public sealed class PostgresHooks() : HooksContract(new PostgresPlace());

public sealed class MemoryHooks() : HooksContract(new MemoryPlace());

/// <summary>Webhooks, who delivers them, and how far they have come.</summary>
public abstract class HooksContract(Place place) : StorageContract(place)
{
    private static readonly EdgeId North = EdgeId.New("north");
    private static readonly EdgeId South = EdgeId.New("south");
    private static readonly Trouble Down = new("It answered 500.", 3, Noon, Noon.AddMinutes(1));

    [Fact]
    public async Task Webhooks_read_back_in_the_order_in_which_they_were_made()
    {
        var (incoming, outgoing) = (Incoming(Garden), Outgoing(Garden, ["message", "deleted"]) with { Created = Noon.AddMinutes(1) });
        await Storage.AddHook(outgoing, null);
        await Storage.AddHook(incoming, [1, 2, 3]);
        await Storage.AddHook(Incoming(Kitchen), [4]);

        var hooks = await Storage.HooksOf(Garden);
        Assert.Equal([incoming.Id, outgoing.Id], hooks.Select(hook => hook.Id));
        Assert.Equal(incoming, hooks[0]);
        Assert.Equal((outgoing.Outgoing!.Url, 7L, true, null), (hooks[1].Outgoing!.Url, hooks[1].Outgoing!.Cursor, hooks[1].Outgoing!.On, hooks[1].Outgoing!.Trouble));
        Assert.Equal(["message", "deleted"], hooks[1].Outgoing!.Kinds!);
        Assert.Equal([1, 2, 3], (await Storage.FindHook(incoming.Id))!.Value.Hash!);
        Assert.Null((await Storage.FindHook(outgoing.Id))!.Value.Hash);
        Assert.Null(await Storage.FindHook(HookId.New()));
    }

    [Fact]
    public async Task They_go_by_themselves_with_their_room_and_with_their_bot()
    {
        var garden = await Create(Garden);
        var (removed, roomless, botless) = (Incoming(Kitchen), Incoming(Garden), Outgoing(Kitchen));
        foreach (var hook in new[] { removed, roomless, botless })
        {
            await AddAccount(hook.Bot, "Bot");
            await Storage.AddHook(hook, [1]);
        }

        await Storage.RemoveHook(removed.Id);
        await Storage.RemoveAccount(botless.Bot);
        Assert.True(await Storage.DestroyRoom(Garden, garden.Epoch));
        foreach (var hook in new[] { removed, roomless, botless }) Assert.Null(await Storage.FindHook(hook.Id));
        Assert.Empty(await Storage.LeaseHooks(North, Noon, Noon.AddSeconds(30)));
        Assert.NotNull(await Storage.FindAccount(removed.Bot)); // what it said keeps its name
        Assert.Null(await Storage.FindAccount(roomless.Bot));
    }

    [Fact]
    public async Task One_owner_at_a_time_has_a_webhook_until_its_lease_is_over()
    {
        var hook = await Add(Outgoing(Garden));
        await Add(Incoming(Garden)); // nothing to deliver
        Assert.Equal([hook], Ids(await Storage.LeaseHooks(North, Noon, Noon.AddSeconds(30))));
        Assert.Empty(await Storage.LeaseHooks(South, Noon.AddSeconds(29), Noon.AddSeconds(59)));
        Assert.Equal([hook], Ids(await Storage.LeaseHooks(North, Noon.AddSeconds(29), Noon.AddSeconds(59))));
        Assert.Empty(await Storage.LeaseHooks(South, Noon.AddSeconds(58), Noon.AddSeconds(88)));
        Assert.Equal([hook], Ids(await Storage.LeaseHooks(South, Noon.AddSeconds(59), Noon.AddSeconds(89))));

        Assert.False(await Storage.SaveDelivery(hook, North, 9, null));
        Assert.True(await Storage.SaveDelivery(hook, South, 8, null));
        Assert.Equal(8, (await Stored(hook)).Cursor);
    }

    [Fact]
    public async Task An_owner_that_ends_lets_go_and_one_that_died_is_followed_by_its_next_life_at_once()
    {
        var hook = await Add(Outgoing(Garden));
        await Storage.LeaseHooks(North, Noon, Noon.AddSeconds(30));
        await Storage.ReleaseHooks(North);
        Assert.Equal([hook], Ids(await Storage.LeaseHooks(South, Noon, Noon.AddSeconds(30))));
        var again = EdgeId.New(South.Name);
        Assert.Empty(await Storage.LeaseHooks(EdgeId.New("sou"), Noon, Noon.AddSeconds(30)));
        Assert.Equal([hook], Ids(await Storage.LeaseHooks(again, Noon, Noon.AddSeconds(30))));
        Assert.False(await Storage.SaveDelivery(hook, South, 9, null));
        Assert.True(await Storage.SaveDelivery(hook, again, 9, null));
    }

    [Fact]
    public async Task Of_two_who_want_it_at_once_one_has_it()
    {
        await Add(Outgoing(Garden));
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Storage.LeaseHooks(EdgeId.New($"edge-{i}"), Noon, Noon.AddSeconds(30))));
        Assert.Single(all, hooks => hooks.Count == 1);
        Assert.Equal(19, all.Count(hooks => hooks.Count == 0));
    }

    [Fact]
    public async Task Trouble_is_kept_until_something_arrives()
    {
        var hook = await Add(Outgoing(Garden));
        await Storage.LeaseHooks(North, Noon, Noon.AddSeconds(30));
        await Storage.SaveDelivery(hook, North, 7, Down);
        Assert.Equal((7, Down), ((await Stored(hook)).Cursor, (await Stored(hook)).Trouble));
        await Storage.SaveDelivery(hook, North, 9, null);
        Assert.Equal((9, null), ((await Stored(hook)).Cursor, (await Stored(hook)).Trouble));
    }

    [Fact]
    public async Task Switched_off_it_has_no_owner_and_keeps_its_last_error_and_on_again_it_goes_on()
    {
        var hook = await Add(Outgoing(Garden));
        await Storage.LeaseHooks(North, Noon, Noon.AddSeconds(30));
        await Storage.SaveDelivery(hook, North, 9, Down);
        await Storage.SwitchHook(hook, on: false);
        Assert.Equal((false, Down.Error), ((await Stored(hook)).On, (await Stored(hook)).Trouble!.Error));
        await Storage.SwitchHook(hook, on: false, error: "Gone.");
        Assert.Equal("Gone.", (await Stored(hook)).Trouble!.Error);
        Assert.False(await Storage.SaveDelivery(hook, North, 10, null));
        Assert.Empty(await Storage.LeaseHooks(North, Noon, Noon.AddSeconds(30)));

        await Storage.SwitchHook(hook, on: true, from: 5);
        Assert.Equal((true, 9L, null), ((await Stored(hook)).On, (await Stored(hook)).Cursor, (await Stored(hook)).Trouble));
        await Storage.SwitchHook(hook, on: true, from: 12);
        Assert.Equal(12, (await Stored(hook)).Cursor);
        Assert.Equal([hook], Ids(await Storage.LeaseHooks(South, Noon, Noon.AddSeconds(30))));
    }

    [Fact]
    public async Task The_first_key_of_a_name_stays()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Storage.KeepKey("hooks", $"<hooks key=\"{i}\"/>")));
        Assert.Single(kept.Distinct());
        Assert.Equal(kept[0], await Storage.KeepKey("hooks", "<hooks/>"));
        Assert.Equal([kept[0]], await Storage.ReadKeys());
    }

    private static Hook Incoming(RoomId room) => new(HookId.New(), room, "Nightly build", Ada, Noon);

    private static Hook Outgoing(RoomId room, IReadOnlyList<string>? kinds = null) =>
        Incoming(room) with { Outgoing = new(new("https://example.org/in?x=1"), kinds, 7) };

    private async Task<HookId> Add(Hook hook)
    {
        await Storage.AddHook(hook, hook.Outgoing is null ? [1] : null);
        return hook.Id;
    }

    private async Task<Outgoing> Stored(HookId hook) => (await Storage.FindHook(hook))!.Value.Hook.Outgoing!;

    private static IEnumerable<HookId> Ids(IReadOnlyList<Hook> hooks) => hooks.Select(hook => hook.Id);
}
