namespace OrleansChat.Nodes;

/// <summary>How an edge stands at one moment.</summary>
/// <param name="Connections">Open WebSockets.</param>
/// <param name="Rooms">Rooms that it holds open.</param>
/// <param name="Outbox">Bytes that wait for slow connections.</param>
/// <param name="Posts">Posts that were stored, since it started.</param>
/// <param name="Deliveries">Frames with events, counted for each connection that got them, since it started.</param>
public readonly record struct EdgeCounters(int Connections, int Rooms, long Outbox, long Posts, long Deliveries);
