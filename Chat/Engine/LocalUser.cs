using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Engine;

/// <summary>A user of the one process, reached turn by turn.</summary>
internal sealed class LocalUser(User user) : IUser
{
    private readonly Turns turns = new();

    public Task<UserStatus?> Status() => turns.Run(user.Status);

    public Task Attach(EdgeId edge) => turns.Run(() => user.Attach(edge));

    public Task Detach(EdgeId edge) => turns.Run(() => user.Detach(edge));

    public Task<NewsMark> Seen(EdgeId edge, bool online, DateTimeOffset lastActive) => turns.Run(() => user.Seen(edge, online, lastActive));

    public Task<Answer<Done>> Block(UserId other, bool on) => turns.Run(() => user.Block(other, on));

    public Task Entered(RoomId room, long seq) => turns.Run(() => user.Entered(room, seq));

    public Task SignOut(SessionId session) => turns.Run(() => user.SignOut(session));

    public Task<Answer<Done>> Remove(bool erase) => turns.Run(() => user.Remove(erase));

    public Task<bool> AtRest() => turns.Run(() => Task.FromResult(user.AtRest));
}
