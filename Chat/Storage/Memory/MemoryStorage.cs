using System.Collections.Concurrent;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Memory;

/// <summary>
/// Storage that ends with the process, for trying things out and for measuring. Each room has a lock of its own;
/// nothing ever waits for more than one room.
/// </summary>
public sealed partial class MemoryStorage : IStorage
{
    private readonly ConcurrentDictionary<RoomId, MemoryRoom> rooms = new();

    /// <summary>In which rooms somebody is a member.</summary>
    private readonly ConcurrentDictionary<UserId, ConcurrentDictionary<RoomId, MemoryRoom>> memberships = new();

    public string Description => "memory, which ends with the process";

    public Task Open(CancellationToken cancel = default)
    {
        rooms.TryAdd(RoomId.Lobby, new(RoomId.Lobby, "Lobby", "", Visibility.Public, DateTimeOffset.UtcNow));
        return Task.CompletedTask;
    }

    public Task Ping(CancellationToken cancel = default) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What <paramref name="look"/> finds in a room that exists; nothing where there is none.</summary>
    private T? In<T>(RoomId id, Func<MemoryRoom, T?> look)
    {
        if (!rooms.TryGetValue(id, out var room)) return default;
        lock (room) return room.Destroyed ? default : look(room);
    }

    private IEnumerable<MemoryRoom> RoomsWith(UserId user) =>
        memberships.TryGetValue(user, out var theirs) ? theirs.Values.OrderBy(r => r.Id.Value, StringComparer.Ordinal) : [];
}
