using OrleansChat.Rooms;
using OrleansChat.Storage.Memory;
using OrleansChat.Tests.Cluster.Conformance;
using OrleansChat.Tests.Conformance;
using OrleansChat.Users;

namespace OrleansChat.Tests.Cluster.Rooms;

/// <summary>
/// Two activations of one room are forced alive: two clusters that know nothing of each other stand on one storage, as
/// after a partition. Exactly one can append.
/// </summary>
[Collection(OneCluster.Name)]
public sealed class TwoActivations : IAsyncLifetime
{
    private static readonly Actor Ada = new(UserId.Parse("ada"));
    private static readonly RoomId Den = RoomId.Parse("den");

    private readonly FaultyStorage storage = new(new MemoryStorage());
    private ClusterEngine one = null!;
    private ClusterEngine other = null!;
    private int keys;

    public async ValueTask InitializeAsync()
    {
        (one, other) = (await ClusterEngine.Deploy(storage, 1), await ClusterEngine.Deploy(storage, 1));
        await storage.AddAccount(new(Ada.Id, "Ada", null, false, one.Time.GetUtcNow(), one.Time.GetUtcNow()));
        Assert.True((await Submit(one, new RoomCommand.Create(null, null, Visibility.Public))).Ok);
    }

    public async ValueTask DisposeAsync()
    {
        await one.Stop();
        await other.Stop();
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task The_later_one_appends_and_the_earlier_one_is_unavailable_and_steps_down()
    {
        Assert.True((await Post(one)).Ok);
        Assert.True((await Post(other)).Ok);
        var before = (await Log()).Count;
        Assert.Equal(ErrorCode.Unavailable, (await Post(one)).Refusal?.Code);
        Assert.Equal(before, (await Log()).Count);

        // It has stepped down: what answers there next is a new activation, which shuts the other one out in its turn.
        Assert.True((await Insist(one, "Here I am again")).Ok);
        Assert.Equal(ErrorCode.Unavailable, (await Post(other)).Refusal?.Code);
        Assert.Equal("Here I am again", (await Log()).OfType<RoomEvent.Message>().Last().Text);
    }

    [Fact]
    public async Task Amid_the_quarrel_every_answered_post_is_stored_once()
    {
        var posts = Enumerable.Range(0, 60).Select(i => $"Number {i:00}").ToList();
        var answers = await Task.WhenAll(posts.Select((text, i) => Insist(i % 2 == 0 ? one : other, text)));
        Assert.All(answers, answer => Assert.True(answer.Ok, answer.Refusal?.Message));

        var log = await Log();
        Assert.Equal(Enumerable.Range(1, log.Count).Select(n => (long)n), log.Select(e => e.Seq));
        Assert.Equal(posts, log.OfType<RoomEvent.Message>().Select(message => message.Text).Order());
        Assert.All(answers.Select((answer, i) => (answer.Value, i)), it => Assert.Equal(posts[it.i], ((RoomEvent.Message)log[(int)it.Value!.Seq - 1]).Text));
    }

    private static Task<Answer<Receipt>> Submit(ClusterEngine cluster, RoomCommand command) =>
        cluster.Edge().Room(Den).Submit(Ada, command).WaitAsync(Tests.Conformance.Conformance.Patience);

    private Task<Answer<Receipt>> Post(ClusterEngine cluster) => Submit(cluster, new RoomCommand.Post("Hello", $"key-{keys++}", null));

    /// <summary>As a client does: the same key again, for as long as the answer is <c>unavailable</c>.</summary>
    private static async Task<Answer<Receipt>> Insist(ClusterEngine cluster, string text)
    {
        Answer<Receipt> answer;
        do answer = await Submit(cluster, new RoomCommand.Post(text, text.Replace(' ', '-'), null));
        while (answer.Refusal?.Code is ErrorCode.Unavailable);
        return answer;
    }

    private Task<IReadOnlyList<RoomEvent>> Log() => storage.ReadEvents(Den, 0, 10_000);
}
