using Microsoft.Extensions.Logging;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace OrleansChat.Grains.Streams;

/// <summary>Takes one queue's messages, and waits where there are none.</summary>
public sealed partial class WaitingReceiver(IEdgeQueueGrain queue, TimeProvider time, ILogger<WaitingReceiver> log) : IQueueAdapterReceiver
{
    /// <summary>The pulling agent's end waits for the read that is under way, so that no read waits for long.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(250);

    private const int MaxAtOnce = 256;

    private long taken;

    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount)
    {
        try
        {
            var messages = await queue.Dequeue(maxCount < 0 ? MaxAtOnce : Math.Min(maxCount, MaxAtOnce), Wait);
            return [.. messages.Select(message => new EdgeBatchContainer(message, new EventSequenceTokenV2(++taken)))];
        }
        catch (Exception e)
        {
            // The queue's silo has died, or this one is ending. The agent's own retries would wait longer and longer.
            LogNotRead(log, e);
            await Task.Delay(Wait, time);
            return [];
        }
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public Task Shutdown(TimeSpan timeout) => Task.CompletedTask;

    [LoggerMessage(EventId = 104, EventName = "QueueNotRead", Level = LogLevel.Information, Message = "A queue of the edges' streams did not answer.")]
    private static partial void LogNotRead(ILogger log, Exception reason);
}
