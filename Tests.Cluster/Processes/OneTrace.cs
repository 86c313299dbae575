using OrleansChat.Client;
using OrleansChat.Tests.Gateway.Nodes;
using OrleansChat.Tests.Storage;

namespace OrleansChat.Tests.Cluster.Processes;

/// <summary>What a collector is told of a post that goes from a gateway to a silo and back, by two real nodes.</summary>
[Collection(OrleansChat.Tests.Processes.Processes.Name)]
public sealed class OneTrace
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_post_is_one_trace_over_both_nodes_down_to_the_sockets()
    {
        await using var collector = await Collector.Start();
        await using var postgres = await PostgresServer.StartNew();
        (string, string)[] settings =
        [
            ("Chat:Storage", $"postgres:{await postgres.NewDatabase()}"), ("Cluster:Id", $"test-{Guid.NewGuid():N}"),
            .. collector.Variables(sampler: ""), ("OTEL_TRACES_SAMPLER_ARG", "1"),
        ];
        await using var rooms = SiloProcess.NotStarted(1, [.. settings, ("Cluster:Roles", "silo")]);
        await rooms.Begin();
        await using var edge = SiloProcess.NotStarted(2, [.. settings, ("Cluster:Roles", "gateway")]);
        await edge.Begin();

        await using (var ada = await ChatClient.Connect(edge.Socket, new SignIn.Guest("Ada")))
        {
            var lobby = await ada.Join("lobby");
            var post = await ada.Post("lobby", "Hello");
            using var patience = new CancellationTokenSource(Patience);
            await foreach (var item in lobby.Items(patience.Token))
            {
                if (item is RoomItem.Happened { Event.Seq: var seq } && seq == post.Seq) break;
            }
        }

        Assert.Equal((0, 0), (await edge.Terminate(), await rooms.Terminate())); // what is left is sent on the way out
        var spans = collector.Spans;
        var operation = Assert.Single(spans, span => span.Name == "chat.post");
        var submit = Assert.Single(spans, span => span.Parent == operation.Id && span.Name == "room.submit");
        var commit = Assert.Single(spans, span => span.Parent == submit.Id && span.Name == "room.commit");
        Assert.Equal(
            ["edge.deliver", "storage.append"],
            spans.Where(span => span.Parent == commit.Id && span.Source == "OrleansChat").Select(span => span.Name).Order(StringComparer.Ordinal));
        Assert.True(submit.FromElsewhere);
        Assert.Superset(new HashSet<string> { "orleans-messaging-sent-messages-size", "chat.posts" }, collector.Instruments.ToHashSet());
    }
}
