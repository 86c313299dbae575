using System.Globalization;
using OrleansChat.Client;

namespace OrleansChat.Tests.Cluster.Processes;

/// <summary>The README's cluster for development: nodes on one SQLite file, of which the first holds the membership.</summary>
[Collection(OrleansChat.Tests.Processes.Processes.Name)]
public sealed class NodesOfOneMachine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_second_node_joins_and_people_on_both_talk_with_each_other()
    {
        await using var first = SiloProcess.NotStarted(1);
        await first.Begin();
        (string, string)[] joins =
        [
            ("Chat:Storage", first.Storage),
            ("Cluster:Primary", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{first.SiloPort}")),
        ];
        await using var second = SiloProcess.NotStarted(2, joins);
        await second.Begin();

        await using var ada = await ChatClient.Connect(first.Socket, new SignIn.Guest("Ada"));
        await using var bob = await ChatClient.Connect(second.Socket, new SignIn.Guest("Bob"));
        var (adas, bobs) = (await ada.Join("lobby"), await bob.Join("lobby"));
        var (hello, hi) = (await ada.Post("lobby", "Hello over there"), await bob.Post("lobby", "Hi"));
        Assert.Equal(await Heard(adas, hi.Seq), await Heard(bobs, hi.Seq));
        Assert.Equal(hello.Seq + 1, hi.Seq);
    }

    private static async Task<IReadOnlyList<string>> Heard(ChatRoom room, long upTo)
    {
        using var patience = new CancellationTokenSource(Patience);
        var texts = new List<string>();
        await foreach (var item in room.Items(patience.Token))
        {
            if (item is not RoomItem.Happened { Event: var e }) continue;
            if (e.Text is not null) texts.Add(e.Text);
            if (e.Seq >= upTo) break;
        }

        return texts;
    }
}
