using System.Collections.Immutable;
using OrleansChat.Users;

namespace OrleansChat.Rooms;

/// <summary>A member of a room.</summary>
/// <param name="Since">The number of the event that made them a member; the smallest has served longest.</param>
/// <param name="LastPost">When they last posted, in a room that is slow, as far as it is known.</param>
public sealed record Member(Role Role, long Since, DateTimeOffset? LastPost = null);

/// <summary>What the rules must know of a message: who wrote it, and whether it is deleted.</summary>
public sealed record MessageFact(UserId By, bool Deleted);

/// <summary>What the rules must know of a person who is no member: whether they exist, and how many rooms they are in.</summary>
public sealed record PersonFact(bool Exists, int Rooms);

/// <summary>
/// All that decides about a room's next event. It changes only by applying events.
/// </summary>
/// <param name="Exists">False before the room was created and after it was destroyed.</param>
/// <param name="WasDestroyed">True once it was destroyed: its id is never free again.</param>
/// <param name="Head">The number of the last event; 0 before the first.</param>
/// <param name="Last">When the last event happened, or the room began.</param>
/// <param name="Slow">Seconds between one member's posts; 0 is no limit.</param>
/// <param name="Blocked">In a direct room: whether one of the two blocks the other, as looked up for the commands at hand.</param>
public sealed record RoomState(
    RoomId Id,
    bool Exists,
    bool WasDestroyed,
    long Head,
    DateTimeOffset Last,
    string Name,
    string Topic,
    Visibility Visibility,
    int Slow,
    ImmutableDictionary<UserId, Member> Members,
    ImmutableHashSet<UserId> Bans,
    bool Blocked)
{
    /// <summary>
    /// What was looked up for the commands at hand: messages by number. Forgotten after each commit; null where no command
    /// speaks of one.
    /// </summary>
    public ImmutableDictionary<long, MessageFact>? KnownMessages { get; init; } = ImmutableDictionary<long, MessageFact>.Empty;

    /// <summary>What was looked up for the commands at hand: people by id. Forgotten after each commit.</summary>
    public ImmutableDictionary<UserId, PersonFact> KnownPeople { get; init; } = ImmutableDictionary<UserId, PersonFact>.Empty;

    /// <summary>A room that nobody created yet.</summary>
    public static RoomState Absent(RoomId id, bool wasDestroyed = false) =>
        new(id, false, wasDestroyed, 0, DateTimeOffset.UnixEpoch, id.Value, "", Visibility.Public, 0,
            ImmutableDictionary<UserId, Member>.Empty, [], false);

    public Member? Member(UserId user) => Members.GetValueOrDefault(user);

    public RoomState Apply(RoomEvent e) => Change(e) with { Head = e.Seq, Last = e.At };

    private RoomState Change(RoomEvent e) => e switch
    {
        RoomEvent.Created c => this with
        {
            Exists = true,
            Name = c.Name,
            Topic = c.Topic ?? "",
            Visibility = c.Visibility,
            Members = Members.SetItem(c.By, new(Role.Owner, c.Seq)),
        },
        RoomEvent.Joined or RoomEvent.Invited => this with { Members = Members.SetItem(e.Gained()!.Value, new(Role.Member, e.Seq)) },
        RoomEvent.Left or RoomEvent.Kicked => this with { Members = Members.Remove(e.Lost()!.Value) },
        RoomEvent.Banned b => this with { Members = Members.Remove(b.User), Bans = Bans.Add(b.User) },
        RoomEvent.Unbanned u => this with { Bans = Bans.Remove(u.User) },
        RoomEvent.RoleGiven r => this with { Members = Members.SetItem(r.User, Members[r.User] with { Role = r.Role }) },
        RoomEvent.Configured c => this with
        {
            Name = c.Name ?? Name,
            Topic = c.Topic ?? Topic,
            Visibility = c.Visibility ?? Visibility,
            Slow = c.Slow ?? Slow,
        },
        // Most messages change nothing that decides about the next event.
        RoomEvent.Message m when Slow > 0 || KnownMessages is not null => this with
        {
            Members = Slow > 0 ? Members.SetItem(m.By, Members[m.By] with { LastPost = m.At }) : Members,
            KnownMessages = KnownMessages?.SetItem(m.Seq, new(m.By, false)),
        },
        // A log that is read again deletes messages which nobody looked up.
        RoomEvent.Deleted d when KnownMessages?.TryGetValue(d.Target, out var message) == true => this with
        {
            KnownMessages = KnownMessages.SetItem(d.Target, message with { Deleted = true }),
        },
        _ => this,
    };

    /// <summary>The state without what was looked up for commands that are now done.</summary>
    public RoomState Forget() => KnownMessages is null && KnownPeople.IsEmpty ? this : this with
    {
        KnownMessages = null,
        KnownPeople = KnownPeople.Clear(),
    };
}
