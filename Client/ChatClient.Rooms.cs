namespace OrleansChat.Client;

/// <summary>The rooms that this client follows.</summary>
public sealed partial class ChatClient
{
    private const string DirectPrefix = "dm:";

    // Guarded by the lock of the rooms, as they are.
    private readonly Dictionary<string, RoomEntry> others = []; // ours, and not followed; the head is what one was told last
    private readonly Dictionary<string, TaskCompletionSource> entering = []; // who waits to be told that a room is ours

    /// <summary>
    /// Becomes a member of a room (or is one already) and follows its events from now on, over all connections. A room
    /// that was joined before is the same one. To have the past too, ask for <see cref="History"/> before
    /// <c>Entry.Head + 1</c>: the events go on right there.
    /// </summary>
    /// <param name="room">Its id. The direct room of two, <c>dm:ada+bob</c>, is opened if it is not yet.</param>
    /// <param name="since">The number of the last event that one has: the stream begins after it. Null begins with what happens next.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ChatRoom> Join(string room, long? since = null, CancellationToken cancel = default)
    {
        if (Find(room) is { } known) return known;
        if (room.StartsWith(DirectPrefix, StringComparison.Ordinal)) return await FollowDirect(room, since, cancel);
        ChatRoom? joined = null;
        await Ask(
            connection => connection.Call(
                new Operation.Join(room, since), ClientJson.Wire.JoinAnswer, cancel, answer => joined = Follow(answer, since)),
            cancel);
        return joined!;
    }

    /// <summary>
    /// Gives up membership. The room's items end with one's own <c>left</c>, or, where the line breaks meanwhile, before it:
    /// who is no longer a member is told no more.
    /// </summary>
    /// <param name="room">Its id.</param>
    /// <param name="cancel">Gives up; if it was sent already, whether it was done is unknown.</param>
    public Task Leave(string room, CancellationToken cancel = default) =>
        Once(connection => connection.Leave(room, cancel), cancel, "not_member", "not_found");

    /// <summary>Nobody joins a direct room: both are members once it is open, and the server tells its events without asking.</summary>
    private async Task<ChatRoom> FollowDirect(string room, long? since, CancellationToken cancel)
    {
        var opened = await Direct(room[DirectPrefix.Length..].Split('+').FirstOrDefault(user => user != Me.Id) ?? "", cancel);
        if (opened != room) throw new ChatException(new("bad_request", $"{room} is not a direct room of {Me.Id}."));
        TaskCompletionSource entered;
        lock (rooms)
        {
            if (Begin(room, since) is { } begun) return begun;
            if (!entering.TryGetValue(room, out entered!)) entering[room] = entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await entered.Task.WaitAsync(cancel);
        lock (rooms) return Begin(room, since) ?? throw new ChatException(new("not_member", $"{room} is not yours any more."));
    }

    /// <summary>Follows a room of which one is a member; null where one is none. The lock is held.</summary>
    private ChatRoom? Begin(string room, long? since)
    {
        if (rooms.TryGetValue(room, out var known)) return known;
        if (!others.Remove(room, out var entry)) return null;
        var begun = new ChatRoom(this, entry, since ?? entry.Head, options.RoomCapacity);
        rooms.Add(room, begun);
        if (begun.Seq < entry.Head) CatchUp();
        return begun;
    }

    // What follows runs on the receiving path, in the order of the frames.

    /// <summary>Up to where we know each room, for <c>hello</c>.</summary>
    private Dictionary<string, long>? Marks()
    {
        lock (rooms) return rooms.Count == 0 ? null : rooms.ToDictionary(room => room.Key, room => room.Value.Seq);
    }

    /// <summary>We are welcome. A room that the answer does not name is no longer ours.</summary>
    private void Enter(HelloAnswer welcome)
    {
        Welcome = welcome;
        identity.Accepted(welcome);
        var ours = welcome.Rooms.ToDictionary(entry => entry.Room);
        lock (rooms)
        {
            foreach (var room in rooms.Values.ToArray())
            {
                if (ours.TryGetValue(room.Id, out var entry)) room.Resume(entry);
                else Forget(room);
            }

            others.Clear();
            foreach (var entry in welcome.Rooms.Where(entry => !rooms.ContainsKey(entry.Room))) Entered(entry);
        }
    }

    /// <summary>A room of ours that nobody follows yet. The lock is held.</summary>
    private void Entered(RoomEntry entry)
    {
        others[entry.Room] = entry;
        if (entering.Remove(entry.Room, out var waiting)) waiting.TrySetResult();
    }

    /// <summary>Up to where one has been told a room that nobody follows: there one would begin.</summary>
    private void Pass(ChatPush.Events events)
    {
        lock (rooms)
        {
            if (!others.TryGetValue(events.Room, out var entry)) return;
            if (events.List.Any(e => e.Removes(Me.Id))) others.Remove(events.Room);
            else others[events.Room] = entry with { Head = events.List[^1].Seq };
        }
    }

    private void Take(ChatPush push)
    {
        switch (push)
        {
            case ChatPush.Events events when Find(events.Room) is { } room:
                if (!room.Take(events.List, Me.Id)) CatchUp();
                if (room.Ended) Forget(room);
                break;
            case ChatPush.Events events:
                Pass(events);
                news.Tell(push);
                break;
            case ChatPush.Entered entered:
                lock (rooms) if (!rooms.ContainsKey(entered.Room.Room)) Entered(entered.Room);
                news.Tell(push);
                break;
            case ChatPush.Gone gone:
                lock (rooms) others.Remove(gone.Room);
                if (Find(gone.Room) is { } lost) Forget(lost);
                news.Tell(push);
                break;
            case ChatPush.Bye bye:
                asked = bye.RetryAfter;
                news.Tell(push);
                break;
            default:
                news.Tell(push);
                break;
        }
    }

    /// <summary>Begins to follow a room, unless another call already did.</summary>
    private ChatRoom Follow(JoinAnswer answer, long? since)
    {
        var entry = answer.Room;
        lock (rooms)
        {
            if (rooms.TryGetValue(entry.Room, out var known)) return known;
            var room = new ChatRoom(this, entry, since ?? entry.Head, options.RoomCapacity);
            rooms.Add(entry.Room, room);
            others.Remove(entry.Room);
            if (answer.Gap || entry.Gap) room.Skip(entry.Head);
            if (!room.Take(answer.Events, Me.Id)) CatchUp();
            return room;
        }
    }

    private ChatRoom? Find(string room)
    {
        lock (rooms) return rooms.GetValueOrDefault(room);
    }

    private void Forget(ChatRoom room)
    {
        lock (rooms)
        {
            if (rooms.TryGetValue(room.Id, out var same) && same == room) rooms.Remove(room.Id);
        }

        room.End(null);
    }

    /// <summary>Breaks the line off, to resume from what the readers have: the client's own 4008.</summary>
    internal void CatchUp()
    {
        catchingUp = true;
        current?.Abort(); // where it is over already, the next one resumes anyway
    }
}
