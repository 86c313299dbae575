using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Streams;
using Orleans.TestingHost;
using OrleansChat.Engine;
using OrleansChat.Grains;
using OrleansChat.Grains.Edges;
using OrleansChat.Grains.Interfaces;
using OrleansChat.Grains.Streams;
using OrleansChat.Silo.Engine;
using OrleansChat.Storage.Memory;
using OrleansChat.Tests.Conformance;

namespace OrleansChat.Tests.Cluster.Conformance;

/// <summary>
/// Three silos, with edges on two of them and a third one on a client without grains; one storage in memory, and a clock
/// for the rooms that the test moves. Orleans itself lives by the real one. Tests share it, one after the other.
/// </summary>
internal sealed class ClusterEngine : EngineUnderTest
{
    private const int Silos = 3;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5); // between the beats of an edge
    private static readonly Lazy<Task<ClusterEngine>> Shared = new(() => Deploy(new FaultyStorage(new MemoryStorage()), Silos));

    private readonly ManualTime time = new(new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly List<EdgeLife> lives = [];
    private readonly List<ClusterFeed> feeds = [];
    private readonly List<ClusterChat> edges = [];

    private ClusterEngine(FaultyStorage storage) => Storage = storage;

    public override FaultyStorage Storage { get; }

    /// <summary>The rooms' clock.</summary>
    public ManualTime Time => time;

    public TestCluster Cluster { get; private set; } = null!;

    /// <summary>The shared cluster; it ends with the tests' process.</summary>
    public static async Task<EngineUnderTest> Start() => await Shared.Value;

    public static Task<ClusterEngine> Running => Shared.Value;

    public override IChat Edge(int number = 0) => edges[number];

    public override async Task Pass(TimeSpan span)
    {
        for (var left = span; left > TimeSpan.Zero; left -= Step)
        {
            time.Advance(left < Step ? left : Step);
            foreach (var feed in feeds) await feed.RenewLeases();
        }
    }

    /// <summary>Ends a cluster of one's own.</summary>
    public async Task Stop()
    {
        foreach (var life in lives) await life.StopAsync(CancellationToken.None);
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What a silo of this process has registered.</summary>
    private static IServiceProvider Services(SiloHandle silo) => ((InProcessSiloHandle)silo).SiloHost.Services;

    /// <summary>A cluster of one's own.</summary>
    public static async Task<ClusterEngine> Deploy(FaultyStorage storage, int silos)
    {
        await storage.Open();
        var engine = new ClusterEngine(storage);
        SiloOfTests.Engine = engine;
        var builder = new TestClusterBuilder((short)silos);
        builder.AddSiloBuilderConfigurator<SiloOfTests>();
        builder.AddClientBuilderConfigurator<ClientOfTests>();
        engine.Cluster = builder.Build();
        await engine.Cluster.DeployAsync();
        SiloOfTests.Engine = null!; // the next one's
        foreach (var silo in engine.Cluster.Silos.Take(2)) await engine.OpenEdge(Services(silo));
        await engine.OpenEdge(engine.Cluster.ServiceProvider);
        foreach (var silo in engine.Cluster.Silos) await Services(silo).GetRequiredService<LivingEdges>().Refresh();
        return engine;
    }

    private async Task OpenEdge(IServiceProvider services)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        var feed = new ClusterFeed($"edge-{edges.Count}", grains, services.GetRequiredKeyedService<IStreamProvider>(EdgeStreams.Provider), NullLogger<ClusterFeed>.Instance);
        var life = new EdgeLife(feed, TimeProvider.System, NullLogger<EdgeLife>.Instance);
        await life.StartAsync(CancellationToken.None);
        lives.Add(life);
        feeds.Add(feed);
        edges.Add(new ClusterChat(grains, feed));
    }

    private sealed class SiloOfTests : ISiloConfigurator
    {
        public static ClusterEngine Engine { get; set; } = null!;

        public void Configure(ISiloBuilder silo)
        {
            var engine = Engine; // a silo asks for its storage when it first needs it, and by then another cluster may be deployed
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddMemoryGrainStorage(EdgesGrain.Storage);
            silo.AddActivityPropagation();
            silo.AddChatGrains(new(), _ => engine.Storage, engine.time);
            silo.ConfigureLogging(log => log.SetMinimumLevel(LogLevel.Warning));
        }
    }

    private sealed class ClientOfTests : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder client)
        {
            client.AddActivityPropagation();
            client.AddEdgeStreams();
            client.Services.AddChatSerializer();
        }
    }
}
