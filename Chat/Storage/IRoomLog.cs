using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage;

/// <summary>The rooms' logs: the truth. What is appended is durable when answered.</summary>
public interface IRoomLog
{
    /// <summary>
    /// Takes the next epoch of a room and reads its state. Whoever opened it before can append no more.
    /// A room that nobody created has epoch 0; opening it writes nothing.
    /// </summary>
    Task<OpenedRoom> OpenRoom(RoomId room);

    /// <summary>
    /// Appends events to one room, all or none, with everything that follows from them (members, messages as they now
    /// are, the search index), in one transaction. Appends of different rooms share a commit, yet each has its own outcome.
    /// </summary>
    Task<AppendOutcome> Append(Append append);

    /// <summary>Events after a number, ascending, without a hole, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<RoomEvent>> ReadEvents(RoomId room, long after, int limit);

    /// <summary>The heads of rooms, in one query; rooms that do not exist are left out.</summary>
    Task<IReadOnlyDictionary<RoomId, long>> Heads(IReadOnlyCollection<RoomId> rooms);

    /// <summary>The authors and fates of messages; numbers that are no message's are left out.</summary>
    Task<IReadOnlyDictionary<long, MessageFact>> Messages(RoomId room, IReadOnlyCollection<long> seqs);

    /// <summary>The receipt of the post that an author made with this key in this room; null if there was none.</summary>
    Task<Receipt?> FindPost(RoomId room, UserId author, string key);

    /// <summary>Erases a room and its log; only a mark remains that the id was taken. False: the epoch is over.</summary>
    Task<bool> DestroyRoom(RoomId room, long epoch);
}

/// <summary>A room's state as the log has it, and the epoch in which alone it may be appended to.</summary>
public sealed record OpenedRoom(long Epoch, RoomState State);

/// <param name="Epoch">The epoch in which the room was opened; 0 to create it.</param>
/// <param name="Head">The head that the events follow.</param>
/// <param name="Entries">At least one.</param>
public sealed record Append(RoomId Room, long Epoch, long Head, IReadOnlyList<LogEntry> Entries)
{
    /// <summary>Whether it makes the room.</summary>
    internal bool Creates => Epoch == 0 && Entries[0].Event is RoomEvent.Created;

    /// <summary>Refuses what only a mistake of the caller can be: numbers with a hole, a key twice.</summary>
    internal void Check()
    {
        HashSet<(UserId, string)>? keys = Entries.Count > 1 ? [] : null; // one alone repeats nothing
        for (var i = 0; i < Entries.Count; i++)
        {
            var (e, key, _) = Entries[i];
            if (e.Seq != Head + 1 + i) throw new ArgumentException($"Event {e.Seq} does not follow event {Head + i} of {Room}.");
            if (key is not null && keys?.Add((e.By, key)) == false) throw new ArgumentException($"A key stands twice in an append to {Room}.");
        }

        if (Entries.Count == 0) throw new ArgumentException($"An append to {Room} without an event.");
    }
}

/// <summary>An event on its way into the log.</summary>
/// <param name="Key">The author's key of a post, unique with the room and the author; null for all else.</param>
/// <param name="Mentions">The members that a message speaks to.</param>
public readonly record struct LogEntry(RoomEvent Event, string? Key = null, IReadOnlyList<UserId>? Mentions = null);

/// <summary>How an append ended. An exception means that nobody knows.</summary>
public abstract record AppendOutcome
{
    /// <summary>Stored. A room that was created by it now has epoch 1.</summary>
    public sealed record Appended : AppendOutcome;

    /// <summary>Nothing was stored, because these entries (by index) repeat keys; here is what the first posts got.</summary>
    public sealed record KeysTaken(IReadOnlyDictionary<int, Receipt> Receipts) : AppendOutcome;

    /// <summary>Nothing was stored: somebody else has opened, created or destroyed the room since.</summary>
    public sealed record Fenced : AppendOutcome;
}
