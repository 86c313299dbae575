using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Memory;

/// <content>What can be read about rooms.</content>
public sealed partial class MemoryStorage
{
    public Task<IReadOnlyList<RoomEntry>> RoomsOf(UserId user) =>
        Task.FromResult<IReadOnlyList<RoomEntry>>([.. RoomsWith(user).Select(room => Entry(room, user)).OfType<RoomEntry>()]);

    public Task<RoomEntry?> RoomOf(UserId user, RoomId room) =>
        Task.FromResult(rooms.TryGetValue(room, out var found) ? Entry(found, user) : null);

    private RoomEntry? Entry(MemoryRoom room, UserId user)
    {
        RoomEntry entry;
        lock (room)
        {
            if (!room.Members.TryGetValue(user, out var member)) return null;
            var (unread, mentions) = (0, 0);
            foreach (var message in room.MessagesAfter(member.Read))
            {
                if (message.By != user && !message.Deleted) unread++;
                if (message.Mentions(user)) mentions++;
            }

            entry = new(
                room.Id, room.Name, room.Topic, room.Visibility, room.Head, member.Read, unread, mentions, room.Last, member.Role, room.Members.Count,
                member.Since);
        }

        return room.Id.PeerOf(user) is { } peer ? entry.NamedFor(user, Profiles([peer]).Result) : entry;
    }

    public Task<ListedRooms> ListRooms(UserId viewer, bool all, string? query, RoomId? after, int limit)
    {
        var part = Words.Fold(query?.Trim() ?? "");
        var listed = rooms.Values
            .Where(r => !r.Id.IsDirect && string.CompareOrdinal(r.Id.Value, after?.Value) > 0)
            .OrderBy(r => r.Id.Value, StringComparer.Ordinal)
            .Select(Listed)
            .OfType<ListedRoom>();
        var (page, more) = Page.Cut(listed, limit, _ => null);
        return Task.FromResult(new ListedRooms(page, more));

        ListedRoom? Listed(MemoryRoom room)
        {
            lock (room)
            {
                var seen = !room.Destroyed && (all || room.Visibility is Visibility.Public || room.Members.ContainsKey(viewer));
                return seen && (Has(room.Id.Value) || Has(Words.Fold(room.Name)) || Has(Words.Fold(room.Topic)))
                    ? new(room.Id, room.Name, room.Topic, room.Members.Count, room.Head)
                    : null;
            }
        }

        bool Has(string text) => text.Contains(part, StringComparison.Ordinal);
    }

    public Task<HistoryPage> History(RoomId room, HistoryQuery query) => Task.FromResult(In(room, r =>
    {
        var rows = query.After is { } after
            ? r.MessagesAfter(after).TakeWhile(m => m.Seq < (query.Before ?? long.MaxValue))
            : r.MessagesBefore(query.Before ?? long.MaxValue);
        var (messages, more) = Page.Cut(rows, query.Limit, m => m.Text);
        if (query.After is null) messages.Reverse();
        return new HistoryPage([.. messages.Select(m => m.View())], more);
    }) ?? new([], false));

    public Task<SearchPage> Search(UserId user, SearchQuery query)
    {
        var from = SearchCursor.Parse(query.Cursor);
        var words = Words.In(query.Text);
        if (words.Count == 0) return Task.FromResult(new SearchPage([], null, false));
        var newestFirst = RoomsWith(user)
            .Where(r => query.Room is null || query.Room == r.Id)
            .SelectMany(Matching)
            .OrderByDescending(m => m.At).ThenByDescending(m => m.Room.Value, StringComparer.Ordinal).ThenByDescending(m => m.Seq);
        var (found, more) = Page.Cut(newestFirst, query.Limit, m => m.Text);
        return Task.FromResult(new SearchPage(found, more ? SearchCursor.After(found[^1]).ToString() : null, more));

        List<FoundMessage> Matching(MemoryRoom room)
        {
            lock (room)
            {
                return [.. room.MessagesAfter(0)
                    .Where(m => from?.Precedes(m.At.ToUnixTimeMilliseconds(), room.Id, m.Seq) ?? true)
                    .Where(m => m.Text is { } text && Words.Match(words, Words.In(text)))
                    .Select(m => m.Found())];
            }
        }
    }

    public Task SaveReadMarks(RoomId room, IReadOnlyDictionary<UserId, long> marks)
    {
        In(room, r =>
        {
            foreach (var (user, seq) in marks)
            {
                if (r.Members.TryGetValue(user, out var member) && member.Read < seq) r.Members[user] = member with { Read = seq };
            }

            return true;
        });
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<UserId, long>> ReadMarks(RoomId room, IReadOnlyCollection<UserId> users) =>
        Task.FromResult<IReadOnlyDictionary<UserId, long>>(
            In(room, r => users.Where(r.Members.ContainsKey).ToDictionary(user => user, user => r.Members[user].Read)) ?? []);

    public Task<IReadOnlyList<(RoomId Room, long Seq)>> MessagesBy(UserId user) =>
        Task.FromResult<IReadOnlyList<(RoomId, long)>>([.. rooms.Keys.OrderBy(id => id.Value, StringComparer.Ordinal)
            .SelectMany(id => In(id, r => r.MessagesAfter(0).Where(m => m.By == user && !m.Deleted).Select(m => (id, m.Seq)).ToList()) ?? [])
            .Take(500)]);

    public Task<IReadOnlyDictionary<UserId, PersonFact>> People(IReadOnlyCollection<UserId> users) =>
        Task.FromResult<IReadOnlyDictionary<UserId, PersonFact>>(Standing(users)
            .ToDictionary(a => a.Id, a => new PersonFact(true, memberships.TryGetValue(a.Id, out var theirs) ? theirs.Count : 0)));
}
