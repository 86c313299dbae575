using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;

namespace OrleansChat.Tests.Cluster.Storage;

/// <summary>Orleans' own table provider on our queries, without a silo around it.</summary>
public sealed class MembershipTable : IAsyncLifetime
{
    private static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    private SmallCluster cluster = null!;
    private IMembershipTable table = null!;

    public async ValueTask InitializeAsync()
    {
        cluster = await SmallCluster.Create();
        table = await Table("chat");
    }

    private async Task<IMembershipTable> Table(string clusterId)
    {
        var options = new AdoNetClusteringSiloOptions();
        cluster.Database.Serve(options);
        var made = new AdoNetClusteringTable(
            new ServiceCollection().BuildServiceProvider(),
            Options.Create(new ClusterOptions { ClusterId = clusterId }),
            Options.Create(options),
            NullLogger<AdoNetClusteringTable>.Instance);
        await made.InitializeMembershipTable(true);
        return made;
    }

    [Fact]
    public async Task A_new_cluster_has_a_version_and_nobody()
    {
        var read = await table.ReadAll();
        Assert.Empty(read.Members);
        Assert.Equal(0, read.Version.Version);
        Assert.Empty((await table.ReadRow(Silo(1))).Members);
    }

    [Fact]
    public async Task What_is_written_about_a_silo_is_read_again()
    {
        var ada = Entry(1, SiloStatus.Joining);
        Assert.True(await table.InsertRow(ada, await Next()));
        Same(ada, await Row(1));

        ada.Status = SiloStatus.Active;
        ada.IAmAliveTime = Now.AddSeconds(5);
        ada.AddSuspector(Silo(2), Now.AddSeconds(7));
        Assert.True(await table.UpdateRow(ada, "", await Next()));
        Same(ada, await Row(1));
        Assert.Equal(2, (await table.ReadAll()).Version.Version);
        Assert.Equal(Silo(2), Assert.Single((await Row(1)).SuspectTimes).Item1);

        ada.SuspectTimes = null;
        Assert.True(await table.UpdateRow(ada, "", await Next()));
        Assert.Null((await Row(1)).SuspectTimes);
    }

    [Fact]
    public async Task The_start_of_another_silo_leaves_the_version_as_it_is()
    {
        await table.InsertRow(Entry(1), await Next());
        var another = await Table("chat");
        Assert.Equal(1, (await another.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task Of_silos_that_join_on_the_same_version_one_gets_in()
    {
        var turn = await Next();
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(n => table.InsertRow(Entry(n), turn)));

        Assert.Single(outcomes, won => won);
        var read = await table.ReadAll();
        Assert.Single(read.Members);
        Assert.Equal(1, read.Version.Version);
    }

    [Fact]
    public async Task Of_updates_on_the_same_version_one_is_made()
    {
        await table.InsertRow(Entry(1), await Next());
        await table.InsertRow(Entry(2), await Next());
        var turn = await Next();
        var outcomes = await Task.WhenAll(
            [.. new[] { 1, 2, 1, 2, 1, 2 }.Select(n => table.UpdateRow(Entry(n, SiloStatus.Dead), "", turn))]);

        Assert.Single(outcomes, won => won);
        var read = await table.ReadAll();
        Assert.Single(read.Members, member => member.Item1.Status == SiloStatus.Dead);
        Assert.Equal(3, read.Version.Version);
    }

    [Fact]
    public async Task A_refused_change_changes_nothing()
    {
        var stale = await Next();
        await table.InsertRow(Entry(1), await Next());

        Assert.False(await table.InsertRow(Entry(2), stale));
        Assert.False(await table.UpdateRow(Entry(1, SiloStatus.Dead), "", stale));
        Assert.False(await table.InsertRow(Entry(1, SiloStatus.Dead), await Next())); // it is in already
        Assert.False(await table.UpdateRow(Entry(2), "", await Next()));              // it is not in

        var read = await table.ReadAll();
        Same(Entry(1), Assert.Single(read.Members).Item1);
        Assert.Equal(1, read.Version.Version);
    }

    [Fact]
    public async Task A_heartbeat_takes_no_version_and_touches_nothing_else()
    {
        await table.InsertRow(Entry(1), await Next());
        await table.InsertRow(Entry(2), await Next());
        var turn = await Next();

        await table.UpdateIAmAlive(new() { SiloAddress = Silo(1), IAmAliveTime = Now.AddMinutes(1) });

        var beating = Entry(1);
        beating.IAmAliveTime = Now.AddMinutes(1);
        Same(beating, await Row(1));
        Same(Entry(2), await Row(2));
        Assert.True(await table.UpdateRow(Entry(2, SiloStatus.Dead), "", turn));
    }

    [Fact]
    public async Task Only_the_dead_are_cleaned_up_and_only_the_old_ones()
    {
        (int Silo, SiloStatus Status, TimeSpan Ago)[] all =
        [
            (1, SiloStatus.Dead, TimeSpan.FromDays(2)),
            (2, SiloStatus.Dead, TimeSpan.FromDays(1)),
            (3, SiloStatus.Dead, TimeSpan.FromHours(1)),
            (4, SiloStatus.Active, TimeSpan.FromDays(2)),
            (5, SiloStatus.Joining, TimeSpan.FromDays(2)),
        ];
        foreach (var (silo, status, ago) in all)
        {
            var entry = Entry(silo, status);
            entry.IAmAliveTime -= ago;
            await table.InsertRow(entry, await Next());
        }

        await table.CleanupDefunctSiloEntries(new DateTimeOffset(Now.AddDays(-1)).AddTicks(1)); // how Orleans says: the second, too
        Assert.Equal([3, 4, 5], (await table.ReadAll()).Members.Select(member => member.Item1.SiloAddress.Endpoint.Port).Order());
    }

    [Fact]
    public async Task Clusters_in_one_database_do_not_know_each_other()
    {
        var other = await Table("other");
        Assert.True(await table.InsertRow(Entry(1), await Next()));
        Assert.True(await other.InsertRow(Entry(1), await Next(other)));

        await other.DeleteMembershipTableEntries("other");
        Assert.Single((await table.ReadAll()).Members);
        Assert.Equal(0, (await (await Table("other")).ReadAll()).Version.Version);
    }

    private async Task<TableVersion> Next(IMembershipTable? of = null) => (await (of ?? table).ReadAll()).Version.Next();

    private async Task<MembershipEntry> Row(int n) => Assert.Single((await table.ReadRow(Silo(n))).Members).Item1;

    private static SiloAddress Silo(int n) => SiloAddress.New(IPAddress.Loopback, n, generation: 1000 + n);

    private static MembershipEntry Entry(int n, SiloStatus status = SiloStatus.Active) => new()
    {
        SiloAddress = Silo(n),
        SiloName = $"node-{n}",
        HostName = "localhost",
        Status = status,
        ProxyPort = 30000 + n,
        StartTime = Now,
        IAmAliveTime = Now,
    };

    private static void Same(MembershipEntry expected, MembershipEntry found) => Assert.Equal(
        (expected.SiloAddress, expected.SiloName, expected.HostName, expected.Status, expected.ProxyPort, expected.StartTime, expected.IAmAliveTime),
        (found.SiloAddress, found.SiloName, found.HostName, found.Status, found.ProxyPort, found.StartTime, found.IAmAliveTime));

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}
