using OrleansChat.Nodes;

namespace OrleansChat.Grains.Interfaces.Nodes;

/// <summary>The readings of all nodes of the cluster. There is one, with key 0.</summary>
[Alias("OrleansChat.NodeMetrics")]
public interface INodeMetricsGrain : INodeMetrics, IGrainWithIntegerKey;
