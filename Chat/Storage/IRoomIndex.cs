using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage;

/// <summary>What can be read about rooms: projections of their logs, written in the same transactions.</summary>
public interface IRoomIndex
{
    /// <summary>The rooms of a user, in the order of their ids. A direct room bears the other one's name.</summary>
    Task<IReadOnlyList<RoomEntry>> RoomsOf(UserId user);

    /// <summary>One room of a user; null where they are no member.</summary>
    Task<RoomEntry?> RoomOf(UserId user, RoomId room);

    /// <summary>
    /// Rooms by id after <paramref name="after"/>: the public ones, and private ones of which <paramref name="viewer"/>
    /// is a member, or all where <paramref name="all"/>; never direct ones. <paramref name="query"/> is part of an id,
    /// a name or a topic, in any case.
    /// </summary>
    Task<ListedRooms> ListRooms(UserId viewer, bool all, string? query, RoomId? after, int limit);

    /// <summary>
    /// Messages as they now are, ascending; a page is cut at <see cref="HistoryQuery.MaxBytes"/> of text, at its far end.
    /// </summary>
    Task<HistoryPage> History(RoomId room, HistoryQuery query);

    /// <summary>Messages that have all words of the query (the last one may be a beginning), newest first, in the user's rooms only.</summary>
    Task<SearchPage> Search(UserId user, SearchQuery query);

    /// <summary>Moves read marks forward, never back; people who are no members are passed over.</summary>
    Task SaveReadMarks(RoomId room, IReadOnlyDictionary<UserId, long> marks);

    /// <summary>The read marks of these members; people who are none are left out.</summary>
    Task<IReadOnlyDictionary<UserId, long>> ReadMarks(RoomId room, IReadOnlyCollection<UserId> users);

    /// <summary>Numbers of a user's standing messages in any room, 500 at most, for erasing them.</summary>
    Task<IReadOnlyList<(RoomId Room, long Seq)>> MessagesBy(UserId user);

    /// <summary>Who exists (removed people do not), and how many rooms each is in.</summary>
    Task<IReadOnlyDictionary<UserId, PersonFact>> People(IReadOnlyCollection<UserId> users);
}
