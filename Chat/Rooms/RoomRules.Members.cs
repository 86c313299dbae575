using OrleansChat.Users;

namespace OrleansChat.Rooms;

/// <summary>Coming, going, and who is what.</summary>
public static partial class RoomRules
{
    private static Decision Create(RoomState room, Actor actor, RoomCommand.Create create, RoomLimits limits)
    {
        if (room.Id.IsDirect) return Refusal.BadRequest("A direct room is opened with dm.");
        if (Texts.Check("name", create.Name ?? room.Id.Value, 1, Texts.MaxName, out var name) is { } badName) return badName;
        if (Texts.Check("topic", create.Topic, 0, Texts.MaxTopic, out var topic) is { } badTopic) return badTopic;
        if (room.Exists || room.WasDestroyed) return Refusal.Conflict($"The name '{room.Id}' is taken.");
        if (TooManyRooms(room, actor.Id, limits) is { } full) return full;
        return new RoomEvent.Created(name, create.Visibility, topic.Length > 0 ? topic : null);
    }

    private static Decision OpenDirect(RoomState room, Actor actor, RoomCommand.OpenDirect open, RoomLimits limits)
    {
        if (open.Peer == actor.Id) return Refusal.BadRequest("A direct room is for two.");
        if (open.Peer.IsBot) return Refusal.BadRequest("A bot takes no direct messages.");
        if (room.Id != RoomId.Direct(actor.Id, open.Peer)) return Refusal.BadRequest("That is not the room of you two.");
        if (Unknown(room, open.Peer) is { } unknown) return unknown;
        if (room.Exists) return new Decision.Unchanged();
        if (room.Blocked) return BlockedDirect();
        if ((TooManyRooms(room, actor.Id, limits) ?? TooManyRooms(room, open.Peer, limits)) is { } full) return full;
        return new Decision.Happened(new RoomEvent.Created(room.Id.Value, Visibility.Private), new RoomEvent.Invited(open.Peer));
    }

    private static Decision Join(RoomState room, Actor actor, RoomLimits limits) =>
        room.Members.ContainsKey(actor.Id) ? new Decision.Unchanged()
        : room.Bans.Contains(actor.Id) ? YouAreBanned() // an administrator sees the room, and lifts the ban before coming in
        : TooManyRooms(room, actor.Id, limits) is { } full ? full
        : new RoomEvent.Joined();

    private static Decision Leave(RoomState room, Actor actor) => Without(room, actor.Id, new RoomEvent.Left());

    private static Decision Invite(RoomState room, Actor actor, RoomCommand.Invite invite, RoomLimits limits) =>
        invite.User.IsBot && Rank(room, actor) < ModeratorRank ? Forbidden("bring a bot in")
        : Unknown(room, invite.User) is { } unknown ? unknown
        : room.Members.ContainsKey(invite.User) ? new Decision.Unchanged()
        : room.Bans.Contains(invite.User) ? Refusal.Banned($"{invite.User} is banned from this room.")
        : TooManyRooms(room, invite.User, limits) is { } full ? full
        : new RoomEvent.Invited(invite.User);

    private static Decision Kick(RoomState room, Actor actor, RoomCommand.Kick kick)
    {
        if (Reason(kick.Reason, out var reason) is { } bad) return bad;
        if (kick.User == actor.Id) return Refusal.BadRequest("To go yourself, leave.");
        if (OutOfReach(room, actor, kick.User, $"remove {kick.User}") is { } forbidden) return forbidden;
        return room.Members.ContainsKey(kick.User) ? Without(room, kick.User, new RoomEvent.Kicked(kick.User, reason)) : NoSuchMember(kick.User);
    }

    private static Decision Ban(RoomState room, Actor actor, RoomCommand.Ban ban)
    {
        if (Reason(ban.Reason, out var reason) is { } bad) return bad;
        if (ban.User == actor.Id) return Refusal.BadRequest("Nobody bans themselves.");
        if (OutOfReach(room, actor, ban.User, $"ban {ban.User}") is { } forbidden) return forbidden;
        if (Unknown(room, ban.User) is { } unknown) return unknown;
        return room.Bans.Contains(ban.User) ? new Decision.Unchanged() : Without(room, ban.User, new RoomEvent.Banned(ban.User, reason));
    }

