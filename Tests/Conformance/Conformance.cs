using OrleansChat.Engine;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Conformance;

/// <summary>
/// The ground of the suite of promises that every engine keeps. A class of it knows only the ports; it is made
/// concrete for an engine in one line: <c>public sealed class LocalPosting() : Posting(LocalEngine.Start);</c>.
/// </summary>
public abstract class Conformance(Func<Task<EngineUnderTest>> start) : IAsyncLifetime
{
    /// <summary>No wait of these tests is longer: what has not come by then does not come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string own = Guid.NewGuid().ToString("N")[..8];
    private EngineUnderTest? engine;
    private int keys;

    protected EngineUnderTest Engine => engine ?? throw new InvalidOperationException("The engine has not started.");

    protected IChat Chat => Engine.Edge();

    protected FaultyStorage Storage => Engine.Storage;

    protected Actor Ada { get; private set; } = null!;

    protected Actor Bob { get; private set; } = null!;

    protected Actor Cleo { get; private set; } = null!;

    /// <summary>A public room of Ada's; Bob is a member, Cleo is not.</summary>
    protected RoomId Den { get; private set; }

    public async ValueTask InitializeAsync()
    {
        engine = await start();
        (Ada, Bob, Cleo) = (await Person("ada"), await Person("bob"), await Person("cleo"));
        Den = await NewRoom("den");
        await Do(Bob, Den, new RoomCommand.Join());
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is not null) await engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A new person of this test, known to the storage.</summary>
    protected async Task<Actor> Person(string name)
    {
        var id = UserId.Parse($"{name}-{own}");
        Assert.True(await Storage.AddAccount(new(id, Capital(name), null, false, Then, Then)));
        return new(id);
    }

    /// <summary>Many new people.</summary>
    protected async Task<IReadOnlyList<Actor>> People(int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => Person($"p{i:000}")));

    /// <summary>A new room of Ada's.</summary>
    protected async Task<RoomId> NewRoom(string name, Visibility visibility = Visibility.Public)
    {
        var room = RoomId.Parse($"{name}-{own}");
        await Do(Ada, room, new RoomCommand.Create(Capital(name), null, visibility));
        return room;
    }

    /// <summary>When everybody was last active before the test.</summary>
    protected static DateTimeOffset Then { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    protected Task<Answer<Receipt>> Submit(Actor actor, RoomId room, RoomCommand command, int edge = 0) =>
        Engine.Edge(edge).Room(room).Submit(actor, command).WaitAsync(Patience);

    /// <summary>It must be done, and it is.</summary>
    protected async Task<Receipt> Do(Actor actor, RoomId room, RoomCommand command) => Value(await Submit(actor, room, command));

    protected Task<Receipt> Say(Actor actor, string text, RoomId? room = null, string? key = null) =>
        Do(actor, room ?? Den, Post(text, key));

    /// <summary>A post with a key of its own, where none is given.</summary>
    protected RoomCommand.Post Post(string text, string? key = null) => new(text, key ?? $"key-{Interlocked.Increment(ref keys)}", null);

    /// <summary>Why it is refused.</summary>
    protected async Task<ErrorCode?> Refused(Actor actor, RoomId room, RoomCommand command) =>
        (await Submit(actor, room, command)).Refusal?.Code;

    /// <summary>Repeats while the answer is <c>unavailable</c>, as the protocol says, but not for ever.</summary>
    protected async Task<Receipt> Insist(Actor actor, RoomId room, RoomCommand command)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await Submit(actor, room, command);
            if (answer.Refusal?.Code is not ErrorCode.Unavailable || attempt == 50) return Value(answer);
            if (attempt > 1) await Task.Delay(TimeSpan.FromSeconds(answer.Refusal.RetryAfter ?? 0));
        }
    }

    /// <summary>
    /// Puts an end to the room's present activation: somebody else opens its log, and its next append fails. What
    /// comes after it finds a new activation.
    /// </summary>
    protected async Task Reactivate(RoomId room)
    {
        await Storage.OpenRoom(room);
        await Insist(Ada, room, Post("Are we still there?"));
    }

    protected Task<IReadOnlyList<RoomEvent>> Log(RoomId? room = null) => Storage.ReadEvents(room ?? Den, 0, 10_000);

    protected async Task<IReadOnlyList<MessageView>> History(RoomId? room = null) =>
        Value(await Chat.Room(room ?? Den).History(Ada, new(Limit: HistoryQuery.MaxLimit)).WaitAsync(Patience)).Messages;

    protected async Task<RoomStatus> Status(RoomId? room = null) => Value(await Chat.Room(room ?? Den).Status(Ada, null).WaitAsync(Patience));

    protected Task<RoomListener> Listen(RoomId? room = null, int edge = 0) => RoomListener.To(room ?? Den, Engine.Edge(edge));

    protected Task<UserListener> Listen(Actor user, int edge = 0) => UserListener.To(user.Id, Engine.Edge(edge));

    protected static T Value<T>(Answer<T> answer)
    {
        Assert.True(answer.Ok, answer.Refusal?.ToString());
        return answer.Value;
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
