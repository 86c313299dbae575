using OrleansChat.Presence;

namespace OrleansChat.Grains.Interfaces.Edges;

/// <summary>
/// The edges that live, so that a room's new activation can announce itself to them, whoever held it before. There is
/// one, with key 0.
/// </summary>
[Alias("OrleansChat.Edges")]
public interface IEdgesGrain : IGrainWithIntegerKey
{
    /// <summary>The edge lives; to be said again before its lease of 20 s runs out.</summary>
    [Alias("Beat")]
    Task Beat(EdgeId edge);

    /// <summary>The edge's life is over.</summary>
    [Alias("Leave")]
    Task Leave(EdgeId edge);

    [Alias("Living")]
    Task<EdgeId[]> Living();
}
