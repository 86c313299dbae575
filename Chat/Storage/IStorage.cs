namespace OrleansChat.Storage;

/// <summary>
/// Everything that outlives the process, behind one port. There are three: SQLite, PostgreSQL and plain memory;
/// one contract suite runs on all of them.
/// </summary>
/// <remarks>Where the storage cannot be reached, every method throws <see cref="StorageUnavailableException"/>.</remarks>
public interface IStorage : IRoomLog, IRoomIndex, IAccounts, IApiTokens, IHooks, IKeyRing, IAsyncDisposable
{
    /// <summary>What kind it is and where, for people: the file's absolute path, the server's host and database.</summary>
    string Description { get; }

    /// <summary>
    /// Opens the storage and migrates its schema forward. A fresh storage gets the public room <c>lobby</c>, without
    /// an owner and without members.
    /// </summary>
    /// <exception cref="StorageTooNewException">The schema was written by a newer program.</exception>
    Task Open(CancellationToken cancel = default);

    /// <summary>Answers when storage is there, and throws when it is not.</summary>
    Task Ping(CancellationToken cancel = default);
}

/// <summary>The storage did not answer, or not in time; whether a write took place is unknown.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : UnavailableException(message, inner);

/// <summary>The schema is newer than this program; running on would harm it.</summary>
public sealed class StorageTooNewException(string where, int found, int known)
    : Exception($"The schema of {where} has version {found}, but this program knows versions up to {known}. "
        + "Start the newer program that wrote it, or restore a backup from before the upgrade.");
