using Orleans.Core.Internal;
using Orleans.Runtime.Placement;
using OrleansChat.Grains.Interfaces.Rooms;
using OrleansChat.Rooms;
using OrleansChat.Tests.Cluster.Conformance;
using OrleansChat.Users;

namespace OrleansChat.Tests.Cluster.Rooms;

/// <summary>Moving a room's activation to a silo of one's choice, as an operator may.</summary>
internal static class Moves
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Asks the room to go, and waits until it is there.</summary>
    public static async Task Move(this ClusterEngine cluster, RoomId room, int silo)
    {
        var (grain, target) = (cluster.Grain(room), cluster.Cluster.Silos[silo].SiloAddress);
        using var patience = new CancellationTokenSource(Patience);
        while (!target.Equals(await cluster.WhereIs(room)))
        {
            patience.Token.ThrowIfCancellationRequested();
            RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
            await grain.AsReference<IGrainManagementExtension>().MigrateOnIdle();
            RequestContext.Clear();
            await grain.MaySearch(new(UserId.Parse("nobody"))); // reaches it wherever it is now
        }
    }

    public static async Task<SiloAddress?> WhereIs(this ClusterEngine cluster, RoomId room) =>
        await cluster.Cluster.GrainFactory.GetGrain<IManagementGrain>(0).GetActivationAddress(cluster.Grain(room));

    private static IRoomGrain Grain(this ClusterEngine cluster, RoomId room) => cluster.Cluster.GrainFactory.GetGrain<IRoomGrain>(room.Value);
}
