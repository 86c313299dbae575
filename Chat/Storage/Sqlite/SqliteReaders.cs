using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace OrleansChat.Storage.Sqlite;

/// <summary>
/// A few connections for reading, each with a thread of its own: reading a file blocks, and the threads of the pool
/// are for what does not.
/// </summary>
internal sealed class SqliteReaders : IAsyncDisposable
{
    /// <summary>Enough that one long search does not hold up the histories.</summary>
    private const int Threads = 3;

    /// <summary>Reads that may wait before the next one is refused.</summary>
    private const int Capacity = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(2);

    private readonly Channel<Action<SqliteSession>> queue = Channel.CreateBounded<Action<SqliteSession>>(Capacity);
    private readonly CountdownEvent running = new(Threads);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SqliteReaders(SqliteFile file)
    {
        for (var i = 0; i < Threads; i++)
        {
            var session = file.OpenReader();
            new Thread(() => Run(session)) { IsBackground = true, Name = $"SQLite reader {i + 1}" }.Start();
        }
    }

    /// <summary>Reads in one transaction, so that all of it is of the same moment.</summary>
    public async Task<T> Read<T>(Func<SqliteSession, T> read)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!queue.Writer.TryWrite(session => Answer(session, read, answer)))
        {
            throw new StorageUnavailableException("Too many reads wait, or the storage is closed.");
        }

        try
        {
            return await answer.Task.WaitAsync(Patience);
        }
        catch (Exception e) when (e is SqliteException or TimeoutException)
        {
            throw new StorageUnavailableException($"The storage did not answer: {e.Message}", e);
        }
    }

    private static void Answer<T>(SqliteSession session, Func<SqliteSession, T> read, TaskCompletionSource<T> answer)
    {
        try
        {
            session.Run($"BEGIN");
            try
            {
                answer.TrySetResult(read(session));
            }
            finally
            {
                if (session.InTransaction) session.Run($"ROLLBACK");
            }
        }
        catch (Exception e)
        {
            answer.TrySetException(e);
        }
    }

    private void Run(SqliteSession session)
    {
        using (session)
        {
            while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (queue.Reader.TryRead(out var read)) read(session);
            }
        }

        if (running.Signal()) ended.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAny(ended.Task, Task.Delay(Closing));
    }
}
