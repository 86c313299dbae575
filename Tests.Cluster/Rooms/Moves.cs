using System.Diagnostics;
using OrleansChat.Grains.Interfaces.Rooms;
using OrleansChat.Rooms;
using OrleansChat.Tests.Cluster.Conformance;
using OrleansChat.Users;

namespace OrleansChat.Tests.Cluster.Rooms;

/// <summary>Moving a room's activation to a silo of one's choice, as an operator may.</summary>
internal static class Moves
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Actor Nobody = new(UserId.Parse("nobody"));

    /// <summary>Asks the room to go, and waits until it is there.</summary>
    public static async Task Move(this ClusterEngine cluster, RoomId room, int silo)
    {
        var (grain, target) = (cluster.Cluster.GrainFactory.GetGrain<IRoomGrain>(room.Value), cluster.Cluster.Silos[silo].SiloAddress);
        var since = Stopwatch.StartNew();
        while (cluster.WhereIs(room) is var place && !target.Equals(place))
        {
            Assert.True(since.Elapsed < Patience, $"{room} is at {place} and not at {target}.");
            await cluster.Cluster.MigrateAsync(grain, target);
            await cluster.Edge().Room(room).MaySearch(Nobody);
        }
    }

    /// <summary>Where it lives, if it lives: asked of the silos themselves, since a directory's answer may be an old one.</summary>
    public static SiloAddress? WhereIs(this ClusterEngine cluster, RoomId room) =>
        cluster.Cluster.TryGetGrainContext(cluster.Cluster.GrainFactory.GetGrain<IRoomGrain>(room.Value).GetGrainId(), out var context)
            ? context!.Address.SiloAddress
            : null;
}
