namespace OrleansChat.Bench.Databases;

/// <summary>A database without a chat on it, in the server's own schema: what could be written at most.</summary>
internal interface IDatabase : IDisposable
{
    /// <summary>Writes a batch of posts in one transaction; they are durable when it returns.</summary>
    void Write(IReadOnlyList<Row> rows);
}
