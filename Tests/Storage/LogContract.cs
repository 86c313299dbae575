using System.Text.Json;
using OrleansChat.Rooms;
using OrleansChat.Storage;

namespace OrleansChat.Tests.Storage;

public sealed class SqliteLog() : LogContract(new SqlitePlace());

public sealed class PostgresLog() : LogContract(new PostgresPlace());

public sealed class MemoryLog() : LogContract(new MemoryPlace());

public abstract class LogContract(Place place) : StorageContract(place)
{
    [Fact]
    public async Task A_fresh_storage_has_the_lobby_without_members()
    {
        var (epoch, lobby) = await Storage.OpenRoom(RoomId.Lobby);
        Assert.True(epoch > 0);
        Assert.True(lobby is { Exists: true, Head: 0, Name: "Lobby", Visibility: Visibility.Public });
        Assert.Empty(lobby.Members);
    }

    [Fact]
    public async Task Opening_a_room_that_nobody_created_writes_nothing()
    {
        Assert.Equal(0, (await Storage.OpenRoom(Garden)).Epoch);
        Assert.False((await Storage.OpenRoom(Garden)).State.Exists);
        Assert.Empty(await Storage.Heads([Garden]));
        await Create(Garden);
    }

    [Fact]
    public async Task A_created_room_is_there_with_its_creator()
    {
        await Create(Garden, Visibility.Private, "The Garden", "roses");
        var (epoch, garden) = await Storage.OpenRoom(Garden);
        Assert.Equal(2, epoch);
        Assert.True(garden is { Exists: true, Head: 1, Name: "The Garden", Topic: "roses", Visibility: Visibility.Private });
        Assert.Equal(new Member(Role.Owner, 1), garden.Member(Ada));
        Assert.Equal(Noon.AddSeconds(1), garden.Last);
    }

    [Fact]
    public async Task A_room_is_created_once()
    {
        await Create(Garden);
        var again = new WrittenRoom(Storage, Garden, Noon);
        Assert.IsType<AppendOutcome.Fenced>(await again.TryAppend(again.Next(Bob, new RoomEvent.Created("Mine", Visibility.Public))));
        Assert.Equal(Role.Owner, (await Storage.OpenRoom(Garden)).State.Member(Ada)?.Role);
    }

    [Fact]
    public async Task What_is_no_creation_does_not_make_a_room()
    {
        var garden = new WrittenRoom(Storage, Garden, Noon);
        Assert.IsType<AppendOutcome.Fenced>(await garden.TryAppend(garden.Next(Ada, new RoomEvent.Joined())));
        Assert.False((await Storage.OpenRoom(Garden)).State.Exists);
    }

    [Fact]
    public async Task Whoever_opened_the_room_before_appends_no_more()
    {
        var before = await Create(Garden);
        var now = await WrittenRoom.Open(Storage, Garden, Noon);
        Assert.IsType<AppendOutcome.Fenced>(await before.TryAppend(before.Next(Ada, new RoomEvent.Message("late"))));
        await now.Says(Ada, "in time");
        Assert.Equal("in time", Assert.Single(await History(Garden)).Text);
    }

