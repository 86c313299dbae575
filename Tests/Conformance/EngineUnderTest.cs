using OrleansChat.Engine;

namespace OrleansChat.Tests.Conformance;

/// <summary>
/// An engine that is to keep the promises of <see cref="IChat"/>. It may be shared by many tests: they use rooms and
/// people of their own.
/// </summary>
public abstract class EngineUnderTest : IAsyncDisposable
{
    /// <summary>An edge of it. An engine with one edge gives the same one for every number.</summary>
    public abstract IChat Edge(int number = 0);

    /// <summary>The storage on which it stands; it must stand on this very object, so that the storage can fail it.</summary>
    public abstract FaultyStorage Storage { get; }

    /// <summary>Lets time pass for the engine, with all that comes due meanwhile.</summary>
    public abstract Task Pass(TimeSpan time);

    public abstract ValueTask DisposeAsync();
}
