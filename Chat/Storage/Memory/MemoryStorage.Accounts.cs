using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Memory;

/// <content>Accounts, sessions, blocks and the key ring, behind one lock: all of it is rare and short.</content>
public sealed partial class MemoryStorage
{
    private readonly Lock people = new();
    private readonly Dictionary<UserId, Account?> accounts = []; // null: removed, and never free again
    private readonly Dictionary<SessionId, Session> sessions = [];
    private readonly HashSet<(UserId By, UserId Other)> blocks = [];
    private readonly SortedDictionary<string, string> keys = new(StringComparer.Ordinal);

    public Task<bool> AddAccount(Account account)
    {
        lock (people) return Task.FromResult(accounts.TryAdd(account.Id, account));
    }

    public Task<Account?> FindAccount(UserId user)
    {
        lock (people) return Task.FromResult(accounts.GetValueOrDefault(user));
    }

    public Task<IReadOnlyDictionary<UserId, Profile>> Profiles(IReadOnlyCollection<UserId> users) =>
        Task.FromResult<IReadOnlyDictionary<UserId, Profile>>(
            Standing(users).ToDictionary(a => a.Id, a => new Profile(a.Name, a.LastActive)));

    private List<Account> Standing(IReadOnlyCollection<UserId> users)
    {
        lock (people) return [.. users.Distinct().Select(u => accounts.GetValueOrDefault(u)).OfType<Account>()];
    }

    public Task SetPassword(UserId user, string passwordHash)
    {
        Change(user, account => account with { PasswordHash = passwordHash });
        return Task.CompletedTask;
    }

    public Task SaveActivity(IReadOnlyDictionary<UserId, DateTimeOffset> lastActive)
    {
        foreach (var (user, time) in lastActive)
        {
            Change(user, account => account.LastActive < time ? account with { LastActive = time } : account);
        }

        return Task.CompletedTask;
    }

    private void Change(UserId user, Func<Account, Account> change)
    {
        lock (people)
        {
            if (accounts.GetValueOrDefault(user) is { } account) accounts[user] = change(account);
        }
    }

    public Task RemoveAccount(UserId user)
    {
        lock (people)
        {
            if (accounts.ContainsKey(user)) accounts[user] = null;
            foreach (var (id, _) in sessions.Where(s => s.Value.User == user).ToList()) sessions.Remove(id);
            blocks.RemoveWhere(b => b.By == user || b.Other == user);
            RemoveHooks(hook => hook.Bot == user);
        }

        return Task.CompletedTask;
    }

    public Task<bool> HasAdministrator()
    {
        lock (people) return Task.FromResult(accounts.Values.Any(a => a is { Admin: true }));
    }

    public Task AddSession(Session session)
    {
        lock (people) sessions[session.Id] = session;
        return Task.CompletedTask;
    }

    public Task<(Session Session, Account Account)?> FindSession(SessionId session, DateTimeOffset now)
    {
        lock (people)
        {
            return Task.FromResult<(Session, Account)?>(
                sessions.TryGetValue(session, out var found) && found.Expires > now && accounts.GetValueOrDefault(found.User) is { } account
                    ? (found, account)
                    : null);
        }
    }

    public Task EndSession(SessionId session)
    {
        lock (people) sessions.Remove(session);
        return Task.CompletedTask;
    }

    public Task SweepSessions(DateTimeOffset now)
    {
        lock (people)
        {
            foreach (var (id, _) in sessions.Where(s => s.Value.Expires < now).ToList()) sessions.Remove(id);
        }

        return Task.CompletedTask;
    }

    public Task SetBlock(UserId by, UserId other, bool on)
    {
        lock (people)
        {
            if (on) blocks.Add((by, other));
            else blocks.Remove((by, other));
        }

        return Task.CompletedTask;
    }

    private bool Blocks(UserId by, UserId other)
    {
        lock (people) return blocks.Contains((by, other));
    }

    public Task<IReadOnlySet<UserId>> BlockedBy(UserId user)
    {
        lock (people) return Task.FromResult<IReadOnlySet<UserId>>(blocks.Where(b => b.By == user).Select(b => b.Other).ToHashSet());
    }

    public Task<bool> IsBlocked(RoomId direct)
    {
        if (direct.Pair() is not var (one, other)) return Task.FromResult(false);
        lock (people) return Task.FromResult(blocks.Contains((one, other)) || blocks.Contains((other, one)));
    }

    public Task<IReadOnlyList<string>> ReadKeys()
    {
        lock (people) return Task.FromResult<IReadOnlyList<string>>([.. keys.Values]);
    }

    public Task<string> KeepKey(string name, string xml)
    {
        lock (people)
        {
            keys.TryAdd(name, xml);
            return Task.FromResult(keys[name]);
        }
    }

    public Task AddKey(string name, string xml)
    {
        lock (people) keys[name] = xml;
        return Task.CompletedTask;
    }
}
