using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using OrleansChat.Gateway;
using OrleansChat.Gateway.Nodes;
using OrleansChat.Tests.Processes;

namespace OrleansChat.Tests.Gateway.Nodes;

/// <summary>What a collector is told of a server's work, and what it is never told.</summary>
[Collection(Processes.Processes.Name)]
public sealed class Traces(ObservedServer observed) : IClassFixture<ObservedServer>
{
    private IReadOnlyList<SentSpan> Spans => observed.Collector.Spans;

    [Fact]
    public void A_post_is_one_trace_from_the_frame_over_the_commit_and_the_append_to_the_sockets()
    {
        var posts = Spans.Where(span => span.Name == "chat.post" && !span.Said.ContainsKey("error.type")).ToList();
        Assert.Equal(2, posts.Count); // one by frame, one by HTTP
        Assert.All(posts, post =>
        {
            Assert.Equal(("OrleansChat", "", "post"), (post.Source, post.Parent, post.Said["chat.operation"]));
            var commit = Assert.Single(Spans, span => span.Parent == post.Id);
            var parts = Spans.Where(span => span.Parent == commit.Id).OrderBy(span => span.Name, StringComparer.Ordinal).ToList();
            Assert.Equal(["edge.deliver", "storage.append"], parts.Select(part => part.Name));
            Assert.Equal(("room.commit", "1"), (commit.Name, commit.Said["chat.commit.size"]));
            Assert.Equal(("2", "1"), (parts[0].Said["chat.seats"], parts[0].Said["chat.events"]));
            Assert.Equal(("1", "Appended"), (parts[1].Said["chat.events"], parts[1].Said["chat.outcome"]));
            Assert.Equal([post.Trace], parts.Append(commit).Select(part => part.Trace).Distinct());
            Assert.True(parts[0].FromElsewhere); // it goes by the news alone, as on another node
        });
    }

    [Fact]
    public void A_refused_operation_says_its_code()
    {
        var refused = Assert.Single(Spans, span => span.Name == "chat.post" && span.Said.ContainsKey("error.type"));
        Assert.Equal("not_found", refused.Said["error.type"]);
    }

    [Fact]
    public void Each_operation_is_a_trace_of_its_own_and_no_stranger_chooses_its_number()
    {
        var operations = Spans.Where(span => span.Name.StartsWith("chat.", StringComparison.Ordinal)).ToList();
        Assert.Superset(new HashSet<string> { "chat.hello", "chat.create", "chat.join", "chat.post", "chat.read" }, operations.Select(span => span.Name).ToHashSet());
        Assert.Equal(operations.Count, operations.Select(span => span.Trace).Distinct().Count());
        Assert.All(operations, operation => Assert.Equal("", operation.Parent));
        Assert.DoesNotContain(Spans, span => span.Trace == ObservedServer.StrangersTrace);
        Assert.Equal(operations.Count, Spans.Count(span => span.Parent == "")); // nothing else is the first of a trace
    }

    [Fact]
    public void Figures_come_too_our_own_and_the_runtimes_and_all_say_who_sends_them()
    {
        Assert.Superset(
            new HashSet<string> { "chat.connections", "chat.posts", "chat.commit.size", "chat.append.duration", "dotnet.gc.collections", "kestrel.active_connections" },
            observed.Collector.Instruments.ToHashSet());
        Assert.All(observed.Collector.Senders, sender =>
            Assert.Equal(("orleanschat", Environment.MachineName.ToLowerInvariant()), (sender["service.name"], sender["service.instance.id"])));
    }

