using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace OrleansChat.Grains.Streams;

/// <summary>Takes one queue's messages, and waits where there are none.</summary>
public sealed class WaitingReceiver(IEdgeQueueGrain queue) : IQueueAdapterReceiver
{
    /// <summary>The pulling agent's end waits for the read that is under way, so that no read waits for long.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(250);

    private const int MaxAtOnce = 256;

    private long taken;

    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount)
    {
        var messages = await queue.Dequeue(maxCount < 0 ? MaxAtOnce : Math.Min(maxCount, MaxAtOnce), Wait);
        return [.. messages.Select(message => new EdgeBatchContainer(message, new EventSequenceTokenV2(++taken)))];
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public Task Shutdown(TimeSpan timeout) => Task.CompletedTask;
}
