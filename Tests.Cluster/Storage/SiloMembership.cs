using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OrleansChat.Tests.Cluster.Storage;

/// <summary>Real silos meet in PostgreSQL.</summary>
public sealed class SiloMembership
{
    [Fact]
    public async Task Silos_find_each_other_and_a_client_finds_them()
    {
        await using var cluster = await SmallCluster.Create();
        var silos = await Task.WhenAll(cluster.Join(), cluster.Join());

        foreach (var silo in silos) await Sees(silo, 2);
        var client = await cluster.Client();
        await client.GetGrain<ICupboard>("kitchen").Put("cups");
        Assert.Equal("cups", await silos[0].Services.GetRequiredService<IGrainFactory>().GetGrain<ICupboard>("kitchen").Look());
    }

    [Fact]
    public async Task A_silo_that_vanishes_is_declared_dead_by_the_other_and_its_successor_joins()
    {
        await using var cluster = await SmallCluster.Create();
        var stays = await cluster.Join();
        var goes = await cluster.Join();
        await Sees(stays, 2);
        var lost = Address(goes);

        await cluster.Kill(goes);
        var entry = await Until(() => Entry(stays, lost), entry => entry.Status == SiloStatus.Dead);
        Assert.Contains(entry.SuspectTimes, vote => vote.Item1.Equals(Address(stays)));
        Assert.DoesNotContain(entry.SuspectTimes, vote => vote.Item1.Equals(lost));

        var successor = await cluster.Join(at: lost.Endpoint.Port);
        await Sees(stays, 2);
        await Sees(successor, 2);
        Assert.NotEqual(lost, Address(successor));
        Assert.Equal(lost.Endpoint, Address(successor).Endpoint);
        Assert.Equal(SiloStatus.Dead, (await Entry(stays, lost)).Status);
    }

    [Fact]
    public async Task A_silo_that_comes_back_before_anybody_missed_it_takes_its_predecessors_place()
    {
        await using var cluster = await SmallCluster.Create();
        var first = await cluster.Join();
        var lost = Address(first);
        await cluster.Kill(first);

        var second = await cluster.Join(at: lost.Endpoint.Port);
        await Sees(second, 1);
        Assert.Equal(SiloStatus.Dead, (await Entry(second, lost)).Status);
    }

    private static SiloAddress Address(IHost silo) => silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    private static Task<Dictionary<SiloAddress, SiloStatus>> Sees(IHost silo, int active) => Until(
        () => Task.FromResult(silo.Services.GetRequiredService<ISiloStatusOracle>().GetApproximateSiloStatuses(onlyActive: true)),
        seen => seen.Count == active);

    private static async Task<MembershipEntry> Entry(IHost silo, SiloAddress of) =>
        (await silo.Services.GetRequiredService<IMembershipTable>().ReadRow(of)).Members.Single().Item1;

    /// <summary>Asks again and again, for a minute at most.</summary>
    private static async Task<T> Until<T>(Func<Task<T>> ask, Func<T, bool> good)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var answer = await ask();
            if (good(answer)) return answer;
            await Task.Delay(50, patience.Token);
        }
    }
}
