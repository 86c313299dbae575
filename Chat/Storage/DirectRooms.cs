using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage;

/// <summary>What is said of direct rooms by their id alone.</summary>
internal static class DirectRooms
{
    /// <summary>The two of a direct room; null for any other.</summary>
    public static (UserId One, UserId Other)? Pair(this RoomId room)
    {
        if (!room.IsDirect) return null;
        var users = room.Value[(room.Value.IndexOf(':') + 1)..].Split('+');
        return (UserId.Parse(users[0]), UserId.Parse(users[1]));
    }

    /// <summary>A direct room bears the name of the other one; of somebody removed only the id is left.</summary>
    public static RoomEntry NamedFor(this RoomEntry entry, UserId user, IReadOnlyDictionary<UserId, Profile> peers) =>
        entry.Room.PeerOf(user) is { } peer ? entry with { Name = peers.GetValueOrDefault(peer)?.Name ?? peer.Value } : entry;
}
