using OrleansChat.Rooms;

namespace OrleansChat.Tests.Storage;

public sealed class SqliteHistory() : HistoryContract(new SqlitePlace());

public sealed class PostgresHistory() : HistoryContract(new PostgresPlace());

public sealed class MemoryHistory() : HistoryContract(new MemoryPlace());

public abstract class HistoryContract(Place place) : StorageContract(place)
{
    [Fact]
    public async Task A_message_is_read_as_it_now_is()
    {
        var garden = await Create(Garden);
        var hello = await garden.Says(Ada, "helo");
        await garden.Says(Bob, "hi", reply: hello);
        await garden.Append(Ada, new RoomEvent.Edited(hello, "hallo"));
        await garden.Append(Ada, new RoomEvent.Edited(hello, "hello"));

        var messages = await History(Garden);
        Assert.Equal(new MessageView(hello, Noon.AddSeconds(2), Ada, "hello", Edited: true), messages[0]);
        Assert.Equal(new MessageView(hello + 1, Noon.AddSeconds(3), Bob, "hi", hello), messages[1]);
    }

    [Fact]
    public async Task A_deleted_message_stays_without_its_text()
    {
        var garden = await Create(Garden);
        var seq = await garden.Says(Ada, "x"); // shorter than the words that take its place in the log
        await garden.Append(Ada, new RoomEvent.Edited(seq, "a longer secret"));
        await garden.Append(Bob, new RoomEvent.Reacted(seq, "👍", true));
        await garden.Append(Ada, new RoomEvent.Deleted(seq));
        Assert.Equal(new MessageView(seq, Noon.AddSeconds(2), Ada, null, Edited: true, Deleted: true), Assert.Single(await History(Garden)));

        var events = await Storage.ReadEvents(Garden, 1, 10);
        Assert.True(events[0] is RoomEvent.Message { Text: null, Erased: true, Seq: 2 } message && message.By == Ada && message.At == Noon.AddSeconds(2));
        Assert.True(events[1] is RoomEvent.Edited { Text: null, Erased: true, Target: 2 });
        Assert.True(events[3] is RoomEvent.Deleted { Target: 2 });
    }

    [Fact]
    public async Task Post_and_deletion_may_come_in_one_append()
    {
        var garden = await Create(Garden);
        await garden.TryAppend(
            garden.Next(Ada, new RoomEvent.Message("secret"), "k"), garden.Next(Ada, new RoomEvent.Edited(2, "secrets")), garden.Next(Ada, new RoomEvent.Deleted(2)));
        Assert.True(Assert.Single(await History(Garden)) is { Text: null, Deleted: true });
        Assert.DoesNotContain(await Storage.ReadEvents(Garden, 1, 2), e => e is RoomEvent.Message { Text: not null } or RoomEvent.Edited { Text: not null });
    }

    [Fact]
    public async Task Reactions_stand_in_the_order_in_which_people_reacted()
    {
        var garden = await Create(Garden);
        var first = await garden.Says(Ada, "one");
        var second = await garden.Says(Ada, "two");
        await garden.Append(Bob, new RoomEvent.Reacted(first, "👍", true));
        await garden.Append(Cleo, new RoomEvent.Reacted(first, "🎉", true));
        await garden.Append(Ada, new RoomEvent.Reacted(first, "👍", true));
        await garden.Append(Bob, new RoomEvent.Reacted(first, "👍", true)); // again: keeps his place
        await garden.Append(Cleo, new RoomEvent.Reacted(first, "👍", true));
        await garden.Append(Ada, new RoomEvent.Reacted(first, "👍", false));
        await garden.Append(Ada, new RoomEvent.Reacted(second, "❤️", true));

        var messages = await History(Garden);
        Assert.Equal(["👍", "🎉"], messages[0].Reactions!.Keys);
        Assert.Equal([Bob, Cleo], messages[0].Reactions!["👍"]);
        Assert.Equal([Cleo], messages[0].Reactions!["🎉"]);
        Assert.Equal([Ada], messages[1].Reactions!["❤️"]);
        Assert.Null(Assert.Single((await Storage.History(Garden, new(Before: second))).Messages).Reactions?.GetValueOrDefault("❤️"));
    }

    [Fact]
    public async Task Pages_go_backward_and_forward()
    {
        var garden = await Create(Garden); // 1
        for (var i = 2; i <= 11; i++) await garden.Says(Ada, $"{i}");

        await Expect(new(Limit: 3), more: true, 9, 10, 11);
        await Expect(new(Before: 9, Limit: 3), more: true, 6, 7, 8);
        await Expect(new(Before: 5, Limit: 3), more: false, 2, 3, 4);
        await Expect(new(After: 0, Limit: 3), more: true, 2, 3, 4);
        await Expect(new(After: 8, Limit: 3), more: false, 9, 10, 11);
        await Expect(new(After: 3, Before: 6), more: false, 4, 5);
        await Expect(new(After: 3, Before: 9, Limit: 2), more: true, 4, 5);
        await Expect(new(Before: 2), more: false);
        await Expect(new(After: 11), more: false);
        await Expect(new(Before: -5), more: false);
        await Expect(new(After: long.MaxValue), more: false);

        async Task Expect(HistoryQuery query, bool more, params long[] seqs)
        {
            var page = await Storage.History(Garden, query);
            Assert.Equal(seqs, page.Messages.Select(m => m.Seq));
            Assert.Equal(more, page.More);
        }
    }

    [Fact]
    public async Task A_page_is_cut_by_size_at_its_far_end()
    {
        var garden = await Create(Garden);
        var large = new string('ö', HistoryQuery.MaxBytes / 2 / 3); // three of them fill a page
        for (var i = 2; i <= 9; i++) await garden.Says(Ada, large);

        var latest = await Storage.History(Garden, new());
        Assert.Equal([7L, 8, 9], latest.Messages.Select(m => m.Seq));
        Assert.True(latest.More);
        var first = await Storage.History(Garden, new(After: 0));
        Assert.Equal([2L, 3, 4], first.Messages.Select(m => m.Seq));
        Assert.True(first.More);

        await garden.Says(Ada, new string('x', HistoryQuery.MaxBytes + 1));
        Assert.Equal(10, Assert.Single((await Storage.History(Garden, new())).Messages).Seq);
    }
}
