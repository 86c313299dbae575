namespace OrleansChat.Presence;

/// <summary>
/// One life of one edge: its name and its incarnation. Leases and presence belong to the life, so that what a dead
/// process left behind can never be taken for the living one's.
/// </summary>
public readonly record struct EdgeId(string Name, Guid Incarnation)
{
    public static EdgeId New(string name) => new(name, Guid.NewGuid());

    public override string ToString() => $"{Name}/{Incarnation:N}";
}
