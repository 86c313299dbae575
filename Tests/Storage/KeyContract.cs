using OrleansChat.Rooms;
using OrleansChat.Storage;

namespace OrleansChat.Tests.Storage;

public sealed class SqliteKeys() : KeyContract(new SqlitePlace());

public sealed class PostgresKeys() : KeyContract(new PostgresPlace());

public sealed class MemoryKeys() : KeyContract(new MemoryPlace());

/// <summary>Repeats are harmless, and one room's trouble is no other's.</summary>
public abstract class KeyContract(Place place) : StorageContract(place)
{
    [Fact]
    public async Task A_repeated_key_gets_the_first_receipt_and_stores_nothing()
    {
        var garden = await Create(Garden);
        var first = await garden.Says(Ada, "once", "k1");
        var at = garden.Now;
        var outcome = await garden.TryAppend(
            garden.Next(Ada, new RoomEvent.Message("new"), "k2", Bob),
            garden.Next(Ada, new RoomEvent.Message("twice"), "k1"));
        var taken = Assert.IsType<AppendOutcome.KeysTaken>(outcome);
        Assert.Equal(new Dictionary<int, Receipt> { [1] = new(first, at) }, taken.Receipts);
        Assert.Equal("once", Assert.Single(await History(Garden)).Text);
        Assert.Equal(first, (await Storage.Heads([Garden]))[Garden]);
        Assert.Null(await Storage.FindPost(Garden, Ada, "k2"));
        Assert.Equal(new Receipt(first, at), await Storage.FindPost(Garden, Ada, "k1"));
    }

    [Fact]
    public async Task A_key_is_its_authors_and_its_rooms_own()
    {
        var (garden, kitchen) = (await Create(Garden), await Create(Kitchen));
        await garden.Says(Ada, "Ada in the garden", "k");
        await garden.Says(Bob, "Bob in the garden", "k");
        await kitchen.Says(Ada, "Ada in the kitchen", "k");
        await garden.Says(Ada, "Ada again", "K");
    }

    [Fact]
    public async Task A_key_keeps_working_after_its_message_was_deleted()
    {
        var garden = await Create(Garden);
        var seq = await garden.Says(Ada, "gone soon", "k");
        await garden.Append(Ada, new RoomEvent.Deleted(seq));
        var taken = Assert.IsType<AppendOutcome.KeysTaken>(await garden.TryAppend(garden.Next(Ada, new RoomEvent.Message("again"), "k")));
        Assert.Equal(seq, taken.Receipts[0].Seq);
    }

    [Fact]
    public async Task A_key_twice_in_one_append_is_a_mistake()
    {
        var garden = await Create(Garden);
        await Assert.ThrowsAsync<ArgumentException>(() => garden.TryAppend(
            garden.Next(Ada, new RoomEvent.Message("a"), "k"), garden.Next(Ada, new RoomEvent.Message("b"), "k")));
    }

    [Fact]
    public async Task The_same_key_a_hundred_times_at_once_is_one_message()
    {
        var garden = await Create(Garden);
        var append = new Append(Garden, garden.Epoch, garden.Head, [garden.Next(Ada, new RoomEvent.Message("once"), "k")]);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Storage.Append(append)));
        Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
        Assert.Equal(99, outcomes.OfType<AppendOutcome.Fenced>().Count());
        Assert.Single(await History(Garden));
    }

    [Fact]
    public async Task A_hundred_creations_at_once_make_one_room()
    {
        var garden = new WrittenRoom(Storage, Garden, Noon);
        var append = new Append(Garden, 0, 0, [garden.Next(Ada, new RoomEvent.Created("Garden", Visibility.Public))]);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Storage.Append(append)));
        Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
        Assert.Equal(99, outcomes.OfType<AppendOutcome.Fenced>().Count());
    }

    [Fact]
    public async Task One_rooms_conflict_in_a_hundred_fails_no_other()
    {
        var rooms = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Create(RoomId.Parse($"room-{i}"))));
        await rooms[7].Says(Ada, "taken", "k-5");
        await Storage.OpenRoom(rooms[42].Id); // a second activation: the first one is fenced from now on

        for (var round = 0; round < 10; round++)
        {
            var outcomes = await Task.WhenAll(rooms.Select(room => room.TryAppend(room.Next(Ada, new RoomEvent.Message($"round {round}"), $"k-{round}"))));
            Assert.IsType<AppendOutcome.Fenced>(outcomes[42]);
            Assert.Equal(round == 5 ? 98 : 99, outcomes.OfType<AppendOutcome.Appended>().Count());
            if (round == 5) Assert.IsType<AppendOutcome.KeysTaken>(outcomes[7]);
        }

        var heads = await Storage.Heads([.. rooms.Select(r => r.Id)]);
        Assert.Equal(1, heads[rooms[42].Id]);
        Assert.All(rooms.Where((_, i) => i is not (42 or 7)), room => Assert.Equal(11, heads[room.Id]));
    }
}
