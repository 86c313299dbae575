using System.Collections.Concurrent;

namespace OrleansChat.Kestrel;

/// <summary>The rooms by name. An empty one stays; the bench makes no more than it measures.</summary>
internal sealed class Rooms
{
    private readonly ConcurrentDictionary<string, Room> rooms = [];

    public Room Room(string name) => rooms.GetOrAdd(name, _ => new Room());
}

/// <summary>Who is in a room. A broadcast reads a snapshot, so it waits for nobody who comes or goes.</summary>
internal sealed class Room
{
    private readonly Lock gate = new();
    private readonly List<Member> members = [];
    private Member[]? snapshot = [];

    public void Enter(Member member)
    {
        lock (gate)
        {
            members.Add(member);
            snapshot = null;
        }
    }

    public void Leave(Member member)
    {
        lock (gate)
        {
            members.Remove(member);
            snapshot = null;
        }
    }

    public void Broadcast(ReadOnlyMemory<byte> text)
    {
        foreach (var member in Members()) member.Receive(text);
    }

    private Member[] Members()
    {
        lock (gate) return snapshot ??= [.. members];
    }
}
