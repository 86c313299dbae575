using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using OrleansChat.Grains.Interfaces.Edges;

namespace OrleansChat.Grains.Edges;

/// <summary>
/// One silo's way to one edge. While a publish is under way the next batch gathers, so that a busy silo sends few large
/// batches and a quiet one sends at once. What cannot be sent is dropped: the edge reads the log.
/// </summary>
public sealed partial class EdgeOutbox(IAsyncStream<EdgeBatch> stream, ILogger log)
{
    private const int MaxPending = 8 * 1024 * 1024; // bytes; an edge behind by more is better off with the log
    private const int MaxBatch = 512 * 1024;        // bytes; far below the largest message that silos accept
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Queue<byte[]> pending = new();
    private long bytes;
    private bool sending;

    public bool IsIdle
    {
        get
        {
            lock (gate) return !sending;
        }
    }

    public void Send(byte[] news)
    {
        lock (gate)
        {
            if (bytes + news.Length > MaxPending) return;
            bytes += news.Length;
            pending.Enqueue(news);
            if (sending) return;
            sending = true;
        }

        _ = Task.Run(SendAll); // off the room's turn, which must not wait
    }

    private async Task SendAll()
    {
        // Batches are everybody's: they are no part of the trace of whoever came first.
        Activity.Current = null;
        RequestContext.Clear();
        while (Next() is { } batch)
        {
            try
            {
                await stream.OnNextAsync(batch).WaitAsync(Patience);
            }
            catch (Exception e)
            {
                LogDropped(log, batch.News.Length, e);
            }
        }
    }

    private EdgeBatch? Next()
    {
        lock (gate)
        {
            sending = pending.Count > 0;
            if (!sending) return null;
            var batch = new List<byte[]>();
            for (var size = 0; pending.TryPeek(out var news) && (batch.Count == 0 || size + news.Length <= MaxBatch); size += news.Length)
            {
                batch.Add(pending.Dequeue());
                bytes -= news.Length;
            }

            return new([.. batch]);
        }
    }

    [LoggerMessage(EventId = 103, EventName = "NewsDropped", Level = LogLevel.Warning, Message = "{Count} pieces of news did not reach an edge's stream.")]
    private static partial void LogDropped(ILogger log, int count, Exception reason);
}
