using OrleansChat.Grains.Edges;

namespace OrleansChat.Tests.Cluster.Storage;

/// <summary>A grain that keeps one thing, for the tests of grain storage.</summary>
public interface ICupboard : IGrainWithStringKey
{
    Task<string?> Look();

    Task Put(string thing);

    Task Clear();
}

public sealed class Cupboard([PersistentState(Cupboard.State, EdgesGrain.Storage)] IPersistentState<Shelf> shelf) : Grain, ICupboard
{
    public const string State = "shelf";

    public Task<string?> Look() => Task.FromResult(shelf.State.Thing);

    public Task Put(string thing)
    {
        shelf.State.Thing = thing;
        return shelf.WriteStateAsync();
    }

    public Task Clear() => shelf.ClearStateAsync();
}

public sealed class Shelf
{
    public string? Thing { get; set; }
}
