using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Nodes;
using OrleansChat.Storage;
using OrleansChat.Storage.Memory;
using OrleansChat.Tests.Conformance;
using OrleansChat.Tests.Nodes;

namespace OrleansChat.Tests.Gateway.Nodes;

/// <summary>The figures on <c>/metrics</c>.</summary>
public sealed class Figures
{
    [Fact]
    public async Task They_count_what_an_operator_wants_to_know()
    {
        await using var server = await ChatServer.Start();
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Join(room);
        var last = await ada.Say(room, "Hello");
        Assert.Equal("too_long", await ada.Word(chat => chat.Post(room, new('x', 4_001))));
        Assert.Equal("not_found", await ada.Word(chat => chat.Post("no-such-room", "Hello?")));
        await bob.EventsUpTo(room, last);
        var page = await Page(server);
        Assert.Equal((2, 1, 3), (page["chat_connections"], page["chat_posts_total"], page["chat_post_duration_seconds_count"]));
        Assert.Equal((1, 1), (page["chat_refusals_total{error_type=\"too_long\"}"], page["chat_refusals_total{error_type=\"not_found\"}"]));
        Assert.True(page["chat_deliveries_total"] >= 4); // created to one, joined and the post to two, but for what an answer told
        Assert.True(page["chat_commit_size_count"] >= 3 && page["chat_append_duration_seconds_count"] >= 3); // of all servers of these tests
        Assert.True(page.Series.ContainsKey("chat_outbox_size_bytes"));
        Assert.Contains(page.Series.Keys, key => key.StartsWith("dotnet_gc_collections_total{", StringComparison.Ordinal));
        Assert.Contains(page.Series.Keys, key => key.StartsWith("kestrel_active_connections{", StringComparison.Ordinal));
        Assert.Equal("histogram", page.Types["chat_post_duration_seconds"]);
        Assert.Equal(0, page["chat_post_duration_seconds_bucket{le=\"0\"}"]);
        Assert.True(page.Series.ContainsKey("chat_post_duration_seconds_bucket{le=\"0.002\"}")); // bounds of our own, in seconds
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_is_counted_by_its_code()
    {
        await using var server = await ChatServer.Start();
        await using var wire = await Wire.Open(server);
        await wire.Send("""{"op":"hello","id":1,"token":"worthless"}""");
        Assert.Equal(4003, await wire.Closed());
        Assert.Equal(1, (await Page(server))["chat_closes_total{chat_close_code=\"4003\"}"]);
    }

    [Fact]
    public async Task The_machine_is_there_as_it_was_read_last_and_what_it_does_not_have_is_not()
    {
        using var machine = new FakeMachine();
        using var reader = new NodeReader("node-1", TimeProvider.System, machine.Files);
        machine.RemoveSys("fs/cgroup/system.slice/memory.max");
        reader.Read(default);
        await using var server = await ChatServer.Start(services => services.AddSingleton(reader));
        var page = await Page(server);
        Assert.Equal((1000 << 10, 400 << 10, 600 << 10),
            (page["system_memory_limit_bytes"], page["system_memory_usage_bytes{system_memory_state=\"used\"}"], page["system_linux_memory_available_bytes"]));
        Assert.Equal((0.5, 2, 41, 2, 1.5),
            (page["system_cpu_load_average_1m"], page["system_process_count"], page["hw_temperature_celsius"], page["chat_node_disk_errors"], page["chat_node_cpu_limit"]));
        Assert.Equal("gauge", page.Types["system_memory_usage_bytes"]);
        Assert.DoesNotContain("chat_node_memory_limit_bytes", page.Series.Keys);
    }

    [Fact]
    public async Task A_label_that_nobody_allowed_is_not_shown_and_an_instrument_has_only_so_many_series()
    {
        await using var server = await ChatServer.Start();
        var counter = server.Get<IMeterFactory>().Create("Microsoft.Orleans").CreateCounter<long>("orleans-test");
        for (var i = 0; i < 1_000; i++) counter.Add(1, new("type", $"say \"{i}\"\n\\"), new("grain", "quagga-lodge"));
        var page = await Page(server);
        var shown = page.Series.Where(series => series.Key.StartsWith("orleans_test_total", StringComparison.Ordinal)).ToList();
        Assert.InRange(shown.Count, 100, 210);
        Assert.Equal(1_000, shown.Sum(series => series.Value));
        Assert.DoesNotContain(page.Series.Keys, key => key.Contains("quagga", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_server_does_not_show_anothers_figures()
    {
        await using var busy = await ChatServer.Start();
        await using var quiet = await ChatServer.Start();
        await using var ada = await busy.Enter("ada");
        await ada.Say(await ada.NewRoom(), "Hello");
        Assert.Equal((1, 0), ((await Page(busy))["chat_posts_total"], (await Page(quiet))["chat_posts_total"]));
    }

    [Fact]
    public async Task Liveness_and_figures_answer_while_the_storage_hangs()
    {
        var storage = new FaultyStorage(new MemoryStorage());
        await using var server = await ChatServer.Start(services => services.AddSingleton<IStorage>(storage));
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        storage.Hang();
        try
        {
            var post = ada.Word(chat => chat.Post(room, "Hello?", "key"));
            Assert.Equal((200, 503), ((await server.Get("/health/live")).Status, (await server.Get("/health/ready")).Status));
            Assert.Equal(1, (await Page(server))["chat_connections"]);
            Assert.False(post.IsCompleted);
            storage.GoOn();
            Assert.Equal("ok", await post);
        }
        finally
        {
            storage.GoOn();
        }
    }

    private static async Task<PrometheusPage> Page(ChatServer server) => new(await server.Http.GetStringAsync("/metrics"));
}
