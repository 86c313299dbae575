using Microsoft.Data.Sqlite;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Storage.Sqlite;
using OrleansChat.Users;

namespace OrleansChat.Tests.Storage;

public sealed class SqliteFiles : IAsyncDisposable
{
    private readonly SqlitePlace place = new();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    [Fact]
    public async Task What_was_stored_is_there_at_the_next_start()
    {
        await using (var storage = new SqliteStorage(place.File))
        {
            await storage.Open();
            var garden = new WrittenRoom(storage, RoomId.Parse("garden"), DateTimeOffset.UnixEpoch);
            await garden.Append(UserId.Parse("ada"), new RoomEvent.Created("Garden", Visibility.Public));
        }

        await using var again = new SqliteStorage(place.File);
        await again.Open();
        Assert.Equal((2, 1), (await again.OpenRoom(RoomId.Parse("garden"))) is var (epoch, state) ? (epoch, state.Head) : default);
        Assert.Contains(place.File, again.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_made_and_the_file_is_for_its_owner_only()
    {
        var file = Path.Combine(Path.GetDirectoryName(place.File)!, "a", "b", "chat.db");
        await using var storage = new SqliteStorage(file);
        await storage.Open();
        Assert.True(File.Exists(file));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_with_the_key()
    {
        await File.WriteAllTextAsync(place.File, "in the way");
        var told = await Assert.ThrowsAsync<StorageConfigurationException>(() => new SqliteStorage(Path.Combine(place.File, "chat.db")).Open());
        Assert.Contains("Chat:Storage", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_and_left_alone()
    {
        var words = string.Concat(Enumerable.Repeat("This is a letter to Bob. ", 100));
        await File.WriteAllTextAsync(place.File, words);
        var told = await Assert.ThrowsAsync<StorageConfigurationException>(() => new SqliteStorage(place.File).Open());
        Assert.Contains("not an SQLite database", told.Message, StringComparison.Ordinal);
        Assert.Equal(words, await File.ReadAllTextAsync(place.File));
    }

    [Fact]
    public async Task A_newer_schema_is_not_touched()
    {
        await using (var storage = new SqliteStorage(place.File)) await storage.Open();
        await using (var connection = new SqliteConnection($"Data Source={place.File};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var newer = new SqliteCommand("INSERT INTO migration (number, title) VALUES (1000, 'newer')", connection);
            await newer.ExecuteNonQueryAsync();
        }

        var told = await Assert.ThrowsAsync<StorageTooNewException>(() => new SqliteStorage(place.File).Open());
        Assert.Contains("1000", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_start_at_once_migrate_it_once()
    {
        var storages = Enumerable.Range(0, 4).Select(_ => new SqliteStorage(place.File)).ToList();
        await Task.WhenAll(storages.Select(s => s.Open()));
        Assert.All(await Task.WhenAll(storages.Select(s => s.OpenRoom(RoomId.Lobby))), opened => Assert.True(opened.State.Exists));
        foreach (var storage in storages) await storage.DisposeAsync();
    }

    [Fact]
    public async Task What_the_database_cannot_take_fails_alone()
    {
        await using var storage = new SqliteStorage(place.File);
        await storage.Open();
        var writes = Enumerable.Range(0, 100).Select(i => storage.AddKey($"{i:000}", i == 50 ? null! : "xml")).ToList();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => writes[50]);
        await Task.WhenAll(writes.Where((_, i) => i != 50));
        Assert.Equal(99, (await storage.ReadKeys()).Count);
    }

    [Fact]
    public async Task Closing_writes_what_is_queued_and_then_says_that_it_is_closed()
    {
        var storage = new SqliteStorage(place.File);
        await storage.Open();
        var writes = Enumerable.Range(0, 200).Select(i => storage.AddKey($"{i:000}", "xml")).ToList();
        await storage.DisposeAsync();
        await Task.WhenAll(writes);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.AddKey("late", "xml"));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.ReadKeys());

        await using var again = new SqliteStorage(place.File);
        await again.Open();
        Assert.Equal(200, (await again.ReadKeys()).Count);
    }
}
