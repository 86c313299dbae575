using OrleansChat.Rooms;

namespace OrleansChat.Tests.Storage;

public sealed class SqliteSearch() : SearchContract(new SqlitePlace());

public sealed class PostgresSearch() : SearchContract(new PostgresPlace());

public sealed class MemorySearch() : SearchContract(new MemoryPlace());

public abstract class SearchContract(Place place) : StorageContract(place)
{
    private static readonly (string Query, long[] Found)[] Queries =
    [
        ("roses", [2, 4]),
        ("ROSES", [2, 4]),
        ("ros", [2, 4]),
        ("red roses", [2]),
        ("roses red", [2]),
        ("re roses", []), // only the last word may be a beginning
        ("roses re", [2]),
        ("ose", []),
        ("blüten", [3]),
        ("BLÜTEN", [3]),
        ("bluten", []), // an accent is part of the letter
        ("οδός", [5]),
        ("ΟΔΌΣ", [5]),
        ("東京", [6]),
        ("京都", [6]),
        ("it's", [7]),
        ("mail@example.org", [7]),
        ("example", [7]),
        ("e-mail", [7]),
        ("4.5", [8]),
        ("\"roses", [2, 4]),
        ("roses*", [2, 4]),
        ("roses AND", [4]),
        ("words:roses", []),
        ("roses NOT red", []),
        ("-red roses", [2]),
        ("'roses' | 'red'", [2]),
        ("roses & !red", [2]),
        ("(roses", [2, 4]),
        ("NEAR(roses red)", []),
        ("red:* <-> roses", [2]),
        ("\\'); DROP TABLE room; --", []),
        ("", []),
        ("!?* \" ' ( ) : - 👍", []),
    ];

    [Fact]
    public async Task All_words_are_looked_for_and_nothing_is_syntax()
    {
        var garden = await Create(Garden);
        await garden.Says(Bob, "Roses are red."); // 2
        await garden.Says(Bob, "Blüten!"); // 3
        await garden.Says(Bob, "AND ROSES?"); // 4
        await garden.Says(Bob, "Οδός"); // 5
        await garden.Says(Bob, "東京都に行く"); // 6
        await garden.Says(Bob, "It's an e-mail: mail@example.org"); // 7
        await garden.Says(Bob, "4.5 metres"); // 8
        foreach (var (query, found) in Queries)
        {
            var page = await Storage.Search(Ada, new(query));
            Assert.True(found.Reverse().SequenceEqual(page.Messages.Select(m => m.Seq)), $"{query} found {string.Join(", ", page.Messages.Select(m => m.Text))}");
        }
    }

    [Fact]
    public async Task Only_ones_own_rooms_are_searched()
    {
        var (garden, kitchen) = (await Create(Garden), await Create(Kitchen));
        await garden.Says(Ada, "roses here");
        await kitchen.Says(Ada, "roses there");
        await kitchen.Append(Bob, new RoomEvent.Joined());

        Assert.Equal(2, (await Storage.Search(Ada, new("roses"))).Messages.Count);
        Assert.Equal(Garden, Assert.Single((await Storage.Search(Ada, new("roses", Garden))).Messages).Room);
        Assert.Equal(Kitchen, Assert.Single((await Storage.Search(Bob, new("roses"))).Messages).Room);
        Assert.Empty((await Storage.Search(Bob, new("roses", Garden))).Messages);
        await kitchen.Append(Bob, new RoomEvent.Left());
        Assert.Empty((await Storage.Search(Bob, new("roses"))).Messages);
    }

    [Fact]
    public async Task A_message_is_found_by_what_it_says_now()
    {
        var garden = await Create(Garden);
        var seq = await garden.Says(Ada, "tulips");
        await garden.Append(Ada, new RoomEvent.Edited(seq, "roses"));
        await garden.Append(Bob, new RoomEvent.Reacted(seq, "🌹", true));
        Assert.Empty((await Storage.Search(Ada, new("tulips"))).Messages);
        var found = Assert.Single((await Storage.Search(Ada, new("roses"))).Messages);
        Assert.Equal((Garden, seq, Noon.AddSeconds(2), Ada, "roses", true), (found.Room, found.Seq, found.At, found.By, found.Text, found.Edited));
        Assert.Equal([Bob], found.Reactions!["🌹"]);

        await garden.Append(Ada, new RoomEvent.Deleted(seq));
        Assert.Empty((await Storage.Search(Ada, new("roses"))).Messages);
    }

    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest_without_a_hole()
    {
        var (garden, kitchen) = (await Create(Garden), await Create(Kitchen));
        for (var i = 0; i < 5; i++)
        {
            await garden.Says(Ada, $"rose {i}"); // at the same times in both rooms
            await kitchen.Says(Ada, $"rose {i}");
        }

        var found = new List<(string, long)>();
        for (SearchPage? page = null; page is null or { More: true };)
        {
            page = await Storage.Search(Ada, new("rose", Cursor: page?.Cursor, Limit: 3));
            Assert.True(page.Messages.Count <= 3);
            Assert.Equal(page.More, page.Cursor is not null);
            found.AddRange(page.Messages.Select(m => (m.Room.Value, m.Seq)));
        }

        Assert.Equal(from seq in new long[] { 6, 5, 4, 3, 2 } from room in new[] { "kitchen", "garden" } select (room, seq), found);
    }

    [Fact]
    public async Task A_page_is_cut_by_size()
    {
        var garden = await Create(Garden);
        var large = "rose " + new string('x', (HistoryQuery.MaxBytes / 3) - 5);
        for (var i = 0; i < 5; i++) await garden.Says(Ada, large);
        var page = await Storage.Search(Ada, new("rose"));
        Assert.Equal([6L, 5, 4], page.Messages.Select(m => m.Seq));
        Assert.True(page.More);
        Assert.Equal([3L, 2], (await Storage.Search(Ada, new("rose", Cursor: page.Cursor))).Messages.Select(m => m.Seq));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("00")]
    [InlineData("31203120")]
    [InlineData("'; DROP TABLE room; --")]
    public async Task What_is_no_cursor_is_said_to_be_none(string cursor) =>
        await Assert.ThrowsAsync<FormatException>(() => Storage.Search(Ada, new("rose", Cursor: cursor)));
}
