namespace OrleansChat.Nodes;

/// <summary>
/// A stretch of a node's past in columns: a fifth of the size of as many readings. A column has a place for every time.
/// </summary>
/// <param name="Latest">The node's last reading, also if it is no part of the stretch.</param>
/// <param name="Times">When it was read, by the node's own clock, ascending: milliseconds since 1970, UTC.</param>
/// <param name="Figures">By the names of <see cref="NodeFigure.All"/>, with seven digits. What was never known in this time is left out.</param>
/// <param name="Cores"><see cref="NodeReading.Cores"/>, a column for each core, to half a percent.</param>
public sealed record NodePast(
    NodeReading Latest,
    IReadOnlyList<long> Times,
    IReadOnlyDictionary<string, IReadOnlyList<float?>> Figures,
    IReadOnlyList<IReadOnlyList<float?>> Cores);
