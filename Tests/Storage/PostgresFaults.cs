using Npgsql;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Storage.Postgres;
using OrleansChat.Users;

namespace OrleansChat.Tests.Storage;

/// <summary>What a database server does to us, and we to it.</summary>
public sealed class PostgresFaults
{
    private static readonly UserId Ada = UserId.Parse("ada");

    [Fact]
    public async Task A_killed_server_is_unavailable_and_works_again_once_it_is_back()
    {
        await using var server = await PostgresServer.StartNew();
        await using var storage = new PostgresStorage(await server.NewDatabase());
        await storage.Open();
        var rooms = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Create(storage, $"room-{i}")));

        // Everybody posts until the server dies in the midst of it.
        var posting = rooms.Select(PostUntilItFails).ToList();
        await Task.WhenAny(Task.WhenAll(rooms.Select(r => r.Reached(10))), Task.WhenAll(posting));
        server.Kill();
        await Task.WhenAll(posting).WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.Ping());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.RoomsOf(Ada));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.OpenRoom(rooms[0].Room.Id));

        await server.Start();
        foreach (var (room, answered) in rooms)
        {
            var again = await WrittenRoom.Open(storage, room.Id, room.Now);
            Assert.InRange(again.Head, answered.Count + 1, answered.Count + 2); // the last one is in doubt, no other is
            Assert.Equal(Enumerable.Range(1, (int)again.Head), (await storage.ReadEvents(room.Id, 0, 10_000)).Select(e => (int)e.Seq));
            await again.Says(Ada, "here again");
        }
    }

    private static async Task PostUntilItFails(PostedRoom posted)
    {
        while (true)
        {
            try
            {
                posted.Note(await posted.Room.Says(Ada, "hello"));
            }
            catch (StorageUnavailableException)
            {
                return;
            }
        }
    }

    /// <summary>A room, and the numbers of the posts that were answered.</summary>
    private sealed record PostedRoom(WrittenRoom Room, List<long> Answered)
    {
        private readonly TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int wanted = int.MaxValue;

        public Task Reached(int count)
        {
            wanted = count;
            return enough.Task;
        }

        public void Note(long seq)
        {
            Answered.Add(seq);
            if (Answered.Count >= wanted) enough.TrySetResult();
        }
    }

    private static async Task<PostedRoom> Create(IStorage storage, string id)
    {
        var room = new WrittenRoom(storage, RoomId.Parse(id), DateTimeOffset.UnixEpoch);
        await room.Append(Ada, new RoomEvent.Created(id, Visibility.Public));
        return new(room, []);
    }

    [Fact]
    public async Task A_room_that_another_node_holds_locked_keeps_no_other_waiting_for_long()
    {
        await using var place = new PostgresPlace();
        await using var storage = await place.Storage();
        await storage.Open();
        var (locked, free) = ((await Create(storage, "locked")).Room, (await Create(storage, "free")).Room);

        await using var frozen = new NpgsqlConnection(place.Database);
        await frozen.OpenAsync();
        await using var transaction = await frozen.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("SELECT FROM room WHERE id = 'locked' FOR UPDATE", frozen)) await hold.ExecuteNonQueryAsync();

        var (refused, said) = (locked.Says(Ada, "hello?"), free.Says(Ada, "hello"));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => refused.WaitAsync(TimeSpan.FromSeconds(8)));
        await said.WaitAsync(TimeSpan.FromSeconds(8));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.OpenRoom(locked.Id));
        await transaction.RollbackAsync();
        await locked.Says(Ada, "hello again");
    }

    [Fact]
    public async Task What_the_server_cannot_take_fails_alone()
    {
        await using var place = new PostgresPlace();
        await using var storage = await place.Storage();
        await storage.Open();
        var (odd, plain) = ((await Create(storage, "odd")).Room, (await Create(storage, "plain")).Room);
        var appends = Enumerable.Range(0, 10).Select(_ => odd.TryAppend(odd.Next(Ada, new RoomEvent.Message("a zero \0 is no text of PostgreSQL")))).ToList();
        await plain.Says(Ada, "hello");
        foreach (var append in appends) await Assert.ThrowsAsync<StorageUnavailableException>(() => append);
        await odd.Says(Ada, "hello");
    }

    [Fact]
    public async Task A_newer_schema_is_not_touched()
    {
        await using var place = new PostgresPlace();
        await using (var storage = await place.Storage()) await storage.Open();
        await using (var connection = new NpgsqlConnection(place.Database))
        {
            await connection.OpenAsync();
            await using var newer = new NpgsqlCommand("INSERT INTO migration (number, title) VALUES (1000, 'newer')", connection);
            await newer.ExecuteNonQueryAsync();
        }

        await using var again = await place.Storage();
        var told = await Assert.ThrowsAsync<StorageTooNewException>(() => again.Open());
        Assert.Contains("1000", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_start_at_once_migrate_it_once()
    {
        await using var place = new PostgresPlace();
        var storages = new List<IStorage>();
        for (var i = 0; i < 4; i++) storages.Add(await place.Storage());
        await Task.WhenAll(storages.Select(s => s.Open()));
        Assert.All(await Task.WhenAll(storages.Select(s => s.OpenRoom(RoomId.Lobby))), opened => Assert.True(opened.State.Exists));
        Assert.Equal(4, (await storages[0].OpenRoom(RoomId.Lobby)).Epoch - 2);
        foreach (var storage in storages) await storage.DisposeAsync();
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told_with_the_key()
    {
        await using var place = new PostgresPlace();
        await using (await place.Storage())
        {
            await using var storage = new PostgresStorage(new NpgsqlConnectionStringBuilder(place.Database) { Database = "nowhere" }.ConnectionString);
            var told = await Assert.ThrowsAsync<StorageConfigurationException>(() => storage.Open());
            Assert.Contains("Chat:Storage", told.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_nobody_listens_the_storage_is_unavailable()
    {
        await using var storage = new PostgresStorage("Host=127.0.0.1;Port=1;Username=chat;Password=secret");
        var told = await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.Open());
        Assert.DoesNotContain("secret", told.ToString(), StringComparison.Ordinal);
    }
}
