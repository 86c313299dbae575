namespace OrleansChat.Client;

/// <summary>The rooms that this client follows. What is here runs on the receiving path, in the order of the frames.</summary>
public sealed partial class ChatClient
{
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
                if (!room.Take(events.List, Welcome.User.Id)) CatchUp();
                if (room.Ended) Forget(room);
                break;
            case ChatPush.Gone gone when Find(gone.Room) is { } room:
                Forget(room);
                options.News?.Invoke(push);
                break;
            case ChatPush.Bye bye:
                asked = bye.RetryAfter;
                options.News?.Invoke(push);
                break;
            default:
                options.News?.Invoke(push);
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
            var from = since ?? (answer.Events.Count > 0 ? answer.Events[0].Seq - 1 : entry.Head);
            var room = new ChatRoom(entry.Room, from, options.RoomCapacity, CatchUp);
            rooms.Add(entry.Room, room);
            if (answer.Gap || entry.Gap) room.Skip(entry.Head);
            if (!room.Take(answer.Events, Welcome.User.Id)) CatchUp();
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
    private void CatchUp()
    {
        catchingUp = true;
        current?.Abort(); // where it is over already, the next one resumes anyway
    }
}
