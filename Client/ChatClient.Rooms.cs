namespace OrleansChat.Client;

/// <summary>The rooms that this client follows.</summary>
public sealed partial class ChatClient
{
    /// <summary>
    /// Becomes a member of a room (or is one already) and follows its events from now on, over all connections. A room
    /// that was joined before is the same one. To have the past too, ask for <see cref="History"/> before
    /// <c>Entry.Head + 1</c>: the events go on right there.
    /// </summary>
    /// <param name="room">Its id.</param>
    /// <param name="since">The number of the last event that one has: the stream begins after it. Null begins with what happens next.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ChatRoom> Join(string room, long? since = null, CancellationToken cancel = default)
    {
        if (Find(room) is { } known) return known;
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
            case ChatPush.Gone gone when Find(gone.Room) is { } room:
                Forget(room);
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
