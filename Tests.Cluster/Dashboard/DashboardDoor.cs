using System.Text.Json;
using OrleansChat.Tests.Storage;

namespace OrleansChat.Tests.Cluster.Dashboard;

/// <summary>Orleans' dashboard is on every edge, and for administrators.</summary>
public sealed class DashboardDoor
{
    private const string Html = "text/html";

    /// <summary>The page itself, what it loads, and what it asks for.</summary>
    private static readonly string[] Behind =
    [
        "/dashboard", "/dashboard/index.html", "/dashboard/index.min.js", "/dashboard/index.css", "/dashboard/version", "/dashboard/DashboardCounters",
        "/dashboard/ClusterStats", "/dashboard/GrainTypes", "/dashboard/TopGrainMethods", "/dashboard/LifecycleStages", "/dashboard/Reminders/1",
        "/dashboard/GrainState?grainId=lobby&grainType=RoomGrain", "/dashboard/SiloStats/x", "/dashboard/Trace",
    ];

    [Fact]
    public async Task An_administrator_sees_the_grains_and_nobody_else_sees_anything()
    {
        await using var node = await Node.Start("memory:", "silo,gateway", NewCluster());
        var (root, ada) = (await node.Token("root", admin: true), await node.Token("ada", admin: false));
        foreach (var path in Behind)
        {
            Assert.Equal(401, (await node.Open(path, null)).Status);
            Assert.Equal(403, (await node.Open(path, ada)).Status);
        }

        var (status, door) = await node.Open("/dashboard/", null, Html);
        Assert.Equal(401, status);
        Assert.Contains("Sign in as an administrator.", door, StringComparison.Ordinal);
        Assert.Equal(403, (await node.Open("/dashboard/", ada, Html)).Status);

        (status, var page) = await node.Open("/dashboard/", root, Html);
        Assert.Equal(200, status);
        Assert.Contains("<title>Orleans Dashboard</title>", page, StringComparison.Ordinal);
        Assert.Equal(200, (await node.Open("/dashboard/index.min.js", root)).Status);
        await Seen(node, root, "simpleGrainStats", grain => grain.GetProperty("grainType").GetString() == "OrleansChat.Grains.Edges.EdgesGrain");
        Assert.Equal(403, (await node.Open("/dashboard/Trace", root)).Status); // the log is nobody's
        Assert.DoesNotContain("/dashboard", (await node.Open("/openapi/v1.json", null)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_without_grains_shows_the_silos_and_a_silo_without_the_gateway_shows_nobody()
    {
        var postgres = await PostgresServer.Shared();
        var storage = $"postgres:{await postgres.NewDatabase()}";
        var cluster = NewCluster();
        await using var silo = await Node.Start(storage, "silo", cluster);
        await using var gateway = await Node.Start(storage, "gateway", cluster);
        var root = await gateway.Token("root", admin: true);
        Assert.Equal(404, (await silo.Open("/dashboard", root)).Status);
        await Seen(gateway, root, "hosts", host => host.GetProperty("siloName").GetString() == "silo");
        Assert.Equal(401, (await gateway.Open("/dashboard/DashboardCounters", null)).Status);
    }

    private static string NewCluster() => $"dashboard-{Guid.NewGuid():n}";

    /// <summary>Waits until the dashboard, which looks around once a second, has it among its figures.</summary>
    private static async Task Seen(Node node, string cookie, string list, Predicate<JsonElement> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var (status, body) = await node.Open("/dashboard/DashboardCounters", cookie);
            Assert.True(status == 200, body);
            if (JsonElement.Parse(body).GetProperty(list).EnumerateArray().Any(it => wanted(it))) return;
            await Task.Delay(100, patience.Token);
        }
    }
}
