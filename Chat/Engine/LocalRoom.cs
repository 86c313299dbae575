using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Engine;

/// <summary>A room of the one process, reached turn by turn.</summary>
internal sealed class LocalRoom(Room room, TimeProvider time) : IRoom
{
    private readonly Turns turns = new();
    private bool asked = true; // since it was last looked at
    private long lastAsked;

    public Task<Answer<Receipt>> Submit(Actor actor, RoomCommand command) => Turn(static it => it.room.Submit(it.actor, it.command), (room, actor, command));

    public Task<Answer<HistoryPage>> History(Actor actor, HistoryQuery query) => Turn(() => room.History(actor, query));

    public Task<Answer<RoomStatus>> Status(Actor actor, UserId? after) => Turn(() => room.Status(actor, after));

    public Task<Answer<Done>> MaySearch(Actor actor) => Turn(() => room.MaySearch(actor));

    public Task<Answer<Done>> MayConfigure(Actor actor) => Turn(() => room.MayConfigure(actor));

    public Task<Answer<Done>> MarkRead(Actor actor, long seq) => Turn(() => room.MarkRead(actor, seq));

    public Task<Answer<Done>> Typing(Actor actor) => Turn(() => room.Typing(actor));

    public Task<long> Attach(EdgeId edge) => Turn(() => room.Attach(edge));

    public Task Detach(EdgeId edge) => turns.Run(() => room.Detach(edge));

    public Task Report(EdgeId edge, PresenceReport report) => turns.Run(() => room.Report(edge, report));

    public bool Is(Room other) => room == other;

    /// <summary>Whether it can be let go: nobody holds it, and nobody was found to have asked it for a while.</summary>
    public Task<bool> AtRest(TimeSpan quiet) => turns.Run(() =>
    {
        if (asked) (asked, lastAsked) = (false, time.GetTimestamp());
        return Task.FromResult(room.AtRest && time.GetElapsedTime(lastAsked) > quiet);
    });

    private Task<T> Turn<T>(Func<Task<T>> turn) => Turn(static turn => turn(), turn);

    private Task<T> Turn<T, TWith>(Func<TWith, Task<T>> turn, TWith with)
    {
        asked = true;
        return turns.Run(turn, with);
    }
}
