using System.Text.Json.Serialization;
using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Engine;

/// <summary>
/// The news that reach this edge. Delivery is a wake-up, not a promise: news may be lost or come twice, and the
/// numbers in them let the receiver see it and read the log.
/// </summary>
public interface IFeed
{
    /// <summary>This edge's present life.</summary>
    EdgeId Edge { get; }

    /// <summary>
    /// Takes the news of a room, until disposed. The news of one room come one after another; the receiver must not block.
    /// </summary>
    /// <returns>The room's head: the first events to come follow it.</returns>
    Task<FeedSubscription> Open(RoomId room, Action<RoomNews> receive);

    /// <summary>Takes the news of a user, until disposed. The receiver must not block.</summary>
    Task<FeedSubscription> Follow(UserId user, Action<UserNews> receive);
}

/// <summary>A subscription that ends when it is disposed.</summary>
/// <param name="Head">The head of the room when the subscription began; 0 for a user's.</param>
public sealed record FeedSubscription(long Head, Func<ValueTask> End) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => End();
}

/// <summary>What a room tells the edges that hold it open.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Happened), "happened")]
[JsonDerivedType(typeof(Announced), "announced")]
[JsonDerivedType(typeof(Presence), "presence")]
[JsonDerivedType(typeof(Typing), "typing")]
[JsonDerivedType(typeof(Read), "read")]
[JsonDerivedType(typeof(Gone), "gone")]
public abstract record RoomNews
{
    /// <summary>Events of the room's log, ascending, without a hole.</summary>
    /// <param name="Trace">The commit's span as a W3C <c>traceparent</c>, so that delivery is part of its trace; null where none is recorded.</param>
    public sealed record Happened(IReadOnlyList<RoomEvent> Events, string? Trace = null) : RoomNews;

    /// <summary>A new activation of the room: edges tell it again who is here, and read what they missed up to its head.</summary>
    public sealed record Announced(long Head) : RoomNews;

    /// <summary>Who came and went; in a large room only how many are online.</summary>
    public sealed record Presence(IReadOnlyList<UserId> Online, IReadOnlyList<UserId> Offline, int? Count = null) : RoomNews;

    public sealed record Typing(UserId User) : RoomNews;

    public sealed record Read(UserId User, long Seq) : RoomNews;

    /// <summary>The room was destroyed.</summary>
    public sealed record Gone : RoomNews;
}

/// <summary>What a user's sessions must know, whichever edge they are on.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Entered), "entered")]
[JsonDerivedType(typeof(BlocksChanged), "blocks")]
[JsonDerivedType(typeof(SignedOut), "signed-out")]
public abstract record UserNews
{
    /// <summary>The user became a member of a room by event <paramref name="Seq"/> of it.</summary>
    public sealed record Entered(RoomId Room, long Seq) : UserNews;

    /// <summary>Somebody was blocked or unblocked.</summary>
    public sealed record BlocksChanged : UserNews;

    /// <summary>A session ended; null: all of them, the user is removed.</summary>
    public sealed record SignedOut(SessionId? Session) : UserNews;
}
