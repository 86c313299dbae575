using OrleansChat.Storage;
using OrleansChat.Storage.Memory;
using OrleansChat.Storage.Postgres;
using OrleansChat.Storage.Sqlite;

namespace OrleansChat.Tests.Storage;

/// <summary>Where a storage keeps its data during one test: nobody else's, and gone afterwards.</summary>
public abstract class Place : IAsyncDisposable
{
    /// <summary>A storage on this place; a second one is a second process on the same data.</summary>
    public abstract Task<IStorage> Storage();

    public abstract ValueTask DisposeAsync();
}

public sealed class SqlitePlace : Place
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-sqlite-");

    public string File => Path.Combine(folder.FullName, "chat.db");

    public override Task<IStorage> Storage() => Task.FromResult<IStorage>(new SqliteStorage(File));

    /// <summary>All bytes on the disk: the database, its WAL and what else there is.</summary>
    public IEnumerable<byte[]> Bytes() => folder.EnumerateFiles("chat.db*").Select(file =>
    {
        using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    });

    public override ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

public sealed class PostgresPlace(PostgresServer? own = null) : Place
{
    public string? Database { get; private set; }

    public override async Task<IStorage> Storage()
    {
        Database ??= await (own ?? await PostgresServer.Shared()).NewDatabase();
        return new PostgresStorage(Database);
    }

    public override async ValueTask DisposeAsync()
    {
        if (Database is not null && own is null) await (await PostgresServer.Shared()).Drop(Database);
    }
}

public sealed class MemoryPlace : Place
{
    private readonly MemoryStorage storage = new();

    public override Task<IStorage> Storage() => Task.FromResult<IStorage>(storage);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
