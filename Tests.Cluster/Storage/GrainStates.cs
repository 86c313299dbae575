using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;
using Orleans.Streams;
using Orleans.Streams.Core;
using OrleansChat.Grains.Edges;

namespace OrleansChat.Tests.Cluster.Storage;

/// <summary>Orleans' own grain storage on our queries, in a silo.</summary>
public sealed class GrainStates : IAsyncLifetime
{
    private SmallCluster cluster = null!;
    private IHost silo = null!;

    public async ValueTask InitializeAsync()
    {
        cluster = await SmallCluster.Create();
        silo = await cluster.Join();
    }

    private ICupboard Kitchen => silo.Services.GetRequiredService<IGrainFactory>().GetGrain<ICupboard>("kitchen");

    private IGrainStorage Store => silo.Services.GetRequiredKeyedService<IGrainStorage>(EdgesGrain.Storage);

    [Fact]
    public async Task A_state_outlives_the_silo_and_a_cleared_one_does_not()
    {
        await Kitchen.Put("cups");
        await Kitchen.Put("Gläser 🥂");
        await Restart();
        Assert.Equal("Gläser 🥂", await Kitchen.Look());

        await Kitchen.Clear();
        Assert.Null(await Kitchen.Look());
        await Restart();
        Assert.Null(await Kitchen.Look());

        await Kitchen.Put("plates");
        await Restart();
        Assert.Equal("plates", await Kitchen.Look());
    }

    private async Task Restart()
    {
        await cluster.Stop(silo);
        silo = await cluster.Join();
    }

    [Fact]
    public async Task A_grain_that_another_overtook_cannot_write()
    {
        await Kitchen.Put("cups");
        var other = await Read();
        other.State.Thing = "knives";
        await Write(other);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Kitchen.Put("plates"));
        Assert.Equal("knives", await Kitchen.Look()); // a new activation, which has read
    }

    [Fact]
    public async Task Of_writers_that_read_the_same_one_wins()
    {
        for (var round = 0; round < 5; round++) // in the first of which there is no state yet
        {
            var writers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Read()));
            foreach (var (n, writer) in writers.Index()) writer.State.Thing = $"{round}.{n}";
            var outcomes = await Task.WhenAll(writers.Select(async writer =>
            {
                try
                {
                    await Write(writer);
                    return writer.State.Thing;
                }
                catch (InconsistentStateException)
                {
                    return null;
                }
            }));
            Assert.Equal((await Read()).State.Thing, Assert.Single(outcomes, thing => thing is not null));
        }
    }

    [Fact]
    public async Task What_was_cleared_is_neither_brought_back_nor_overwritten_by_one_who_knew_it_before()
    {
        await Kitchen.Put("cups");
        var (writer, clearer) = (await Read(), await Read());

        await Kitchen.Clear();
        await Assert.ThrowsAsync<InconsistentStateException>(() => Write(writer));
        Assert.False((await Read()).RecordExists);

        await Kitchen.Put("plates");
        await Assert.ThrowsAsync<InconsistentStateException>(() => Write(writer));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Store.ClearStateAsync(Cupboard.State, Kitchen.GetGrainId(), clearer));
        Assert.Equal("plates", (await Read()).State.Thing);
    }

    [Fact]
    public async Task Grains_and_the_parts_of_a_grain_do_not_share_a_state()
    {
        await Kitchen.Put("cups");
        Assert.Null(await silo.Services.GetRequiredService<IGrainFactory>().GetGrain<ICupboard>("Kitchen").Look());
        Assert.False((await Read("drawer")).RecordExists);
    }

    [Fact]
    public async Task The_list_of_edges_is_plain_text_in_the_database()
    {
        var written = new GrainState<LivingEdgeList>(new() { Edges = [new("node-1", Guid.NewGuid()), new("node-2", Guid.NewGuid())] });
        await Store.WriteStateAsync("edges", Kitchen.GetGrainId(), written);
        var read = new GrainState<LivingEdgeList>(new());
        await Store.ReadStateAsync("edges", Kitchen.GetGrainId(), read);
        Assert.Equal(written.State.Edges, read.State.Edges);
        Assert.Equal(written.ETag, read.ETag);
        Assert.DoesNotContain("$type", await cluster.Payload("edges"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscriptions_to_a_stream_outlive_the_silo()
    {
        var stream = silo.Services.GetRequiredKeyedService<IStreamProvider>(SmallCluster.Streams).GetStream<string>("edge", "ada");
        var subscription = await stream.SubscribeAsync((_, _) => Task.CompletedTask);
        await Restart();

        var all = await silo.Services.GetRequiredService<IStreamSubscriptionManagerAdmin>()
            .GetStreamSubscriptionManager(StreamSubscriptionManagerType.ExplicitSubscribeOnly)
            .GetSubscriptions(SmallCluster.Streams, stream.StreamId);
        Assert.Equal(subscription.HandleId, Assert.Single(all).SubscriptionId);
    }

    private async Task<GrainState<Shelf>> Read(string part = Cupboard.State)
    {
        var state = new GrainState<Shelf>(new());
        await Store.ReadStateAsync(part, Kitchen.GetGrainId(), state);
        return state;
    }

    private Task Write(GrainState<Shelf> state) => Store.WriteStateAsync(Cupboard.State, Kitchen.GetGrainId(), state);

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}
