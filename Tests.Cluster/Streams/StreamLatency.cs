using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.TestingHost;
using OrleansChat.Grains.Interfaces;
using OrleansChat.Grains.Interfaces.Edges;
using OrleansChat.Grains.Streams;
using OrleansChat.Presence;

namespace OrleansChat.Tests.Cluster.Streams;

/// <summary>
/// How long a batch of news takes from one silo to an edge on another, and what it costs when nobody says anything, by the
/// kinds of streams that there are to choose from, and by a bare observer as the yardstick. For a moment only, to see
/// that it works; the figures of docs/decisions are taken by hand:
/// <c>CHAT_MEASURE=1 dotnet test Tests.Cluster -c Release --filter StreamLatency --logger "console;verbosity=detailed"</c>
/// </summary>
[Collection(Conformance.OneCluster.Name)]
public sealed class StreamLatency(ITestOutputHelper output)
{
    private static readonly bool ByHand = Environment.GetEnvironmentVariable("CHAT_MEASURE") == "1";
    private static readonly int Batches = ByHand ? 2_000 : 20;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5); // 200 a second
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(ByHand ? 10 : 0.1);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("memory streams, polled every 100 ms (Orleans' default)")]
    [InlineData("memory streams, polled every 10 ms")]
    [InlineData("memory streams, polled every 2 ms")]
    [InlineData("queues that wait")]
    [InlineData("an observer, called directly")]
    public async Task Measure(string way)
    {
        Choice.Configure = silo => Configure(silo, way);
        var builder = new TestClusterBuilder(2);
        builder.Options.InitializeClientOnDeploy = false;
        builder.AddSiloBuilderConfigurator<Choice>();
        await using var cluster = builder.Build();
        await cluster.DeployAsync();

        var arrivals = new Arrivals();
        var send = await Open(cluster, way, arrivals);
        await Settle(send, arrivals);
        var cpu = Environment.CpuUsage.TotalTime;
        await Task.Delay(Idle);
        var idle = (Environment.CpuUsage.TotalTime - cpu) / Idle;
        var took = await Run(send, arrivals, Batches, Patience);
        output.WriteLine($"{way}: p50 {took[took.Count / 2]:N2} ms, p99 {took[took.Count * 99 / 100]:N2} ms; two idle silos take {idle:P1} of a processor");
        Assert.Equal(Batches, took.Count);
    }

    private static void Configure(ISiloBuilder silo, string way)
    {
        silo.Services.AddChatSerializer();
        silo.AddMemoryGrainStorage("PubSubStore");
        if (way.StartsWith("memory", StringComparison.Ordinal))
        {
            var period = TimeSpan.FromMilliseconds(way.Contains(" 100 ", StringComparison.Ordinal) ? 100 : way.Contains(" 10 ", StringComparison.Ordinal) ? 10 : 2);
            silo.AddMemoryStreams(EdgeStreams.Provider, streams => streams.ConfigurePullingAgent(agent => agent.Configure(options => options.GetQueueMsgsTimerPeriod = period)));
        }
        else
        {
            silo.AddEdgeStreams();
        }
    }

    /// <summary>Sends from the first silo; takes on the second.</summary>
    private static async Task<Func<long, Task>> Open(TestCluster cluster, string way, Arrivals arrivals)
    {
        var (from, to) = (Services(cluster, 0), Services(cluster, 1));
        if (way.StartsWith("an observer", StringComparison.Ordinal))
        {
            var observer = from.GetRequiredService<IGrainFactory>();
            var reference = to.GetRequiredService<IGrainFactory>().CreateObjectReference<IBatchObserver>(arrivals);
            return number => observer.GetGrain<IBatchSource>(0).Send(reference, Batch(number));
        }

        var stream = EdgeStreams.Of(EdgeId.New("edge"));
        await to.GetRequiredKeyedService<IStreamProvider>(EdgeStreams.Provider).GetStream<EdgeBatch>(stream).SubscribeAsync((batch, _) => arrivals.Take(batch));
        var source = from.GetRequiredKeyedService<IStreamProvider>(EdgeStreams.Provider).GetStream<EdgeBatch>(stream);
        return number => source.OnNextAsync(Batch(number));
    }

    /// <summary>
    /// Until a round comes whole. The silos of a new cluster still share out the queues, and what an agent reads while it
    /// ends is lost; nothing in this server relies on news.
    /// </summary>
    private static async Task Settle(Func<long, Task> send, Arrivals arrivals)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await Run(send, arrivals, 20, Moment);
                return;
            }
            catch (TimeoutException) when (since.Elapsed < Patience)
            {
            }
        }
    }

    /// <summary>At a steady pace, whatever became of those before; in milliseconds, ascending.</summary>
    private static async Task<List<double>> Run(Func<long, Task> send, Arrivals arrivals, int count, TimeSpan patience)
    {
        var first = arrivals.Begin(count);
        var since = Stopwatch.StartNew();
        var sent = new List<Task>();
        for (var i = 0; i < count; i++)
        {
            if (Between * i - since.Elapsed is { Ticks: > 0 } wait) await Task.Delay(wait);
            arrivals.Sent(first + i);
            sent.Add(send(first + i));
        }

        await Task.WhenAll(sent);
        return await arrivals.All.WaitAsync(patience);
    }

    private static EdgeBatch Batch(long number) => new([new EdgeNews.Echo(number).Write()]);

    private static IServiceProvider Services(TestCluster cluster, int silo) => ((InProcessSiloHandle)cluster.Silos[silo]).SiloHost.Services;

    private sealed class Choice : ISiloConfigurator
    {
        public static Action<ISiloBuilder> Configure { get; set; } = null!;

        void ISiloConfigurator.Configure(ISiloBuilder silo)
        {
            Configure(silo);
            silo.ConfigureLogging(log => log.SetMinimumLevel(LogLevel.Warning));
        }
    }
}