    [Fact]
    public async Task Two_openings_have_two_epochs()
    {
        await Create(Garden);
        var opened = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Storage.OpenRoom(Garden)));
        Assert.Equal(10, opened.Select(o => o.Epoch).Distinct().Count());
    }

    [Fact]
    public async Task Events_follow_the_head_or_are_refused()
    {
        var garden = await Create(Garden);
        var behind = new WrittenRoom(Storage, Garden, Noon) { Epoch = 1 };
        Assert.IsType<AppendOutcome.Fenced>(await behind.TryAppend(behind.Next(Ada, new RoomEvent.Message("one behind"))));
        await garden.Says(Ada, "at the head");
        Assert.Equal(2, (await Storage.Heads([Garden]))[Garden]);
    }

    [Fact]
    public async Task Numbers_with_a_hole_are_a_mistake()
    {
        await Create(Garden);
        var entry = new LogEntry(new RoomEvent.Message("?") { Seq = 3, At = Noon, By = Ada });
        await Assert.ThrowsAsync<ArgumentException>(() => Storage.Append(new(Garden, 1, 1, [entry])));
    }

    [Fact]
    public async Task Events_of_every_kind_read_back_as_they_were()
    {
        var garden = await EveryKind();
        var read = await Storage.ReadEvents(Garden, 0, 100);
        Assert.Equal(Json(garden.Events), Json(read));
        Assert.Equal(Json(garden.Events.Skip(3).Take(4)), Json(await Storage.ReadEvents(Garden, 3, 4)));
        Assert.Empty(await Storage.ReadEvents(Garden, garden.Head, 10));
        Assert.Empty(await Storage.ReadEvents(Kitchen, 0, 10));
    }

    [Fact]
    public async Task An_opened_room_is_what_its_log_makes_of_it()
    {
        var garden = await EveryKind();
        var told = garden.Events.Aggregate(RoomState.Absent(Garden), (state, e) => state.Apply(e));
        var opened = (await Storage.OpenRoom(Garden)).State;
        Assert.Equal(told.Members.Select(m => (m.Key, m.Value.Role, m.Value.Since)).ToHashSet(), opened.Members.Select(m => (m.Key, m.Value.Role, m.Value.Since)).ToHashSet());
        Assert.Equal(told.Bans.ToHashSet(), opened.Bans.ToHashSet());
        Assert.Equal((told.Head, told.Last, told.Name, told.Topic, told.Visibility, told.Slow), (opened.Head, opened.Last, opened.Name, opened.Topic, opened.Visibility, opened.Slow));
    }

    private async Task<WrittenRoom> EveryKind()
    {
        var garden = await Create(Garden, Visibility.Public, "Garden", "green \"quotes\" \\ and ünïcödé 👍");
        await garden.Append(Bob, new RoomEvent.Joined());
        await garden.Append(Ada, new RoomEvent.Invited(Cleo));
        await garden.Append(Ada, new RoomEvent.RoleGiven(Bob, Role.Moderator));
        var message = await garden.Says(Bob, "a text with\nlines, 👩‍🌾 and \"quotes\"", "k");
        await garden.Says(Ada, "an answer", reply: message);
        await garden.Append(Bob, new RoomEvent.Edited(message, "another text"));
        await garden.Append(Ada, new RoomEvent.Reacted(message, "👍", true));
        await garden.Append(Ada, new RoomEvent.Reacted(message, "👍", false));
        await garden.Append(Bob, new RoomEvent.Kicked(Cleo, "weeds"));
        await garden.Append(Ada, new RoomEvent.Banned(Cleo, null));
        await garden.Append(Ada, new RoomEvent.Banned(Dan, "thorns"));
        await garden.Append(Ada, new RoomEvent.Unbanned(Cleo));
        await garden.Append(Cleo, new RoomEvent.Joined());
        await garden.Append(Cleo, new RoomEvent.Left());
        await garden.Append(Ada, new RoomEvent.Configured("Park", null, Visibility.Private, null));
        await garden.Append(Ada, new RoomEvent.Configured(null, "", null, 30));
        return garden;
    }

    private static IEnumerable<string> Json(IEnumerable<RoomEvent> events) => events.Select(e => JsonSerializer.Serialize(e, ChatJson.Wire.RoomEvent));

    [Fact]
    public async Task Slow_mode_knows_who_posted_lately()
    {
        var garden = await Create(Garden);
        await garden.Append(Bob, new RoomEvent.Joined());
        await garden.Says(Ada, "long ago");
        garden.Now = garden.Now.AddSeconds(60);
        await garden.Says(Bob, "just now");
        var posted = garden.Now;
        await garden.Append(Ada, new RoomEvent.Configured(null, null, null, 30));
        var opened = (await Storage.OpenRoom(Garden)).State;
        Assert.Equal(posted, opened.Member(Bob)?.LastPost);
        Assert.Null(opened.Member(Ada)?.LastPost);
    }

    [Fact]
    public async Task A_direct_room_knows_whether_one_blocks_the_other()
    {
        var direct = RoomId.Direct(Ada, Bob);
        Assert.False((await Storage.OpenRoom(direct)).State.Blocked);
        await Storage.SetBlock(Bob, Ada, true);
        Assert.True((await Storage.OpenRoom(direct)).State is { Exists: false, Blocked: true });
        await Create(direct, Visibility.Private);
        Assert.True((await Storage.OpenRoom(direct)).State is { Exists: true, Blocked: true });
        await Storage.SetBlock(Bob, Ada, false);
        Assert.False((await Storage.OpenRoom(direct)).State.Blocked);
    }

    [Fact]
    public async Task Messages_are_told_from_other_events()
    {
        var garden = await Create(Garden);
        var kept = await garden.Says(Ada, "kept");
        var gone = await garden.Says(Bob, "gone");
        var deleted = await garden.Append(Bob, new RoomEvent.Deleted(gone));
        var facts = await Storage.Messages(Garden, [1, kept, gone, deleted, 99]);
        Assert.Equal(new Dictionary<long, MessageFact> { [kept] = new(Ada, false), [gone] = new(Bob, true) }, facts);
    }

    [Fact]
    public async Task Heads_of_many_rooms_come_at_once()
    {
        var garden = await Create(Garden);
        await garden.Says(Ada, "hello");
        await Create(Kitchen);
        var heads = await Storage.Heads([Garden, Kitchen, RoomId.Lobby, RoomId.Parse("nowhere")]);
        Assert.Equal(new Dictionary<RoomId, long> { [Garden] = 2, [Kitchen] = 1, [RoomId.Lobby] = 0 }, heads);
        Assert.Empty(await Storage.Heads([]));
    }

    [Fact]
    public async Task A_destroyed_room_leaves_only_its_mark()
    {
        var garden = await Create(Garden);
        await garden.Says(Ada, "secret", "k");
        Assert.False(await Storage.DestroyRoom(Garden, garden.Epoch + 1));
        Assert.True(await Storage.DestroyRoom(Garden, garden.Epoch));
        Assert.False(await Storage.DestroyRoom(Garden, garden.Epoch));

        Assert.True((await Storage.OpenRoom(Garden)) is { Epoch: 0, State: { Exists: false, WasDestroyed: true, Head: 0 } });
        Assert.Empty(await Storage.ReadEvents(Garden, 0, 10));
        Assert.Empty(await Storage.Heads([Garden]));
        Assert.Empty(await Storage.RoomsOf(Ada));
        Assert.Null(await Storage.FindPost(Garden, Ada, "k"));
        Assert.Empty((await Storage.Search(Ada, new("secret"))).Messages);
        Assert.DoesNotContain((await Storage.ListRooms(Ada, true, null, null, 50)).Rooms, r => r.Room == Garden);
        Assert.IsType<AppendOutcome.Fenced>(await garden.TryAppend(garden.Next(Ada, new RoomEvent.Message("late"))));
        var again = new WrittenRoom(Storage, Garden, Noon);
        Assert.IsType<AppendOutcome.Fenced>(await again.TryAppend(again.Next(Ada, new RoomEvent.Created("Again", Visibility.Public))));
    }
}
