using System.Text.Json.Serialization;

namespace OrleansChat.Nodes;

/// <summary>What a node measured of itself at one moment. What could not be read is absent.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Source">Where the numbers come from: <c>proc</c>.</param>
/// <param name="Load1">Runnable tasks, averaged over one minute.</param>
/// <param name="MemoryTotal">Bytes of memory.</param>
/// <param name="MemoryAvailable">Bytes that programs could still get.</param>
/// <param name="ProcessMemory">Bytes that this process occupies.</param>
/// <param name="Connections">Open WebSockets on this node.</param>
public sealed record NodeReading(
    string Node,
    [property: JsonConverter(typeof(WireTimeConverter))] DateTimeOffset At,
    string? Source,
    double? Load1,
    long? MemoryTotal,
    long? MemoryAvailable,
    long ProcessMemory,
    int Connections);

/// <summary>The latest readings of all nodes.</summary>
public interface INodeMetrics
{
    Task Report(NodeReading reading);

    Task<IReadOnlyList<NodeReading>> Latest();
}
