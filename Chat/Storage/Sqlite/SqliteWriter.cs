using Microsoft.Data.Sqlite;
using Order = OrleansChat.Storage.Queued<System.Func<OrleansChat.Storage.Sqlite.SqliteSession, object?>, object?>;

namespace OrleansChat.Storage.Sqlite;

/// <summary>
/// The one connection that writes, on the one thread of its group commit. Orders share a transaction, and yet one that
/// fails undoes only itself.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>When a reader stood in the way of truncating the WAL, it is tried again after this long.</summary>
    private static readonly TimeSpan TruncateAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>SQLITE_NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, FULL: the whole transaction is in doubt.</summary>
    private static readonly int[] Fatal = [7, 8, 9, 10, 11, 13];

    private readonly SqliteSession session;
    private readonly GroupCommit<Func<SqliteSession, object?>, object?> commits;
    private bool erased;

    public SqliteWriter(SqliteSession session)
    {
        this.session = session;
        commits = new("SQLite writer", Commit, session.Dispose); // the last connection to close removes the WAL
        _ = Write(_ => Erased()); // a process that was killed may have left erased texts in the WAL
    }

    public async Task<T> Write<T>(Func<SqliteSession, T> order) => (T)(await commits.Add(session => order(session)))!;

    public Task Write(Action<SqliteSession> order) => Write<object?>(session =>
    {
        order(session);
        return null;
    });

    /// <summary>
    /// To be said within an order that deleted what must be gone: the WAL, which still has it, is truncated after the
    /// commit and before anybody is told.
    /// </summary>
    public void Erased() => erased = true;

    private void Commit(IReadOnlyList<Order> batch)
    {
        try
        {
            if (!Together(batch)) OneByOne(batch);
        }
        catch (Exception e)
        {
            if (session.InTransaction) session.Run($"ROLLBACK");
            throw new StorageUnavailableException($"The storage did not take a batch: {e.Message}", e);
        }

        if (erased) Truncate();
    }

    /// <summary>
    /// Hopes that none fails, which is nearly always so: a savepoint for each would make the index of words write itself
    /// out each time. False, and nothing done, if one did.
    /// </summary>
    private bool Together(IReadOnlyList<Order> batch)
    {
        session.Run($"BEGIN IMMEDIATE");
        try
        {
            foreach (var queued in batch) queued.Succeed(queued.Order(session));
        }
        catch (Exception e) when (!IsFatal(e))
        {
            session.Run($"ROLLBACK");
            return false;
        }

        session.Run($"COMMIT");
        return true;
    }

    /// <summary>Each in a savepoint, to find the one that fails.</summary>
    private void OneByOne(IReadOnlyList<Order> batch)
    {
        session.Run($"BEGIN IMMEDIATE");
        foreach (var queued in batch) CarryOut(queued);
        session.Run($"COMMIT");
    }

    private void CarryOut(Order queued)
    {
        session.Run($"SAVEPOINT one");
        try
        {
            queued.Succeed(queued.Order(session));
        }
        catch (Exception e) when (!IsFatal(e))
        {
            session.Run($"ROLLBACK TO one");
            queued.Fail(e is SqliteException ? new StorageUnavailableException($"The storage did not take it: {e.Message}", e) : e);
        }

        session.Run($"RELEASE one");
    }

    private static bool IsFatal(Exception e) => e is SqliteException { SqliteErrorCode: var code } && Fatal.Contains(code);

    /// <summary>Moves the WAL into the database and cuts it to nothing. A reader of an older moment can be in the way.</summary>
    private void Truncate()
    {
        try
        {
            // The answer's first column is 1 where a reader kept it waiting for longer than the busy_timeout.
            erased = session.One($"PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt32(0)) != 0;
        }
        catch (SqliteException)
        {
            erased = true; // what was committed stays so, whatever this says
        }

        if (erased) _ = TruncateLater();
    }

    private async Task TruncateLater()
    {
        await Task.Delay(TruncateAgain);
        try
        {
            await Write(_ => { }); // every batch tries again
        }
        catch (StorageUnavailableException)
        {
            // Closed meanwhile, which truncated it.
        }
    }

    public ValueTask DisposeAsync() => commits.DisposeAsync();
}
