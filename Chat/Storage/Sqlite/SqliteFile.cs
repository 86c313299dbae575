using Microsoft.Data.Sqlite;

namespace OrleansChat.Storage.Sqlite;

/// <summary>The database file: how it is opened, and how its schema comes up to date.</summary>
internal sealed class SqliteFile(string path)
{
    /// <summary>SQLITE_NOTADB.</summary>
    private const int NotADatabase = 26;

    /// <summary>
    /// WAL: readers go on while the writer writes. FULL: a commit is on the disk when it returns. secure_delete: what is
    /// deleted is overwritten with zeros. busy_timeout, in ms: how long truncating the WAL, which holds up all writing,
    /// waits for a reader. wal_autocheckpoint, in pages of 4 KiB: the ends of the tables are written again in every commit,
    /// and the fewer checkpoints there are, the fewer of those copies are copied on; the WAL grows to some 64 MB. cache_size, in
    /// KiB: the pages of one large commit and those that it looks into, which with the usual 2,000 are read again and again.
    /// </summary>
    private const string Writing =
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        PRAGMA busy_timeout = 250;
        PRAGMA wal_autocheckpoint = 16000;
        PRAGMA cache_size = -16000;
        """;

    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>A connection for writing. It makes the file, and its folder, where they are missing.</summary>
    public SqliteSession OpenWriter()
    {
        try
        {
            if (Path.GetDirectoryName(FullPath) is { } folder) Directory.CreateDirectory(folder);
            if (!File.Exists(FullPath)) Create();
            return Open(Writing);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == NotADatabase)
        {
            throw new StorageConfigurationException($"{FullPath} is a file, but not an SQLite database. Name another one, or move it away.", e);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StorageConfigurationException(
                $"{FullPath} cannot be opened ({e.Message}). Name a file in a folder that this user may write.", e);
        }
    }

    /// <summary>For this user's eyes only: it will have everybody's messages. The files beside it take after it.</summary>
    private void Create()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Open(FullPath, options).Dispose();
    }

    public SqliteSession OpenReader() => Open("PRAGMA query_only = ON;");

    private SqliteSession Open(string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = FullPath,
            Pooling = false,
            DefaultTimeout = SqliteStatement.BusySeconds,
        }.ConnectionString);
        var session = new SqliteSession(connection);
        try
        {
            connection.Open();
            session.RunScript(pragmas);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Brings the schema up to date, under the lock that writing takes.</summary>
    public void Migrate(SqliteSession writer)
    {
        writer.RunScript("BEGIN IMMEDIATE");
        writer.RunScript("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT");
        var found = writer.One($"SELECT coalesce(max(number), 0) FROM migration", row => row.GetInt32(0));
        foreach (var step in Migration.After(found, "sqlite", FullPath))
        {
            writer.RunScript(step.Sql);
            writer.Run($"INSERT INTO migration (number, title) VALUES ({step.Number}, {step.Title})");
        }

        writer.RunScript("COMMIT");
    }
}