    private static Decision Unban(RoomState room, Actor actor, RoomCommand.Unban unban) =>
        OutOfReach(room, actor, unban.User, "lift bans") is { } forbidden ? forbidden
        : room.Bans.Contains(unban.User) ? new RoomEvent.Unbanned(unban.User)
        : new Decision.Unchanged();

    private static Decision GiveRole(RoomState room, Actor actor, RoomCommand.GiveRole give)
    {
        if (Rank(room, actor) < OwnerRank) return Forbidden("give roles");
        if (room.Member(give.User) is not { } member) return NoSuchMember(give.User);
        if (give.User.IsBot) return Refusal.BadRequest("A bot is a member and nothing else.");
        if (member.Role == give.Role) return new Decision.Unchanged();
        if (IsLastOwner(room, give.User)) return Refusal.Conflict("Make somebody else an owner first.");
        return new RoomEvent.RoleGiven(give.User, give.Role);
    }

    private static Decision Configure(RoomState room, Actor actor, RoomCommand.Configure configure)
    {
        if (Rank(room, actor) < ModeratorRank) return Forbidden("change this room");
        if (configure.Visibility is not null && Rank(room, actor) < OwnerRank) return Forbidden("change who sees this room");
        string? name = null, topic = null;
        if (configure.Name is not null && Texts.Check("name", configure.Name, 1, Texts.MaxName, out name) is { } badName) return badName;
        if (configure.Topic is not null && Texts.Check("topic", configure.Topic, 0, Texts.MaxTopic, out topic) is { } badTopic) return badTopic;
        if (configure.Slow is < 0 or > 3600) return Refusal.BadRequest("Slow mode is 0–3600 seconds.");
        var changed = new RoomEvent.Configured(
            name == room.Name ? null : name,
            topic == room.Topic ? null : topic,
            configure.Visibility == room.Visibility ? null : configure.Visibility,
            configure.Slow == room.Slow ? null : configure.Slow);
        return changed is { Name: null, Topic: null, Visibility: null, Slow: null } ? new Decision.Unchanged() : changed;
    }

    /// <summary>Somebody goes; where the last owner did, the one who has served longest follows by an event of its own.</summary>
    private static Decision Without(RoomState room, UserId gone, RoomEvent going)
    {
        var heirs = room.Members.Where(m => m.Key != gone && !m.Key.IsBot).ToList();
        if (!IsLastOwner(room, gone) || heirs.Count == 0) return going;
        var heir = heirs.OrderByDescending(m => m.Value.Role).ThenBy(m => m.Value.Since).First().Key;
        return new Decision.Happened(going, new RoomEvent.RoleGiven(heir, Role.Owner));
    }

    private static bool IsLastOwner(RoomState room, UserId user) =>
        room.Member(user) is { Role: Role.Owner } && room.Members.Count(m => m.Value.Role is Role.Owner) == 1;

    private static Refusal? Reason(string? given, out string? reason)
    {
        reason = null;
        return given is null ? null : Texts.Check("reason", given, 1, Texts.MaxReason, out reason);
    }

    private static Refusal NoSuchMember(UserId user) => Refusal.NotFound($"{user} is not a member of this room.");

    private static Refusal? Unknown(RoomState room, UserId user) =>
        room.Members.ContainsKey(user) || room.KnownPeople.GetValueOrDefault(user) is { Exists: true }
            ? null
            : Refusal.NotFound($"There is no user '{user}'.");

    private static Refusal? TooManyRooms(RoomState room, UserId user, RoomLimits limits) =>
        room.KnownPeople.GetValueOrDefault(user)?.Rooms >= limits.RoomsPerUser
            ? Refusal.RateLimited($"{user} is in {limits.RoomsPerUser} rooms, and no more are allowed.", TimeSpan.FromMinutes(1))
            : null;
}
