namespace OrleansChat.Nodes;

/// <summary>The readings of all nodes, and an hour of their past. All of it is in memory: the nodes hold it too, and fill it in anew.</summary>
public interface INodeMetrics
{
    /// <summary>A node's present reading.</summary>
    Task Report(NodeReading reading);

    /// <summary>
    /// The last reading of every node that was heard of within the hour, in the order of their names; with
    /// <see cref="NodeReading.Silent"/>, <see cref="NodeReading.Lost"/> and <see cref="NodeReading.Past"/>.
    /// </summary>
    Task<IReadOnlyList<NodeReading>> Latest();

    /// <summary>What is kept elsewhere of a node's past, so much as is not known here.</summary>
    Task Fill(NodePast past);

    /// <summary>A node's hour, to be looked at: the last five minutes as they were, of those before them a mean of every ten seconds.</summary>
    /// <returns>Nothing of a node that was not heard of within the hour.</returns>
    Task<NodePast?> Past(string node);
}
