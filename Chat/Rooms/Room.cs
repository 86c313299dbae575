using OrleansChat.Engine;

namespace OrleansChat.Rooms;

/// <summary>
/// A room at work: it keeps the state, asks the rules, commits to the log and tells the edges. Its host gives it one
/// turn at a time; turns may interleave where they wait, so that commands gather while an append is under way.
/// </summary>
/// <remarks>
/// Nothing here survives doubt: when an append is fenced off, or its outcome unknown, the room steps down and every
/// later call answers <see cref="ErrorCode.Unavailable"/>; the next activation reads the log.
/// </remarks>
public partial class Room(RoomId id, IRoomHost host) : IRoom
{
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(1); // longer than a node's death goes unnoticed

    private Task? opening;
    private RoomState state = RoomState.Absent(id);
    private long epoch;
    private bool over;

    public RoomId Id => id;

    public Task<Answer<HistoryPage>> History(Actor actor, HistoryQuery query) => Reading<HistoryPage>(async () =>
        RoomRules.Hidden(state, actor) is { } refusal ? refusal : await host.Storage.History(id, query));

    public Task<Answer<Done>> MaySearch(Actor actor) => Reading<Done>(() =>
        Task.FromResult<Answer<Done>>(RoomRules.NotAmongMembers(state, actor) is { } refusal ? refusal : Done.Instance));

    public Task<Answer<Done>> MayConfigure(Actor actor) => Reading<Done>(() =>
        Task.FromResult<Answer<Done>>(RoomRules.NotConfiguring(state, actor) is { } refusal ? refusal : Done.Instance));

    /// <summary>Reads on the stored state; commands that wait for an append are not yet in it.</summary>
    private async Task<Answer<T>> Reading<T>(Func<Task<Answer<T>>> read)
    {
        try
        {
            await Opened();
            return await read();
        }
        catch (UnavailableException)
        {
            return Refusal.Unavailable("The room's storage does not answer; try again.");
        }
    }

    /// <summary>The state is there. Everyone who comes while it is being read waits for the same read.</summary>
    private Task Opened()
    {
        if (over) throw new SteppedDownException(id);
        return opening is null or { IsFaulted: true } ? opening = Open() : opening; // what failed is tried again by the next call
    }

    private async Task Open()
    {
        var opened = await host.Storage.OpenRoom(id);
        (epoch, state) = (opened.Epoch, opened.State);
        host.Publish(this, new RoomNews.Announced(state.Head));
        await WelcomeAgain();
    }

    /// <summary>The activation before may have ended after it stored that somebody came in, and before it told them.</summary>
    private async Task WelcomeAgain()
    {
        var lately = host.Time.GetUtcNow() - Lately;
        if (state.Last < lately) return;
        var events = await host.Storage.ReadEvents(id, Math.Max(0, state.Head - MaxBatch), MaxBatch);
        foreach (var e in events.Where(e => e.At >= lately)) Welcome(e);
    }

    /// <summary>This activation ends in good order: what it still waits for, such as the end of a lease, is no longer its business.</summary>
    protected void Close() => over = true;

    private void StepDown(Exception reason)
    {
        if (over) return;
        over = true;
        host.SteppedDown(this, reason);
    }
}

/// <summary>This activation of a room is over.</summary>
public sealed class SteppedDownException(RoomId room) : UnavailableException($"This activation of '{room}' is over.");
