using System.Collections.Frozen;
using OrleansChat.Engine;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Users;

/// <summary>One connection of a user, as the user's news see it.</summary>
public interface IConnection
{
    SessionId Session { get; }

    /// <summary>The user became a member of a room by this event. Where the connection knows that already, nothing happens.</summary>
    void Entered(RoomId room, long seq);

    /// <summary>The session has ended: the connection closes with 4010.</summary>
    void SignedOut();
}

/// <summary>
/// A user that this edge has connected, with all their connections here. Their news may get lost; how much was sent
/// tells so, and then the storage is read.
/// </summary>
public sealed partial class OpenUser(UserId id, IChat chat, IStorage storage)
{
    private readonly List<IConnection> connections = new(1); // most have one; it is the lock too
    private volatile IReadOnlySet<UserId> blocked = FrozenSet<UserId>.Empty;
    private Task? following;
    private FeedSubscription? subscription;
    private long active; // when they last did something, by the clock that measures
    private long kept;   // the one of those times that was taken to be kept
    private bool closed;

    public UserId Id => id;

    /// <summary>Done when the user's news reach this edge and their blocks are known. What failed is tried again by the next one.</summary>
    public Task Following
    {
        get
        {
            lock (connections) return following is null or { IsFaulted: true } ? following = Follow() : following;
        }
    }

    /// <summary>When the user last did something here, as a timestamp of the time provider.</summary>
    public long LastActive => Volatile.Read(ref active);

    /// <summary>The user did something. With every operation, hence no more than a number.</summary>
    public void Touch(long timestamp) => Volatile.Write(ref active, timestamp);

    /// <summary>True once for each time that the user did something.</summary>
    public bool TakeActivity()
    {
        var last = LastActive;
        return Interlocked.Exchange(ref kept, last) != last;
    }

    public bool Blocks(UserId other) => blocked.Contains(other);

    /// <summary>False when the user has just been closed, and must be opened anew.</summary>
    public bool TryAdd(IConnection connection)
    {
        lock (connections)
        {
            if (!closed) connections.Add(connection);
            return !closed;
        }
    }

    /// <summary>True when it was the last connection: the user is closed.</summary>
    public bool Remove(IConnection connection)
    {
        lock (connections) return connections.Remove(connection) && (closed = connections.Count == 0);
    }

    public async Task Close()
    {
        if (following is { IsCompletedSuccessfully: true }) await subscription!.DisposeAsync();
    }

    private async Task Follow()
    {
        var followed = await chat.Feed.Follow(id, Receive);
        try
        {
            await ReadBlocked();
        }
        catch
        {
            await followed.DisposeAsync();
            throw;
        }

        lock (connections) (subscription, following) = (followed, Task.CompletedTask); // what has been done need not be kept
    }

    /// <summary>Most block nobody, and share the set of nobody.</summary>
    private async Task ReadBlocked() =>
        blocked = await storage.BlockedBy(id) is { Count: > 0 } some ? some : FrozenSet<UserId>.Empty;

    private List<IConnection> Now()
    {
        lock (connections) return [.. connections];
    }
}
