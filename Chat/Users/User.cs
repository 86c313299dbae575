using OrleansChat.Engine;
using OrleansChat.Presence;
using OrleansChat.Rooms;

namespace OrleansChat.Users;

/// <summary>A person at work: which edges have them connected, and what reaches all their sessions.</summary>
public class User(UserId id, IUserHost host) : IUser
{
    private readonly Dictionary<EdgeId, DateTimeOffset> leases = []; // until when each edge has them
    private DateTimeOffset active;

    public async Task<UserStatus?> Status()
    {
        if ((await host.Storage.Profiles([id])).GetValueOrDefault(id) is not { } profile) return null;
        return new(id, profile.Name, IsOnline, profile.LastActive > active ? profile.LastActive : active);
    }

    public Task Seen(EdgeId edge, bool online, DateTimeOffset lastActive)
    {
        if (online) leases[edge] = host.Time.GetUtcNow() + RoomPresence.Lease;
        else leases.Remove(edge);
        if (lastActive > active) active = lastActive;
        return Task.CompletedTask;
    }

    public async Task<Answer<Done>> Block(UserId other, bool on)
    {
        if (other == id) return Refusal.BadRequest("Nobody blocks themselves.");
        if (await host.Storage.FindAccount(other) is null) return Refusal.NotFound($"There is no user '{other}'.");
        await host.Storage.SetBlock(id, other, on);
        host.Tell(id, new UserNews.BlocksChanged());
        return Done.Instance;
    }

    public Task Entered(RoomId room, long seq)
    {
        host.Tell(id, new UserNews.Entered(room, seq));
        return Task.CompletedTask;
    }

    public async Task SignOut(SessionId session)
    {
        await host.Storage.EndSession(session);
        host.Tell(id, new UserNews.SignedOut(session));
    }

    public async Task<Answer<Done>> Remove(bool erase)
    {
        // Whoever may remove the account may take its words and its places with it, whatever it is in each room.
        var actor = new Actor(id, Admin: true);
        while (erase && await host.Storage.MessagesBy(id) is { Count: > 0 } messages)
        {
            var answers = await Task.WhenAll(messages.Select(m => host.Room(m.Room).Submit(actor, new RoomCommand.Delete(m.Seq))));
            if (Failed(answers) is { } refusal) return refusal;
        }

        var rooms = (await host.Storage.RoomsOf(id)).Where(entry => !entry.Room.IsDirect);
        var left = await Task.WhenAll(rooms.Select(entry => host.Room(entry.Room).Submit(actor, new RoomCommand.Leave())));
        if (Failed(left) is { } stuck) return stuck;

        await host.Storage.RemoveAccount(id);
        host.Tell(id, new UserNews.SignedOut(null));
        return Done.Instance;
    }

    /// <summary>A user's object at rest can be let go: no edge has them.</summary>
    protected internal bool AtRest => !IsOnline;

    private bool IsOnline => leases.Values.Any(until => until > host.Time.GetUtcNow());

    /// <summary>A message or a place that is gone already is as good as removed; anything else stops the removal.</summary>
    private static Refusal? Failed(IEnumerable<Answer<Receipt>> answers) =>
        answers.Select(answer => answer.Refusal)
            .FirstOrDefault(refusal => refusal is { Code: not (ErrorCode.NotFound or ErrorCode.NotMember) });
}
