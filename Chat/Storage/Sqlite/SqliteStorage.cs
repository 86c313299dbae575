namespace OrleansChat.Storage.Sqlite;

/// <summary>
/// Storage in one SQLite file. What is written goes through one connection, in shared commits; what is read, through a
/// few others. One part of the class for each port.
/// </summary>
public sealed partial class SqliteStorage(string path) : IStorage
{
    private readonly SqliteFile file = new(path);
    private SqliteWriter? writer;
    private SqliteReaders? readers;

    public string Description => $"SQLite {file.FullPath}";

    private SqliteWriter Writer => writer ?? throw new StorageUnavailableException("The storage is not open.");

    private SqliteReaders Readers => readers ?? throw new StorageUnavailableException("The storage is not open.");

    public Task Open(CancellationToken cancel = default) => Task.Run(
        () =>
        {
            var session = file.OpenWriter();
            try
            {
                file.Migrate(session);
                readers = new(file);
                writer = new(session);
            }
            catch
            {
                session.Dispose();
                throw;
            }
        },
        cancel);

    public Task Ping(CancellationToken cancel = default) =>
        Readers.Read(db => db.One($"SELECT count(*) FROM migration", row => row.GetInt32(0)));

    public async ValueTask DisposeAsync()
    {
        if (readers is not null) await readers.DisposeAsync();
        if (writer is not null) await writer.DisposeAsync();
    }
}
