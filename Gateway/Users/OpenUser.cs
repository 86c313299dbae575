using OrleansChat.Engine;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Users;

/// <summary>One connection of a user, as the user's news see it.</summary>
public interface IConnection
{
    SessionId Session { get; }

    /// <summary>The user became a member of a room by this event.</summary>
    void Entered(RoomId room, long seq);

    /// <summary>The session has ended: the connection closes with 4010.</summary>
    void SignedOut();
}

/// <summary>A user that this edge has connected, with all their connections here.</summary>
public sealed class OpenUser(UserId id, IChat chat, IStorage storage)
{
    private readonly Lock gate = new();
    private readonly List<IConnection> connections = [];
    private volatile IReadOnlySet<UserId> blocked = new HashSet<UserId>();
    private Task<FeedSubscription>? following;
    private bool closed;

    public UserId Id => id;

    /// <summary>Done when the user's news reach this edge and their blocks are known.</summary>
    public Task Following
    {
        get
        {
            lock (gate) return following ??= Follow();
        }
    }

    public bool Blocks(UserId other) => blocked.Contains(other);

    /// <summary>False when the user has just been closed, and must be opened anew.</summary>
    public bool TryAdd(IConnection connection)
    {
        lock (gate)
        {
            if (!closed) connections.Add(connection);
            return !closed;
        }
    }

    /// <summary>True when it was the last connection: the user is closed.</summary>
    public bool Remove(IConnection connection)
    {
        lock (gate) return connections.Remove(connection) && (closed = connections.Count == 0);
    }

    public async Task Close()
    {
        if (following is { IsCompletedSuccessfully: true }) await (await following).DisposeAsync();
    }

    private async Task<FeedSubscription> Follow()
    {
        var subscription = await chat.Feed.Follow(id, Receive);
        blocked = await storage.BlockedBy(id);
        return subscription;
    }

    private void Receive(UserNews news)
    {
        switch (news)
        {
            case UserNews.Entered(var room, var seq):
                foreach (var connection in Now()) connection.Entered(room, seq);
                break;
            case UserNews.SignedOut(var session):
                foreach (var connection in Now().Where(c => session is null || c.Session == session)) connection.SignedOut();
                break;
            case UserNews.BlocksChanged:
                _ = ReadBlocks();
                break;
        }
    }

    private async Task ReadBlocks()
    {
        try
        {
            blocked = await storage.BlockedBy(id);
        }
        catch (UnavailableException)
        {
            // A notice too many, until the next change or connection.
        }
    }

    private List<IConnection> Now()
    {
        lock (gate) return [.. connections];
    }
}
