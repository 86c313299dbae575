using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OrleansChat.Hooks;
using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Conformance;

/// <summary>
/// A storage that works, unless a test has something else in mind for a room's next append, or for all of it. Like a
/// real one it never answers at once, so that turns interleave.
/// </summary>
public sealed class FaultyStorage(IStorage storage) : IStorage
{
    private readonly ConcurrentDictionary<RoomId, Func<Func<Task<AppendOutcome>>, Task<AppendOutcome>>> plans = [];
    private volatile TaskCompletionSource? hanging;
    private HeldCall? heldEvents;
    private readonly ConcurrentDictionary<string, int> asked = [];
    private readonly ConcurrentDictionary<string, bool> refused = [];

    /// <summary>While true nothing answers.</summary>
    public bool Away { get; set; }

    /// <summary>From now on nothing answers, not even with a failure, until it goes on.</summary>
    public void Hang() => hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void GoOn() => hanging?.TrySetResult();

    /// <summary>How often it was asked something: <c>nameof(IStorage.RoomsOf)</c>.</summary>
    public int Asked(string what) => asked.GetValueOrDefault(what);

    /// <summary>The next question of this name gets no answer.</summary>
    public void RefuseNext(string what) => refused[what] = true;

    public string Description => storage.Description;

    /// <summary>The room's next append fails, and has not taken place.</summary>
    public void LoseNextAppend(RoomId room) => plans[room] = _ => throw Lost();

    /// <summary>The room's next append fails, but has taken place.</summary>
    public void LoseNextAnswer(RoomId room) => plans[room] = async append =>
    {
        await append();
        throw Lost();
    };

    /// <summary>The room's next append waits for the test.</summary>
    public HeldCall HoldNextAppend(RoomId room)
    {
        var held = new HeldCall();
        plans[room] = async append =>
        {
            await held.Pass();
            return await append();
        };
        return held;
    }

    /// <summary>The next events that are read from a log wait for the test.</summary>
    public HeldCall HoldNextEvents() => heldEvents = new();

    public Task<AppendOutcome> Append(Append append) =>
        Ask(s => plans.TryRemove(append.Room, out var plan) ? plan(() => s.Append(append)) : s.Append(append));

    private static StorageUnavailableException Lost() => new("The append's answer is lost, as the test wants it.");

    private async Task<T> Ask<T>(Func<IStorage, Task<T>> call, [CallerMemberName] string what = "")
    {
        asked.AddOrUpdate(what, 1, (_, times) => times + 1);
        if (refused.TryRemove(what, out _)) throw new StorageUnavailableException("The answer is refused, as the test wants it.");
        await Reached();
        return await call(storage);
    }

    private async Task Ask(Func<IStorage, Task> call)
    {
        await Reached();
        await call(storage);
    }

    private async Task Reached()
    {
        await Task.Yield();
        if (hanging is { } there) await there.Task;
        if (Away) throw new StorageUnavailableException("The storage is away, as the test wants it.");
    }

    // Everything else is passed on as it is.

    public Task Open(CancellationToken cancel = default) => Ask(s => s.Open(cancel));

    public Task Ping(CancellationToken cancel = default) => Ask(s => s.Ping(cancel));

    public Task<OpenedRoom> OpenRoom(RoomId room) => Ask(s => s.OpenRoom(room));

    public Task<IReadOnlyList<RoomEvent>> ReadEvents(RoomId room, long after, int limit) => Ask(async s =>
    {
        var events = await s.ReadEvents(room, after, limit);
        if (Interlocked.Exchange(ref heldEvents, null) is { } held) await held.Pass();
        return events;
    });

    public Task<IReadOnlyDictionary<RoomId, long>> Heads(IReadOnlyCollection<RoomId> rooms) => Ask(s => s.Heads(rooms));

    public Task<IReadOnlyDictionary<long, MessageFact>> Messages(RoomId room, IReadOnlyCollection<long> seqs) => Ask(s => s.Messages(room, seqs));

    public Task<Receipt?> FindPost(RoomId room, UserId author, string key) => Ask(s => s.FindPost(room, author, key));

    public Task<bool> DestroyRoom(RoomId room, long epoch) => Ask(s => s.DestroyRoom(room, epoch));

    public Task<IReadOnlyList<RoomEntry>> RoomsOf(UserId user) => Ask(s => s.RoomsOf(user));

    public Task<RoomEntry?> RoomOf(UserId user, RoomId room) => Ask(s => s.RoomOf(user, room));

    public Task<ListedRooms> ListRooms(UserId viewer, bool all, string? query, RoomId? after, int limit) =>
        Ask(s => s.ListRooms(viewer, all, query, after, limit));

