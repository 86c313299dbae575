using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams.Core;
using OrleansChat.Grains.Interfaces.Edges;
using OrleansChat.Grains.Streams;
using OrleansChat.Presence;

namespace OrleansChat.Grains.Edges;

/// <summary>
/// Keeps the edges that live. They come and go rarely, so the list is stored whenever it changes: this grain may die
/// with the very node whose rooms must be announced.
/// </summary>
public sealed class EdgesGrain(
    [PersistentState("edges", EdgesGrain.Storage)] IPersistentState<LivingEdgeList> list,
    IServiceProvider services,
    TimeProvider time) : Grain, IEdgesGrain
{
    /// <summary>The name of the grain storage.</summary>
    public const string Storage = "chat";

    private readonly Dictionary<EdgeId, DateTimeOffset> until = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var edge in list.State.Edges) Renew(edge); // whoever is dead has said nothing by then
        this.RegisterGrainTimer(Sweep, new() { DueTime = RoomPresence.Lease, Period = RoomPresence.Lease / 4, KeepAlive = true });
        return Task.CompletedTask;
    }

    public async Task Beat(EdgeId edge)
    {
        Renew(edge);
        if (!list.State.Edges.Contains(edge)) await Keep([.. list.State.Edges, edge]);
    }

    public async Task Leave(EdgeId edge)
    {
        if (list.State.Edges.Contains(edge)) await Keep([.. list.State.Edges.Where(other => other != edge)]);
        until.Remove(edge);
    }

    public Task<EdgeId[]> Living() => Task.FromResult<EdgeId[]>([.. until.Keys]);

    private void Renew(EdgeId edge) => until[edge] = time.GetUtcNow() + RoomPresence.Lease;

    private async Task Keep(List<EdgeId> edges)
    {
        var before = list.State.Edges;
        list.State.Edges = edges;
        try
        {
            await list.WriteStateAsync();
        }
        catch
        {
            list.State.Edges = before; // what was not stored is tried again by the next beat
            throw;
        }
    }

    /// <summary>Forgets edges that fell silent, with the subscriptions that they left behind.</summary>
    private async Task Sweep()
    {
        var dead = until.Where(edge => edge.Value <= time.GetUtcNow()).Select(edge => edge.Key).ToList();
        foreach (var edge in dead)
        {
            await EndSubscriptions(edge);
            await Leave(edge); // last: what fails before it is tried again by the next sweep
        }
    }

    private async Task EndSubscriptions(EdgeId edge)
    {
        var subscriptions = services.GetRequiredService<IStreamSubscriptionManagerAdmin>()
            .GetStreamSubscriptionManager(StreamSubscriptionManagerType.ExplicitSubscribeOnly);
        var stream = EdgeStreams.Of(edge);
        foreach (var subscription in await subscriptions.GetSubscriptions(EdgeStreams.Provider, stream))
        {
            await subscriptions.RemoveSubscription(EdgeStreams.Provider, stream, subscription.SubscriptionId);
        }
    }
}

/// <summary>The stored list of edges.</summary>
public sealed class LivingEdgeList
{
    public List<EdgeId> Edges { get; set; } = [];
}
