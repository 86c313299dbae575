using OrleansChat.Presence;
using OrleansChat.Rooms;

namespace OrleansChat.Users;

/// <summary>A person, wherever their object lives. It takes one turn at a time.</summary>
public interface IUser
{
    /// <summary>Name, online state and last activity; null for somebody unknown or removed.</summary>
    Task<UserStatus?> Status();

    /// <summary>An edge takes this user's news: from now on, and until its lease runs out or it detaches.</summary>
    Task Attach(EdgeId edge);

    /// <summary>The edge has nobody any more who takes the user's news.</summary>
    Task Detach(EdgeId edge);

    /// <summary>
    /// The edge has this user connected (or has them no more). A live edge says so again before the lease of 20 s
    /// runs out, with the time of the user's last operation.
    /// </summary>
    /// <returns>What the edge must have heard; an edge that heard otherwise missed something, and reads the storage.</returns>
    Task<NewsMark> Seen(EdgeId edge, bool online, DateTimeOffset lastActive);

    /// <summary>Blocks (or unblocks) another one; from the answer on their direct room refuses.</summary>
    Task<Answer<Done>> Block(UserId other, bool on);

    /// <summary>This user is now a member of a room: their edges open it for all their sessions.</summary>
    Task Entered(RoomId room, long seq);

    /// <summary>Ends one session, here and on every edge.</summary>
    Task SignOut(SessionId session);

    /// <summary>
    /// Removes the account: its sessions end, its rooms are left; with <paramref name="erase"/> its messages are
    /// deleted too. The id is never free again.
    /// </summary>
    Task<Answer<Done>> Remove(bool erase);
}

/// <param name="LastActive">When they last did something, to within a few seconds.</param>
public sealed record UserStatus(
    UserId User,
    string Name,
    bool Online,
    [property: System.Text.Json.Serialization.JsonConverter(typeof(WireTimeConverter))] DateTimeOffset LastActive)
{
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public bool Bot => User.IsBot;
}

/// <summary>How much of a user's news was sent to one edge.</summary>
/// <param name="Life">
/// For how long the user's object has known the edge: a new object, or one that had forgotten the edge because its lease
/// ran out, begins another, and knows nothing of what was sent, or not sent, before. Default where it does not know the edge.
/// </param>
/// <param name="Count">How many pieces of news were sent to that edge in this life.</param>
public readonly record struct NewsMark(Guid Life, long Count);

/// <summary>One sign-in of one user; tokens carry it, and ending it makes them worthless.</summary>
public readonly record struct SessionId(Guid Value)
{
    public static SessionId New() => new(Guid.NewGuid());

    public override string ToString() => Value.ToString("N");
}