    public Task<HistoryPage> History(RoomId room, HistoryQuery query) => Ask(s => s.History(room, query));

    public Task<SearchPage> Search(UserId user, SearchQuery query) => Ask(s => s.Search(user, query));

    public Task SaveReadMarks(RoomId room, IReadOnlyDictionary<UserId, long> marks) => Ask(s => s.SaveReadMarks(room, marks));

    public Task<IReadOnlyDictionary<UserId, long>> ReadMarks(RoomId room, IReadOnlyCollection<UserId> users) => Ask(s => s.ReadMarks(room, users));

    public Task<IReadOnlyList<(RoomId Room, long Seq)>> MessagesBy(UserId user) => Ask(s => s.MessagesBy(user));

    public Task<IReadOnlyDictionary<UserId, PersonFact>> People(IReadOnlyCollection<UserId> users) => Ask(s => s.People(users));

    public Task<bool> AddAccount(Account account) => Ask(s => s.AddAccount(account));

    public Task<Account?> FindAccount(UserId user) => Ask(s => s.FindAccount(user));

    public Task<IReadOnlyDictionary<UserId, Profile>> Profiles(IReadOnlyCollection<UserId> users) => Ask(s => s.Profiles(users));

    public Task SetPassword(UserId user, string passwordHash) => Ask(s => s.SetPassword(user, passwordHash));

    public Task SaveActivity(IReadOnlyDictionary<UserId, DateTimeOffset> lastActive) => Ask(s => s.SaveActivity(lastActive));

    public Task RemoveAccount(UserId user) => Ask(s => s.RemoveAccount(user));

    public Task<bool> HasAdministrator() => Ask(s => s.HasAdministrator());

    public Task AddSession(Session session) => Ask(s => s.AddSession(session));

    public Task<(Session Session, Account Account)?> FindSession(SessionId session, DateTimeOffset now) => Ask(s => s.FindSession(session, now));

    public Task EndSession(SessionId session) => Ask(s => s.EndSession(session));

    public Task SweepSessions(DateTimeOffset now) => Ask(s => s.SweepSessions(now));

    public Task SetBlock(UserId by, UserId other, bool on) => Ask(s => s.SetBlock(by, other, on));

    public Task<IReadOnlySet<UserId>> BlockedBy(UserId user) => Ask(s => s.BlockedBy(user));

    public Task<bool> IsBlocked(RoomId direct) => Ask(s => s.IsBlocked(direct));

    public Task AddToken(ApiToken token, byte[] hash) => Ask(s => s.AddToken(token, hash));

    public Task<(ApiToken Token, Account Account)?> FindToken(byte[] hash, DateTimeOffset now) => Ask(s => s.FindToken(hash, now));

    public Task<IReadOnlyList<ApiToken>> TokensOf(UserId user) => Ask(s => s.TokensOf(user));

    public Task SaveUse(SessionId token, DateTimeOffset at) => Ask(s => s.SaveUse(token, at));

    public Task AddHook(Hook hook, byte[]? hash) => Ask(s => s.AddHook(hook, hash));

    public Task<IReadOnlyList<Hook>> HooksOf(RoomId room) => Ask(s => s.HooksOf(room));

    public Task<(Hook Hook, byte[]? Hash)?> FindHook(HookId hook) => Ask(s => s.FindHook(hook));

    public Task RemoveHook(HookId hook) => Ask(s => s.RemoveHook(hook));

    public Task SwitchHook(HookId hook, bool on, long from = 0, string? error = null) => Ask(s => s.SwitchHook(hook, on, from, error));

    public Task<IReadOnlyList<Hook>> LeaseHooks(EdgeId owner, DateTimeOffset now, DateTimeOffset until) => Ask(s => s.LeaseHooks(owner, now, until));

    public Task<bool> SaveDelivery(HookId hook, EdgeId owner, long cursor, Trouble? trouble) => Ask(s => s.SaveDelivery(hook, owner, cursor, trouble));

    public Task ReleaseHooks(EdgeId owner) => Ask(s => s.ReleaseHooks(owner));

    public Task<string> KeepKey(string name, string xml) => Ask(s => s.KeepKey(name, xml));

    public Task<IReadOnlyList<string>> ReadKeys() => Ask(s => s.ReadKeys());

    public Task AddKey(string name, string xml) => Ask(s => s.AddKey(name, xml));

    public ValueTask DisposeAsync() => storage.DisposeAsync();
}

/// <summary>A call that has reached the storage, and waits there until the test lets it go.</summary>
public sealed class HeldCall
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => reached.Task.WaitAsync(Conformance.Patience);

    public void Release() => released.TrySetResult();

    internal Task Pass()
    {
        reached.TrySetResult();
        return released.Task.WaitAsync(Conformance.Patience);
    }
}
