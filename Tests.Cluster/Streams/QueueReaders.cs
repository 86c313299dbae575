using OrleansChat.Grains.Streams;
using OrleansChat.Presence;

namespace OrleansChat.Tests.Cluster.Streams;

/// <summary>A queue that passes from one silo's pulling agent to another's, as it does whenever a silo comes or goes.</summary>
public sealed class QueueReaders
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    private readonly ManualTime time = new(DateTimeOffset.UnixEpoch);
    private readonly EdgeMessage message = new(EdgeStreams.Of(EdgeId.New("edge")), [new([])]);

    [Fact]
    public async Task A_message_is_not_taken_by_a_reader_whom_a_later_one_has_relieved()
    {
        var queue = new EdgeQueueGrain(time);
        var former = queue.Dequeue(1, Long);
        var latter = queue.Dequeue(1, Short);
        time.Advance(Short);
        Assert.Empty(await latter);

        await queue.Enqueue(message);
        time.Advance(Long);
        Assert.Empty(await former);
        Assert.Same(message, Assert.Single(await queue.Dequeue(1, Short)));
    }

    [Fact]
    public async Task A_reader_who_waits_is_answered_when_a_message_comes()
    {
        var queue = new EdgeQueueGrain(time);
        var reader = queue.Dequeue(1, Long);
        Assert.False(reader.IsCompleted);
        await queue.Enqueue(message);
        Assert.Same(message, Assert.Single(await reader));
    }
}
