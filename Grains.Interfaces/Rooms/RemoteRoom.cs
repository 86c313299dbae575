using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Grains.Interfaces.Rooms;

/// <summary>A room as its callers reach it: where the cluster fails a call, the answer is the protocol's <c>unavailable</c>.</summary>
public sealed class RemoteRoom(RoomId id, IRoomGrain room, RoomOrders orders) : IRoom
{
    public Task<Answer<Receipt>> Submit(Actor actor, RoomCommand command) => orders.Submit(id, actor, command);

    public Task<Answer<HistoryPage>> History(Actor actor, HistoryQuery query) => Remote.Answer(room.History(actor, query));

    public Task<Answer<RoomStatus>> Status(Actor actor, UserId? after) => Remote.Answer(room.Status(actor, after));

    public Task<Answer<Done>> MaySearch(Actor actor) => Remote.Answer(room.MaySearch(actor));

    public Task<Answer<Done>> MayConfigure(Actor actor) => Remote.Answer(room.MayConfigure(actor));

    public Task<Answer<Done>> MarkRead(Actor actor, long seq) => Remote.Answer(room.MarkRead(actor, seq));

    public Task<Answer<Done>> Typing(Actor actor) => Remote.Answer(room.Typing(actor));

    public Task<long> Attach(EdgeId edge) => Remote.Call(room.Attach(edge));

    public Task Detach(EdgeId edge) => Remote.Call(room.Detach(edge));

    public Task Report(EdgeId edge, PresenceReport report) => Remote.Call(room.Report(edge, report));
}
