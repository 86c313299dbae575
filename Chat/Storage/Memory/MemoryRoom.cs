using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Memory;

/// <summary>A room's row, log and messages. Whoever holds one locks it for as long as they look.</summary>
internal sealed class MemoryRoom(RoomId id, string name, string topic, Visibility visibility, DateTimeOffset began)
{
    private readonly List<RoomEvent> log = [];
    private readonly List<MemoryMessage> messages = [];
    private readonly Dictionary<(UserId, string), long> posts = [];

    public RoomId Id => id;

    /// <summary>A room is created in its first epoch.</summary>
    public long Epoch { get; set; } = 1;

    public bool Destroyed { get; private set; }

    public string Name { get; private set; } = name;

    public string Topic { get; private set; } = topic;

    public Visibility Visibility { get; private set; } = visibility;

    public int Slow { get; private set; }

    public DateTimeOffset Last { get; private set; } = began;

    public long Head => log.Count;

    public Dictionary<UserId, MemoryMember> Members { get; } = [];

    public HashSet<UserId> Bans { get; } = [];

    public Receipt? FindPost(UserId author, string key) => posts.TryGetValue((author, key), out var seq) ? new(seq, log[(int)seq - 1].At) : null;

    /// <summary>The event numbered n stands at n - 1.</summary>
    public List<RoomEvent> EventsAfter(long after, int limit) =>
        log.GetRange((int)Math.Clamp(after, 0, Head), (int)Math.Min(limit, Head - Math.Clamp(after, 0, Head)));

    public MemoryMessage? Message(long seq) => IndexOf(seq) is >= 0 and var index ? messages[index] : null;

    /// <summary>Messages after a number, ascending.</summary>
    public IEnumerable<MemoryMessage> MessagesAfter(long seq)
    {
        var index = IndexOf(seq);
        for (var i = index < 0 ? ~index : index + 1; i < messages.Count; i++) yield return messages[i];
    }

    /// <summary>Messages before a number, descending.</summary>
    public IEnumerable<MemoryMessage> MessagesBefore(long seq)
    {
        var index = IndexOf(seq);
        for (var i = (index < 0 ? ~index : index) - 1; i >= 0; i--) yield return messages[i];
    }

    /// <summary>Where a message stands, or the complement of where it would.</summary>
    private int IndexOf(long seq)
    {
        var (low, high) = (0, messages.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (messages[middle].Seq == seq) return middle;
            if (messages[middle].Seq < seq) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    public void Append(LogEntry entry)
    {
        var e = entry.Event;
        log.Add(e);
        Last = e.At;
        if (entry.Key is { } key) posts.Add((e.By, key), e.Seq);
        if (e.Lost() is { } lost) Members.Remove(lost);
        if (e.Gained() is { } gained) Members.TryAdd(gained, new(e is RoomEvent.Created ? Role.Owner : Role.Member, e.Seq, e.Seq));
        switch (e)
        {
            case RoomEvent.Message message:
                messages.Add(new(message, entry.Mentions ?? []));
                break;
            case RoomEvent.Edited edited:
                Message(edited.Target)?.Edit(edited);
                break;
            case RoomEvent.Deleted deleted:
                Erase(deleted.Target);
                break;
            case RoomEvent.Reacted reacted:
                Message(reacted.Target)?.React(id, reacted);
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
        log[(int)target - 1] = (RoomEvent.Message)log[(int)target - 1] with { Text = null, Erased = true };
        foreach (var edit in message.Edits) log[(int)edit - 1] = (RoomEvent.Edited)log[(int)edit - 1] with { Text = null, Erased = true };
    }

    public void Destroy()
    {
        Destroyed = true;
        (Name, Topic, Last) = ("", "", DateTimeOffset.UnixEpoch);
        log.Clear();
        messages.Clear();
        posts.Clear();
        Members.Clear();
        Bans.Clear();
    }
}

/// <param name="Since">The number of the event that made them a member.</param>
/// <param name="Read">Their read mark.</param>
internal sealed record MemoryMember(Role Role, long Since, long Read);
