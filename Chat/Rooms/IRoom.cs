using OrleansChat.Presence;
using OrleansChat.Users;

namespace OrleansChat.Rooms;

/// <summary>
/// A room, wherever it lives: in this process, or on a silo of the cluster. It takes one turn at a time.
/// Every refusal is a value; <see cref="ErrorCode.Unavailable"/> means that the same call may succeed in a moment.
/// </summary>
public interface IRoom
{
    /// <summary>
    /// Decides a command and stores what happens. The answer comes only when it is durable: the number and time of the
    /// command's (first) event, of the earlier post with the same key, or of the room's head where nothing had to happen.
    /// </summary>
    Task<Answer<Receipt>> Submit(Actor actor, RoomCommand command);

    /// <summary>Messages as they now are, ascending.</summary>
    Task<Answer<HistoryPage>> History(Actor actor, HistoryQuery query);

    /// <summary>The room's participants, from after <paramref name="after"/> on, and its latest messages.</summary>
    Task<Answer<RoomStatus>> Status(Actor actor, UserId? after);

    /// <summary>Whether they may search here: members may.</summary>
    Task<Answer<Done>> MaySearch(Actor actor);

    /// <summary>Whether they may change this room, and so what is connected to it: its webhooks.</summary>
    Task<Answer<Done>> MayConfigure(Actor actor);

    /// <summary>Moves the member's read mark forward, never back; stored when answered, in batches.</summary>
    Task<Answer<Done>> MarkRead(Actor actor, long seq);

    /// <summary>Tells the members that this one is typing; more than once in 2 s is not passed on.</summary>
    Task<Answer<Done>> Typing(Actor actor);

    /// <summary>
    /// An edge holds this room open: from now on, and until its lease runs out or it detaches, the room's news go to it.
    /// Calling again renews the lease.
    /// </summary>
    /// <returns>The room's head: the first news after it has the next number.</returns>
    Task<long> Attach(EdgeId edge);

    /// <summary>The edge has nobody here any more.</summary>
    Task Detach(EdgeId edge);

    /// <summary>Which of the edge's people came and went here, in one batch.</summary>
    Task Report(EdgeId edge, PresenceReport report);
}

/// <summary>Where and when a command's outcome stands in the log.</summary>
public sealed record Receipt(long Seq, DateTimeOffset At);
