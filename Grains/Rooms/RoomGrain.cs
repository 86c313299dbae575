using System.Diagnostics;
using Orleans.Concurrency;
using OrleansChat.Engine;
using OrleansChat.Grains.Interfaces.Rooms;
using OrleansChat.Nodes;
using OrleansChat.Presence;
using OrleansChat.Rooms;

namespace OrleansChat.Grains.Rooms;

/// <summary>
/// A <see cref="Room"/> that lives in the cluster. It adds whom its news go to, and no rules.
/// </summary>
/// <remarks>
/// Reentrant: while an append is under way the next commands must come in to gather for the next one (group commit),
/// and reads go on. Turns still never run at the same time, which is all that <see cref="Room"/> asks of its host.
/// </remarks>
[Reentrant]
public sealed class RoomGrain(IGrainContext context, GrainHost host) : Room(RoomId.Parse(context.GrainId.Key.ToString()!), host), IRoomGrain, IGrainBase
{
    /// <summary>Enough for an edge to attach again after an announcement; if it did not, its next renewal does.</summary>
    private static readonly TimeSpan Presumption = TimeSpan.FromSeconds(10);

    private IReadOnlyCollection<EdgeId> presumed = [];
    private DateTimeOffset presumedUntil;

    public IGrainContext GrainContext => context;

    /// <summary>The edges that this news goes to. Passing news goes to those alone that are known to hold the room.</summary>
    internal IEnumerable<EdgeId> Audience(RoomNews news) =>
        news is RoomNews.Announced or RoomNews.Happened or RoomNews.Gone && host.Time.GetUtcNow() < presumedUntil ? presumed.Union(Edges) : Edges;

    /// <summary>
    /// A new activation knows of no edge yet, and any that lives may have held the room in the life before: its first
    /// events go to all of them.
    /// </summary>
    internal void Presume(IReadOnlyCollection<EdgeId> living)
    {
        presumed = living;
        presumedUntil = host.Time.GetUtcNow() + Presumption;
    }

    public Task<Answer<Receipt>[]> SubmitAll(RoomOrder[] orders) => Task.WhenAll(orders.Select(Submit));

    private async Task<Answer<Receipt>> Submit(RoomOrder order)
    {
        using var span = ActivityContext.TryParse(order.Trace, null, isRemote: true, out var operation)
            ? ChatTelemetry.Source.StartActivity("room.submit", ActivityKind.Server, operation)
            : null;
        return await Submit(order.Actor, order.Command);
    }

    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        Close();
        return Task.CompletedTask;
    }
}
