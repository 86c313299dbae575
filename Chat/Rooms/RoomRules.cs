using OrleansChat.Users;

namespace OrleansChat.Rooms;

/// <summary>
/// Who may do what in a room, for all ways in: the table of the protocol as one pure function. No clock, no storage,
/// no task.
/// </summary>
public static partial class RoomRules
{
    /// <summary>What the room says to <paramref name="command"/>: a refusal, or the room's next events.</summary>
    public static Decision Decide(RoomState room, Actor actor, RoomCommand command, DateTimeOffset now, RoomLimits limits)
    {
        var member = room.Members.ContainsKey(actor.Id);
        return Stamp(room, actor, now, command switch
        {
            RoomCommand.Create create => Create(room, actor, create, limits),
            RoomCommand.OpenDirect open => OpenDirect(room, actor, open, limits),
            _ when Hidden(room, actor, member) is { } refusal => refusal,
            RoomCommand.Join when !room.Id.IsDirect => Join(room, actor, limits),
            _ when NotTaken(room, actor, member, command) is { } refusal => refusal,
            RoomCommand.Leave => Leave(room, actor),
            RoomCommand.Post post => Post(room, actor, post, now, limits),
            RoomCommand.Edit edit => Edit(room, actor, edit, limits),
            RoomCommand.Delete delete => Delete(room, actor, delete),
            RoomCommand.React react => React(room, actor, react),
            RoomCommand.Invite invite => Invite(room, actor, invite, limits),
            RoomCommand.Kick kick => Kick(room, actor, kick),
            RoomCommand.Ban ban => Ban(room, actor, ban),
            RoomCommand.Unban unban => Unban(room, actor, unban),
            RoomCommand.GiveRole give => GiveRole(room, actor, give),
            RoomCommand.Configure configure => Configure(room, actor, configure),
            RoomCommand.Destroy => Rank(room, actor) >= OwnerRank ? new Decision.Erased() : Forbidden("destroy this room"),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "A command without a rule."),
        });
    }

    /// <summary>
    /// Why this room is not to be seen by them: it does not exist, it is private and not theirs (which sounds the
    /// same), or they are banned. Null where they may see it.
    /// </summary>
    public static Refusal? Hidden(RoomState room, Actor actor) => Hidden(room, actor, room.Members.ContainsKey(actor.Id));

    private static Refusal? Hidden(RoomState room, Actor actor, bool member) =>
        !room.Exists ? NoSuchRoom(room.Id)
        : member ? null
        : room.Id.IsDirect ? NoSuchRoom(room.Id)
        : actor.Admin ? null
        : room.Visibility is Visibility.Private ? NoSuchRoom(room.Id)
        : room.Bans.Contains(actor.Id) ? YouAreBanned()
        : null;

    /// <summary>Why they may not do what only members may; null where they are one.</summary>
    public static Refusal? NotAmongMembers(RoomState room, Actor actor) =>
        Hidden(room, actor) ?? (room.Members.ContainsKey(actor.Id) ? null : Refusal.NotMember());

    /// <summary>Whether they may lift bans here, and so see whom they could let in again.</summary>
    public static bool MayUnban(RoomState room, Actor actor) => !room.Id.IsDirect && Rank(room, actor) >= ModeratorRank;

    /// <summary>Why they may not change this room and what is connected to it; null where they may.</summary>
    public static Refusal? NotConfiguring(RoomState room, Actor actor) =>
        Hidden(room, actor) ?? NotTaken(room, actor, room.Members.ContainsKey(actor.Id), new RoomCommand.Configure(null, null, null, null))
            ?? (Rank(room, actor) >= ModeratorRank ? null : Forbidden("change this room"));

    private static Refusal YouAreBanned() => Refusal.Banned("You are banned from this room.");

    public static Refusal NoSuchRoom(RoomId room) => Refusal.NotFound($"There is no room '{room}'.");

    /// <summary>To those who may see the room: a direct one takes few commands; most commands take a member, and some an administrator instead.</summary>
    private static Refusal? NotTaken(RoomState room, Actor actor, bool member, RoomCommand command)
    {
        var amongFriends = command is RoomCommand.Post or RoomCommand.Edit or RoomCommand.Delete or RoomCommand.React;
        if (room.Id.IsDirect && !amongFriends) return Refusal.Forbidden("A direct room is only for talking.");
        if (room.Blocked && command is not RoomCommand.Delete) return BlockedDirect();

        var asAdmin = command is not (RoomCommand.Leave or RoomCommand.Post or RoomCommand.Edit or RoomCommand.React);
        return (actor.Admin && asAdmin) || member ? null : Refusal.NotMember();
    }

    /// <summary>Why nothing is said in this direct room; null where talking is free.</summary>
    public static Refusal BlockedDirect() => Refusal.Forbidden("One of you has blocked the other.");

    // Ranks: a stranger 0, a member 1, a moderator 2, an owner 3, an administrator 4.
    private const int MemberRank = 1;
    private const int ModeratorRank = 2;
    private const int OwnerRank = 3;
    private const int AdminRank = 4;

    private static int Rank(RoomState room, Actor actor) => actor.Admin ? AdminRank : Rank(room, actor.Id);

    private static int Rank(RoomState room, UserId user) => room.Member(user) is { } member ? (int)member.Role + MemberRank : 0;

    /// <summary>
    /// A moderator's hand reaches members; an owner's and an administrator's reaches all. In a direct room nobody's
    /// reaches the other one, whoever opened it.
    /// </summary>
    private static Refusal? OutOfReach(RoomState room, Actor actor, UserId target, string what)
    {
        var rank = room.Id.IsDirect ? MemberRank : Rank(room, actor);
        return rank < ModeratorRank || (rank == ModeratorRank && Rank(room, target) >= ModeratorRank) ? Forbidden(what) : null;
    }

    private static Refusal Forbidden(string what) => Refusal.Forbidden($"Your role does not let you {what}.");

    /// <summary>Numbers the events on from the room's head and dates them, never before the event before them.</summary>
    private static Decision Stamp(RoomState room, Actor actor, DateTimeOffset now, Decision decision)
    {
        if (decision is not Decision.Happened happened) return decision;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(now.ToUnixTimeMilliseconds(), room.Last.ToUnixTimeMilliseconds()));
        var events = happened.Events;
        for (var i = 0; i < events.Length; i++) events[i].Stamp(room.Head + 1 + i, at, actor.Id);
        return decision;
    }
}
