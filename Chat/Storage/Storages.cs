using OrleansChat.Storage.Memory;
using OrleansChat.Storage.Postgres;
using OrleansChat.Storage.Sqlite;

namespace OrleansChat.Storage;

/// <summary>The three storages, by the one string that chooses between them.</summary>
public static class Storages
{
    public const string Key = "Chat:Storage";

    /// <summary>The storage that <paramref name="configured"/> names; nothing is opened yet.</summary>
    /// <exception cref="StorageConfigurationException">It names none.</exception>
    public static IStorage Create(string? configured)
    {
        var colon = configured?.IndexOf(':') ?? -1;
        var (kind, where) = colon < 0 ? ("", "") : (configured![..colon], configured[(colon + 1)..].Trim());
        return kind switch
        {
            "sqlite" when where.Length > 0 => new SqliteStorage(where),
            "postgres" when where.Length > 0 => new PostgresStorage(where),
            "memory" when where.Length == 0 => new MemoryStorage(),
            _ => throw new StorageConfigurationException(
                "It is none of the three kinds. Set it to sqlite:PATH, postgres:CONNECTION STRING, or memory:."),
        };
    }
}

/// <summary>The storage that is configured cannot be one; what to do is said in the message, which has no secrets.</summary>
public sealed class StorageConfigurationException(string remedy, Exception? inner = null)
    : Exception($"{Storages.Key} cannot be used. {remedy}", inner);
