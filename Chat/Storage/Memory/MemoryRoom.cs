using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Memory;

/// <summary>A room's row, log and messages. Whoever holds one locks it for as long as they look.</summary>
internal sealed class MemoryRoom(RoomId id, string name, string topic, Visibility visibility, DateTimeOffset began)
{
    private readonly Dictionary<long, RoomEvent> others = []; // the log without the messages, by number
    private MemoryMessages messages = new(id);

    public RoomId Id => id;

    /// <summary>A room is created in its first epoch.</summary>
    public long Epoch { get; set; } = 1;

    public bool Destroyed { get; private set; }

    public string Name { get; private set; } = name;

    public string Topic { get; private set; } = topic;

    public Visibility Visibility { get; private set; } = visibility;

    public int Slow { get; private set; }

    public DateTimeOffset Last { get; private set; } = began;

    public long Head { get; private set; }

    public Dictionary<UserId, MemoryMember> Members { get; } = [];

    public HashSet<UserId> Bans { get; } = [];

    public Receipt? FindPost(UserId author, string key) => messages.FindPost(author, key) is { } post ? new(post.Seq, post.At) : null;

    public List<RoomEvent> EventsAfter(long after, int limit)
    {
        after = Math.Clamp(after, 0, Head);
        var count = (int)Math.Min(limit, Head - after);
        var events = new List<RoomEvent>(count);
        for (var next = IndexAfter(after); events.Count < count;) events.Add(others.TryGetValue(++after, out var other) ? other : messages[next++].Said);
        return events;
    }

    public MemoryMessage? Message(long seq) => messages.IndexOf(seq) is >= 0 and var index ? messages[index] : null;

    /// <summary>Messages after a number, ascending.</summary>
    public IEnumerable<MemoryMessage> MessagesAfter(long seq)
    {
        for (var i = IndexAfter(seq); i < messages.Count; i++) yield return messages[i];
    }

    /// <summary>Messages before a number, descending.</summary>
    public IEnumerable<MemoryMessage> MessagesBefore(long seq)
    {
        var index = messages.IndexOf(seq);
        for (var i = (index < 0 ? ~index : index) - 1; i >= 0; i--) yield return messages[i];
    }

    private int IndexAfter(long seq)
    {
        var index = messages.IndexOf(seq);
        return index < 0 ? ~index : index + 1;
    }

    public void Append(LogEntry entry)
    {
        var e = entry.Event;
        (Head, Last) = (e.Seq, e.At);
        if (e is RoomEvent.Message said)
        {
            messages.Add(said, entry.Key, entry.Mentions ?? []);
            return;
        }

        others.Add(e.Seq, e);
        if (e.Lost() is { } lost) Members.Remove(lost);
        if (e.Gained() is { } gained) Members.TryAdd(gained, new(e is RoomEvent.Created ? Role.Owner : Role.Member, e.Seq, e.Seq));
        switch (e)
        {
            case RoomEvent.Edited edited:
                Message(edited.Target)?.Edit(edited);
                break;
            case RoomEvent.Deleted deleted:
                Erase(deleted.Target);
                break;
            case RoomEvent.Reacted reacted:
                Message(reacted.Target)?.React(reacted);
                break;
            case RoomEvent.Banned banned:
                Bans.Add(banned.User);
                break;
            case RoomEvent.Unbanned unbanned:
                Bans.Remove(unbanned.User);
                break;
            case RoomEvent.RoleGiven given when Members.TryGetValue(given.User, out var member):
                Members[given.User] = member with { Role = given.Role };
                break;
            case RoomEvent.Configured c:
                (Name, Topic) = (c.Name ?? Name, c.Topic ?? Topic);
                (Visibility, Slow) = (c.Visibility ?? Visibility, c.Slow ?? Slow);
                break;
        }
    }

    private void Erase(long target)
    {
        if (Message(target) is not { } message) return;
        message.Erase();
        foreach (var edit in message.Edits) others[edit] = (RoomEvent.Edited)others[edit] with { Text = null, Erased = true };
    }

    public void Destroy()
    {
        Destroyed = true;
        (Name, Topic, Last) = ("", "", DateTimeOffset.UnixEpoch);
        others.Clear();
        (messages, Head) = (new(id), 0);
        Members.Clear();
        Bans.Clear();
    }
}

/// <param name="Since">The number of the event that made them a member.</param>
/// <param name="Read">Their read mark.</param>
internal sealed record MemoryMember(Role Role, long Since, long Read);