    [Fact]
    public void Nobodys_name_and_no_rooms_and_no_word_leaves_the_server()
    {
        Assert.Contains("room.commit", observed.Collector.Everything, StringComparison.Ordinal);
        Assert.Contains("chat_posts_total", observed.Page, StringComparison.Ordinal);
        foreach (var name in ObservedServer.Names)
        {
            Assert.DoesNotContain(name, observed.Collector.Everything, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(name, observed.Page, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Unless_told_otherwise_a_server_traces_some_operations_and_not_all()
    {
        const int Pings = 400; // with one in twenty, not to see any of them would be a matter of one in 10^9
        await using var collector = await Collector.Start();
        await using var server = await ChatServer.Start([.. collector.Variables(sampler: "").Select(variable => $"{variable.Key}={variable.Value}"), "Chat:Limits:Enabled=false"]);
        using var orleans = new ActivitySource("Microsoft.Orleans.Application");
        await using (var ada = await server.Enter("ada"))
        {
            for (var i = 0; i < Pings; i++)
            {
                await ada.Chat.Ping().WaitAsync(ChatServer.Patience);
                orleans.StartActivity("IEdgeQueueGrain/Take")?.Dispose();
            }
        }

        await server.Stop();
        Assert.InRange(collector.Spans.Count(span => span.Name == "chat.ping"), 1, Pings / 2);
        Assert.DoesNotContain(collector.Spans, span => span.Name == "IEdgeQueueGrain/Take"); // what is no operation begins no trace
    }

    [Fact]
    public async Task An_operation_that_waits_for_another_is_a_trace_of_its_own_all_the_same()
    {
        const int Times = 10;
        await using var collector = await Collector.Start();
        await using var server = await ChatServer.Start([.. collector.Variables().Select(variable => $"{variable.Key}={variable.Value}")]);
        var (_, token) = await server.Account("ada");
        await using (var ada = await Wire.Enter(server, token))
        {
            for (var i = 0; i < Times; i++)
            {
                await ada.Send($$"""{"op":"join","id":{{2 * i + 10}},"room":"lobby"}""");
                await ada.Send($$"""{"op":"post","id":{{2 * i + 11}},"room":"lobby","text":"Hello","key":"{{i}}"}""");
                await ada.Answer(2 * i + 11);
            }
        }

        await server.Stop();
        var posts = collector.Spans.Where(span => span.Name == "chat.post").ToList();
        Assert.Equal(Times, posts.Count);
        Assert.All(posts, post => Assert.Single(collector.Spans, span => span.Parent == post.Id && span.Name == "room.commit"));
    }

    [Fact]
    public async Task What_Orleans_says_of_a_call_leaves_without_the_grains_key()
    {
        await using var collector = await Collector.Start();
        await using var server = await ChatServer.Start([.. collector.Variables().Select(variable => $"{variable.Key}={variable.Value}")]);
        using var orleans = new ActivitySource("Microsoft.Orleans.Application");
        using (var call = orleans.StartActivity("IRoomGrain/Submit"))
        {
            call!.SetTag("rpc.method", "Submit").SetTag("rpc.orleans.target_id", "room/quagga-lodge").SetTag("rpc.orleans.source_id", "user/zebulon");
            call.SetTag("exception.type", "System.TimeoutException").SetTag("exception.message", "'quagga-lodge' did not answer");
        }

        await server.Stop();
        var sent = Assert.Single(collector.Spans, span => span.Name == "IRoomGrain/Submit");
        Assert.Equal(["exception.type", "rpc.method"], sent.Said.Keys.Order());
        Assert.All(ObservedServer.Names, name => Assert.DoesNotContain(name, collector.Everything, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_samples_nothing_is_sent_figures_but_no_span()
    {
        await using var collector = await Collector.Start();
        await using var server = await GatewayProcess.Start([.. collector.Variables(sampler: "always_off"), ("OTEL_SERVICE_NAME", "our-chat")]);
        await using (var chat = await server.Connect())
        {
            await chat.Hello(guest: "Gil");
            await chat.Create("den");
            await chat.Post("den", "Hello?");
        }

        await server.Terminate();
        Assert.Contains("chat.posts", collector.Instruments);
        Assert.Empty(collector.Spans);
        Assert.Equal(["our-chat"], collector.Senders.Select(sender => sender["service.name"]).Distinct());
    }

    [Fact]
    public async Task A_collector_that_never_answers_does_not_hold_up_the_stop()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start(); // it takes connections, and says nothing
        await using var server = await GatewayProcess.Start(("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{silent.LocalEndpoint}"), ("OTEL_TRACES_SAMPLER", "always_on"));
        await using (var chat = await server.Connect()) await chat.Hello(guest: "Gil");
        Assert.Equal(0, await server.Terminate());
    }

    [Fact]
    public void A_value_that_cannot_be_ends_the_start_with_a_sentence_that_names_the_variable()
    {
        foreach (var (variable, value) in new[] { ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"), ("OTEL_TRACES_SAMPLER_ARG", "5%"), ("OTEL_TRACES_SAMPLER_ARG", "5") })
        {
            var settings = new ConfigurationBuilder().AddInMemoryCollection([new(variable, value)]).Build();
            Assert.Contains(variable, Assert.Throws<ConfigurationException>(() => Telemetry.Check(settings)).Message, StringComparison.Ordinal);
        }
    }
}
