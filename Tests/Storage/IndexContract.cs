using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Storage;

public sealed class SqliteIndex() : IndexContract(new SqlitePlace());

public sealed class PostgresIndex() : IndexContract(new PostgresPlace());

public sealed class MemoryIndex() : IndexContract(new MemoryPlace());

public abstract class IndexContract(Place place) : StorageContract(place)
{
    [Fact]
    public async Task A_member_sees_what_is_unread_and_what_speaks_to_them()
    {
        var garden = await Create(Garden, name: "The Garden", topic: "roses");
        await garden.Says(Ada, "before Bob came");
        var joined = await garden.Append(Bob, new RoomEvent.Joined());
        await garden.Says(Ada, "hello @bob", mentions: Bob);
        await garden.Says(Bob, "hello @bob and @ada", mentions: [Bob, Ada]);
        var gone = await garden.Says(Ada, "@bob come here", mentions: Bob);
        await garden.Append(Ada, new RoomEvent.Deleted(gone));

        var bobs = Assert.Single(await Storage.RoomsOf(Bob));
        Assert.Equal(new RoomEntry(Garden, "The Garden", "roses", Visibility.Public, garden.Head, joined, 1, 1, garden.Now, Role.Member, 2, joined), bobs);
        Assert.Equal(bobs, await Storage.RoomOf(Bob, Garden));
        Assert.True(await Storage.RoomOf(Ada, Garden) is { Read: 1, Unread: 1, Mentions: 1, Role: Role.Owner });
        Assert.Null(await Storage.RoomOf(Cleo, Garden));
        Assert.Null(await Storage.RoomOf(Ada, Kitchen));
    }

    [Fact]
    public async Task Read_marks_only_move_forward()
    {
        var garden = await Create(Garden);
        await garden.Append(Bob, new RoomEvent.Joined());
        for (var i = 0; i < 3; i++) await garden.Says(Ada, "hello @bob", mentions: Bob);

        await Storage.SaveReadMarks(Garden, new Dictionary<UserId, long> { [Bob] = 4, [Cleo] = 4 });
        Assert.True(await Storage.RoomOf(Bob, Garden) is { Read: 4, Unread: 1, Mentions: 1 });
        await Storage.SaveReadMarks(Garden, new Dictionary<UserId, long> { [Bob] = 3, [Ada] = 5 });
        Assert.True(await Storage.RoomOf(Bob, Garden) is { Read: 4 });
        Assert.True(await Storage.RoomOf(Ada, Garden) is { Read: 5 });
        Assert.Null(await Storage.RoomOf(Cleo, Garden));
        await Storage.SaveReadMarks(Kitchen, new Dictionary<UserId, long> { [Bob] = 4 });
    }

    [Fact]
    public async Task Read_marks_are_told_for_those_who_are_members()
    {
        var garden = await Create(Garden);
        var joined = await garden.Append(Bob, new RoomEvent.Joined());
        await garden.Says(Ada, "hello");
        await Storage.SaveReadMarks(Garden, new Dictionary<UserId, long> { [Ada] = 3 });
        Assert.Equal(new Dictionary<UserId, long> { [Ada] = 3, [Bob] = joined }, await Storage.ReadMarks(Garden, [Ada, Bob, Cleo]));
        Assert.Equal(new Dictionary<UserId, long> { [Bob] = joined }, await Storage.ReadMarks(Garden, [Bob]));
        Assert.Empty(await Storage.ReadMarks(Kitchen, [Ada, Bob]));
    }

    [Fact]
    public async Task Who_comes_back_begins_anew()
    {
        var garden = await Create(Garden);
        await garden.Append(Bob, new RoomEvent.Joined());
        await garden.Says(Ada, "hello");
        await garden.Append(Bob, new RoomEvent.Left());
        Assert.Empty(await Storage.RoomsOf(Bob));
        await garden.Says(Ada, "still there?");
        var back = await garden.Append(Ada, new RoomEvent.Invited(Bob));
        Assert.True(await Storage.RoomOf(Bob, Garden) is { Unread: 0, Members: 2 } entry && entry.Read == back);
        Assert.Equal(back, (await Storage.OpenRoom(Garden)).State.Member(Bob)?.Since);
    }

