using OrleansChat.Bench.Report;

namespace OrleansChat.Bench.Works;

/// <summary>A kind of work, and those who are measured at it.</summary>
public abstract class Work
{
    /// <summary>Its name on the command line and in the report.</summary>
    public abstract string Name { get; }

    /// <summary>What is done and how it is measured, for the report.</summary>
    public abstract string Says { get; }

    public abstract IReadOnlyList<Entrant> Entrants { get; }
}

/// <summary>Somebody who is measured.</summary>
/// <param name="Name">A server's name, or another thing's that is put beside it.</param>
/// <param name="Keeps">What it keeps of a message.</param>
/// <param name="Prepare">Null when it can run here, or why not.</param>
/// <param name="Run">One round, from its start to its stop.</param>
public sealed record Entrant(string Name, string Keeps, Func<Task<string?>> Prepare, Func<Turn, Task<IReadOnlyList<Reading>>> Run);

/// <summary>One entrant's turn in a round.</summary>
/// <param name="Folder">An empty one of its own.</param>
public sealed record Turn(Scale Scale, int Round, string Folder);
