using OrleansChat.Engine;
using OrleansChat.Presence;
using OrleansChat.Rooms;

namespace OrleansChat.Users;

/// <summary>A person at work: which edges have them connected, and what reaches all their sessions.</summary>
public class User(UserId id, IUserHost host) : IUser
{
    private readonly List<Follower> followers = new(1); // hardly anybody is at several edges
    private DateTimeOffset active;

    public UserId Id => id;

    public async Task<UserStatus?> Status()
    {
        if ((await host.Storage.Profiles([id])).GetValueOrDefault(id) is not { } profile) return null;
        return new(id, profile.Name, IsOnline, profile.LastActive > active ? profile.LastActive : active);
    }

    public Task Attach(EdgeId edge)
    {
        Renew(edge);
        return Task.CompletedTask;
    }

    public Task Detach(EdgeId edge)
    {
        followers.RemoveAll(follower => follower.Edge == edge);
        return Task.CompletedTask;
    }

    public Task<NewsMark> Seen(EdgeId edge, bool online, DateTimeOffset lastActive)
    {
        if (lastActive > active) active = lastActive;
        if (online) Renew(edge);
        if (FollowerAt(edge) is not { } follower) return Task.FromResult(default(NewsMark));
        follower.Online = online;
        return Task.FromResult(new NewsMark(follower.Life, follower.Told));
    }

    public async Task<Answer<Done>> Block(UserId other, bool on)
    {
        if (other == id) return Refusal.BadRequest("Nobody blocks themselves.");
        if (await host.Storage.FindAccount(other) is null) return Refusal.NotFound($"There is no user '{other}'.");
        await host.Storage.SetBlock(id, other, on);
        Tell(new UserNews.BlocksChanged());
        return Done.Instance;
    }

    public Task Entered(RoomId room, long seq)
    {
        Tell(new UserNews.Entered(room, seq));
        return Task.CompletedTask;
    }

    public async Task SignOut(SessionId session)
    {
        await host.Storage.EndSession(session);
        Tell(new UserNews.SignedOut(session));
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
        Tell(new UserNews.SignedOut(null));
        return Done.Instance;
    }

    /// <summary>The edges that take the user's news.</summary>
    public IEnumerable<EdgeId> Edges => followers.Select(follower => follower.Edge);

    /// <summary>A user's object at rest can be let go: no edge has them.</summary>
    protected internal bool AtRest => !Living.Any();

    private bool IsOnline => Living.Any(follower => follower.Online);

    private IEnumerable<Follower> Living => followers.Where(follower => follower.Until > host.Time.GetUtcNow());

    private Follower Renew(EdgeId edge)
    {
        var follower = FollowerAt(edge);
        if (follower is null) followers.Add(follower = new(edge));
        follower.Until = host.Time.GetUtcNow() + RoomPresence.Lease;
        return follower;
    }

    private Follower? FollowerAt(EdgeId edge) => followers.Find(follower => follower.Edge == edge);

    private void Tell(UserNews news)
    {
        followers.RemoveAll(follower => follower.Until <= host.Time.GetUtcNow());
        followers.ForEach(follower => follower.Told++);

        host.Tell(this, news);
    }

    /// <summary>A message or a place that is gone already is as good as removed; anything else stops the removal.</summary>
    private static Refusal? Failed(IEnumerable<Answer<Receipt>> answers) =>
        answers.Select(answer => answer.Refusal)
            .FirstOrDefault(refusal => refusal is { Code: not (ErrorCode.NotFound or ErrorCode.NotMember) });

    /// <summary>What the user's object knows of an edge that takes their news.</summary>
    private sealed class Follower(EdgeId edge)
    {
        public EdgeId Edge => edge;

        /// <summary>An edge that was forgotten and comes again is another one: nobody knows what it missed meanwhile.</summary>
        public readonly Guid Life = Guid.NewGuid();
        public DateTimeOffset Until;
        public bool Online;
        public long Told;
    }
}