    [Fact]
    public async Task Members_are_counted_however_they_go()
    {
        var garden = await Create(Garden);
        await garden.Append(Bob, new RoomEvent.Joined());
        await garden.Append(Ada, new RoomEvent.Invited(Cleo));
        Assert.Equal(3, (await Storage.RoomOf(Ada, Garden))!.Members);
        await garden.Append(Ada, new RoomEvent.Kicked(Cleo, null));
        await garden.Append(Ada, new RoomEvent.Banned(Bob, null));
        await garden.Append(Ada, new RoomEvent.Banned(Dan, null)); // who never was there
        Assert.Equal(1, (await Storage.RoomOf(Ada, Garden))!.Members);
        Assert.Equal(1, Assert.Single((await Storage.ListRooms(Ada, false, "garden", null, 5)).Rooms).Members);
    }

    [Fact]
    public async Task Rooms_come_in_the_order_of_their_ids_and_direct_ones_bear_the_others_name()
    {
        await AddAccount(Bob, "Bob Ross");
        await Create(Kitchen);
        await Create(RoomId.Direct(Ada, Bob), Visibility.Private);
        await Create(RoomId.Direct(Ada, Cleo), Visibility.Private);
        await Create(RoomId.Parse("a-room"));
        var rooms = await Storage.RoomsOf(Ada);
        Assert.Equal(["a-room", "dm:ada+bob", "dm:ada+cleo", "kitchen"], rooms.Select(r => r.Room.Value));
        Assert.Equal(["a-room", "Bob Ross", "cleo", "kitchen"], rooms.Select(r => r.Name));
    }

    [Fact]
    public async Task The_public_list_shows_public_rooms_and_ones_own()
    {
        await Create(Garden, name: "Größe & Blüte", topic: "ROSES_and 100% more");
        await Create(Kitchen, Visibility.Private);
        await Create(RoomId.Direct(Ada, Bob), Visibility.Private);

        await Expect(Bob, false, null, "garden", "lobby");
        await Expect(Ada, false, null, "garden", "kitchen", "lobby");
        await Expect(Bob, true, null, "garden", "kitchen", "lobby");
        await Expect(Bob, false, "BLÜTE", "garden");
        await Expect(Bob, false, "gröSSe"); // one letter is no other
        await Expect(Bob, false, "roses_", "garden");
        await Expect(Bob, false, "0% m", "garden");
        await Expect(Bob, false, "arde", "garden");
        await Expect(Bob, false, "%", "garden");
        await Expect(Bob, false, "x'\"; --");

        async Task Expect(UserId viewer, bool all, string? query, params string[] rooms)
        {
            var listed = await Storage.ListRooms(viewer, all, query, null, 50);
            Assert.Equal(rooms, listed.Rooms.Select(r => r.Room.Value));
            Assert.False(listed.More);
        }
    }

    [Fact]
    public async Task The_public_list_comes_in_pages()
    {
        for (var i = 0; i < 5; i++) await Create(RoomId.Parse($"room-{i}"), name: $"Room {i}");
        var first = await Storage.ListRooms(Bob, false, "room", null, 3);
        Assert.Equal(["room-0", "room-1", "room-2"], first.Rooms.Select(r => r.Room.Value));
        Assert.True(first.More);
        var second = await Storage.ListRooms(Bob, false, "room", first.Rooms[^1].Room, 3);
        Assert.Equal([new(RoomId.Parse("room-3"), "Room 3", "", 1, 1), new(RoomId.Parse("room-4"), "Room 4", "", 1, 1)], second.Rooms);
        Assert.False(second.More);
    }

    [Fact]
    public async Task People_who_exist_are_told_with_the_number_of_their_rooms()
    {
        await AddAccount(Ada);
        await AddAccount(Bob);
        await AddAccount(Dan);
        await Storage.RemoveAccount(Dan);
        await Create(Garden);
        await Create(Kitchen);
        var people = await Storage.People([Ada, Bob, Cleo, Dan]);
        Assert.Equal(new Dictionary<UserId, PersonFact> { [Ada] = new(true, 2), [Bob] = new(true, 0) }, people);
    }

    [Fact]
    public async Task Somebodys_standing_messages_are_found_in_any_room()
    {
        var (garden, kitchen) = (await Create(Garden), await Create(Kitchen));
        var one = await garden.Says(Bob, "one");
        var gone = await garden.Says(Bob, "gone");
        await garden.Append(Ada, new RoomEvent.Deleted(gone));
        await garden.Says(Ada, "not his");
        var two = await kitchen.Says(Bob, "two");
        Assert.Equal([(Garden, one), (Kitchen, two)], await Storage.MessagesBy(Bob));
    }
}
