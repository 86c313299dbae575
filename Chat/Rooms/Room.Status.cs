using System.Collections.Immutable;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Rooms;

/// <summary>The chat status of the room, as far as the one who asks may see it.</summary>
public partial class Room
{
    public Task<Answer<RoomStatus>> Status(Actor actor, UserId? after) => Reading<RoomStatus>(async () =>
    {
        if (RoomRules.Hidden(state, actor) is { } refusal) return refusal;
        var now = state;
        var page = now.Members.Keys
            .Where(user => after is null || string.CompareOrdinal(user.Value, after.Value.Value) > 0)
            .OrderBy(user => user.Value, StringComparer.Ordinal)
            .Take(RoomStatus.MembersPerPage + 1)
            .ToList();
        var more = page.Count > RoomStatus.MembersPerPage;
        if (more) page.RemoveAt(page.Count - 1);

        var profiles = await host.Storage.Profiles(page);
        var recent = await host.Storage.History(id, new(Limit: RoomStatus.RecentMessages));
        var read = now.Members.ContainsKey(actor.Id) && now.Members.Count <= RoomStatus.MembersWithMarks ? await ReadMarks(page) : null;
        var banned = after is null && RoomRules.MayUnban(now, actor) ? await Banned(now.Bans) : null;
        var name = id.PeerOf(actor.Id) is { } peer && profiles.TryGetValue(peer, out var other) ? other.Name : now.Name;
        return new RoomStatus(id, name, now.Topic, now.Visibility, now.Head,
            [.. page.Select(user => Participant(user, now.Members[user], profiles.GetValueOrDefault(user), read?.GetValueOrDefault(user), recent.Messages))],
            more, recent.Messages, now.Slow, banned);
    });

    /// <param name="recent">What somebody said a moment ago is fresher than what is stored of them.</param>
    private Participant Participant(UserId user, Member member, Profile? profile, long? read, IReadOnlyList<MessageView> recent)
    {
        var active = profile?.LastActive ?? DateTimeOffset.UnixEpoch;
        if (recent.LastOrDefault(message => message.By == user) is { } said && said.At > active) active = said.At;
        return new(user, profile?.Name ?? user.Value, member.Role, presence.IsOnline(user), active, read);
    }

    /// <summary>The members' read marks: those that moved lately are further on here than in storage.</summary>
    private async Task<Dictionary<UserId, long>> ReadMarks(IReadOnlyCollection<UserId> users)
    {
        var stored = await host.Storage.ReadMarks(id, users);
        return users.ToDictionary(user => user, user => marks.TryGetValue(user, out var live) ? live : stored.GetValueOrDefault(user));
    }

    private async Task<IReadOnlyList<BannedUser>?> Banned(ImmutableHashSet<UserId> bans)
    {
        if (bans.IsEmpty) return null;
        var users = bans.OrderBy(user => user.Value, StringComparer.Ordinal).Take(RoomStatus.BannedShown).ToList();
        var profiles = await host.Storage.Profiles(users);
        return [.. users.Select(user => new BannedUser(user, profiles.GetValueOrDefault(user)?.Name ?? user.Value))];
    }
}
