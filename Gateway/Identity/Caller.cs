using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Identity;

/// <summary>Who is at the other end, as their token proved: the only source of who speaks.</summary>
public sealed record Caller(UserId Id, string Name, bool Admin, SessionId Session)
{
    public static Caller Of(Account account, SessionId session) => new(account.Id, account.Name, account.Admin, session);

    public Actor Actor => new(Id, Admin);
}
