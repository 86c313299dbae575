using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Grains.Interfaces.Users;

/// <summary>A user as callers reach them: where the cluster fails a call, it is <c>unavailable</c>.</summary>
public sealed class RemoteUser(IUserGrain user) : IUser
{
    public Task<UserStatus?> Status() => Remote.Call(user.Status());

    public Task Attach(EdgeId edge) => Remote.Call(user.Attach(edge));

    public Task Detach(EdgeId edge) => Remote.Call(user.Detach(edge));

    public Task<NewsMark> Seen(EdgeId edge, bool online, DateTimeOffset lastActive) => Remote.Call(user.Seen(edge, online, lastActive));

    public Task<Answer<Done>> Block(UserId other, bool on) => Remote.Answer(user.Block(other, on));

    public Task Entered(RoomId room, long seq) => Remote.Call(user.Entered(room, seq));

    public Task SignOut(SessionId session) => Remote.Call(user.SignOut(session));

    public Task<Answer<Done>> Remove(bool erase) => Remote.Answer(user.Remove(erase));
}
