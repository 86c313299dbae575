using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage;

/// <summary>Accounts and guests, their sessions, and who blocks whom.</summary>
public interface IAccounts
{
    /// <summary>Adds a person; false if the id is taken, or ever was.</summary>
    Task<bool> AddAccount(Account account);

    /// <summary>Null for nobody, and for a removed person.</summary>
    Task<Account?> FindAccount(UserId user);

    Task<IReadOnlyDictionary<UserId, Profile>> Profiles(IReadOnlyCollection<UserId> users);

    Task SetPassword(UserId user, string passwordHash);

    /// <summary>Moves times of last activity forward, in one batch.</summary>
    Task SaveActivity(IReadOnlyDictionary<UserId, DateTimeOffset> lastActive);

    /// <summary>Removes name, password, blocks and sessions; the id stays taken.</summary>
    Task RemoveAccount(UserId user);

    /// <summary>True if any account has the administrator's rights.</summary>
    Task<bool> HasAdministrator();

    Task AddSession(Session session);

    /// <summary>Null when there is none, it ended, or it is over at <paramref name="now"/>.</summary>
    Task<(Session Session, Account Account)?> FindSession(SessionId session, DateTimeOffset now);

    Task EndSession(SessionId session);

    /// <summary>Erases sessions that were over before <paramref name="now"/>.</summary>
    Task SweepSessions(DateTimeOffset now);

    /// <summary>Sets or lifts a block; repeating it changes nothing.</summary>
    Task SetBlock(UserId by, UserId other, bool on);

    Task<IReadOnlySet<UserId>> BlockedBy(UserId user);

    /// <summary>Whether one of the two in a direct room blocks the other.</summary>
    Task<bool> IsBlocked(RoomId direct);
}

/// <param name="PasswordHash">Null for a guest, who has no password.</param>
/// <param name="LastActive">When they last did something.</param>
public sealed record Account(UserId Id, string Name, string? PasswordHash, bool Admin, DateTimeOffset Created, DateTimeOffset LastActive);

/// <summary>What others see of a person.</summary>
public sealed record Profile(string Name, DateTimeOffset LastActive);

/// <param name="Expires">After this the session's tokens are worth nothing.</param>
public sealed record Session(SessionId Id, UserId User, DateTimeOffset Expires);
