using System.Collections.Immutable;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Memory;

/// <content>The rooms' logs.</content>
public sealed partial class MemoryStorage
{
    private static readonly Task<AppendOutcome> Appended = Task.FromResult<AppendOutcome>(new AppendOutcome.Appended());
    private static readonly Task<AppendOutcome> Fenced = Task.FromResult<AppendOutcome>(new AppendOutcome.Fenced());

    public Task<OpenedRoom> OpenRoom(RoomId room)
    {
        var blocked = room.Pair() is var (one, other) && (Blocks(one, other) || Blocks(other, one));
        if (!rooms.TryGetValue(room, out var found)) return Task.FromResult(new OpenedRoom(0, RoomState.Absent(room) with { Blocked = blocked }));
        lock (found)
        {
            return Task.FromResult(found.Destroyed
                ? new OpenedRoom(0, RoomState.Absent(room, wasDestroyed: true) with { Blocked = blocked })
                : new OpenedRoom(++found.Epoch, State(found) with { Blocked = blocked }));
        }
    }

    private static RoomState State(MemoryRoom room)
    {
        var posts = new Dictionary<UserId, MemoryMessage>();
        var since = room.Last.AddSeconds(-room.Slow);
        if (room.Slow > 0)
        {
            foreach (var message in room.MessagesBefore(long.MaxValue).TakeWhile(m => m.At > since)) posts.TryAdd(message.By, message);
        }

        return RoomState.Absent(room.Id) with
        {
            Exists = true,
            Head = room.Head,
            Last = room.Last,
            Name = room.Name,
            Topic = room.Topic,
            Visibility = room.Visibility,
            Slow = room.Slow,
            Members = room.Members.ToImmutableDictionary(
                m => m.Key,
                m => new Member(m.Value.Role, m.Value.Since, posts.TryGetValue(m.Key, out var post) && post.Seq > m.Value.Since ? post.At : null)),
            Bans = [.. room.Bans],
        };
    }

    public Task<AppendOutcome> Append(Append append)
    {
        append.Check();
        if (append.Creates) return Create(append);
        if (!rooms.TryGetValue(append.Room, out var room)) return Fenced;
        lock (room)
        {
            if (room.Destroyed || room.Epoch != append.Epoch || room.Head != append.Head) return Fenced;
            Dictionary<int, Receipt>? taken = null;
            for (var i = 0; i < append.Entries.Count; i++)
            {
                var (e, key, _) = append.Entries[i];
                if (key is not null && room.FindPost(e.By, key) is { } first) (taken ??= []).Add(i, first);
            }

            if (taken is not null) return Task.FromResult<AppendOutcome>(new AppendOutcome.KeysTaken(taken));
            Store(room, append);
            return Appended;
        }
    }

    private Task<AppendOutcome> Create(Append append)
    {
        var created = (RoomEvent.Created)append.Entries[0].Event;
        var room = new MemoryRoom(append.Room, created.Name, created.Topic ?? "", created.Visibility, created.At);
        lock (room)
        {
            if (!rooms.TryAdd(append.Room, room)) return Fenced;
            Store(room, append);
            return Appended;
        }
    }

    private void Store(MemoryRoom room, Append append)
    {
        for (var i = 0; i < append.Entries.Count; i++)
        {
            var entry = append.Entries[i];
            room.Append(entry);
            if (entry.Event.Lost() is { } lost && memberships.TryGetValue(lost, out var left)) left.TryRemove(room.Id, out _);
            if (entry.Event.Gained() is { } gained) memberships.GetOrAdd(gained, _ => new(concurrencyLevel: 1, capacity: 1))[room.Id] = room;
        }
    }

    public Task<IReadOnlyList<RoomEvent>> ReadEvents(RoomId room, long after, int limit) =>
        Task.FromResult<IReadOnlyList<RoomEvent>>(In(room, r => r.EventsAfter(after, limit)) ?? []);

    public Task<IReadOnlyDictionary<RoomId, long>> Heads(IReadOnlyCollection<RoomId> rooms) =>
        Task.FromResult<IReadOnlyDictionary<RoomId, long>>(rooms.Distinct()
            .Select(id => (Id: id, Head: In(id, r => (long?)r.Head)))
            .Where(r => r.Head is not null)
            .ToDictionary(r => r.Id, r => r.Head!.Value));

    public Task<IReadOnlyDictionary<long, MessageFact>> Messages(RoomId room, IReadOnlyCollection<long> seqs) =>
        Task.FromResult<IReadOnlyDictionary<long, MessageFact>>(In(room, r => seqs.Distinct()
            .Select(r.Message)
            .OfType<MemoryMessage>()
            .ToDictionary(m => m.Seq, m => new MessageFact(m.By, m.Deleted))) ?? []);

    public Task<Receipt?> FindPost(RoomId room, UserId author, string key) => Task.FromResult(In(room, r => r.FindPost(author, key)));

    public Task<bool> DestroyRoom(RoomId room, long epoch) => Task.FromResult(In(room, r =>
    {
        if (r.Epoch != epoch) return false;
        foreach (var user in r.Members.Keys)
        {
            if (memberships.TryGetValue(user, out var theirs)) theirs.TryRemove(room, out _);
        }

        r.Destroy();
        lock (people) RemoveHooks(hook => hook.Room == room).ForEach(hook => accounts[hook.Bot] = null);
        return true;
    }));
}
