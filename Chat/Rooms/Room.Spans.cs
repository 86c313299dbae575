using System.Diagnostics;
using OrleansChat.Nodes;
using OrleansChat.Storage;

namespace OrleansChat.Rooms;

/// <summary>What an operator sees of a room at work.</summary>
public partial class Room
{
    /// <summary>
    /// The span of one commit: a child of its first command's operation, linked to those of the others. The loop that
    /// commits runs in the context of whoever began it, whose span must be no parent of the batches that follow.
    /// </summary>
    private Activity? BeginCommit()
    {
        ChatTelemetry.CommitSize.Record(batch.Count);
        if (!ChatTelemetry.Source.HasListeners()) return null;
        Activity.Current = null;
        if (batch[0].Asking is { IsStopped: false } asking) Activity.Current = asking;
        var span = ChatTelemetry.Source.StartActivity("room.commit");
        if (span is not { IsAllDataRequested: true }) return span;
        foreach (var other in batch.Skip(1))
        {
            if (other.Asking is { } operation) span.AddLink(new(operation.Context));
        }

        span.SetTag("chat.commit.size", batch.Count);
        return span;
    }

    /// <summary>What travels with the news of a commit, so that their delivery elsewhere is part of its trace.</summary>
    private static string? Trace(Activity? commit) => commit is { Recorded: true } ? commit.Id : null;

    private async ValueTask<AppendOutcome> Append(List<LogEntry> entries)
    {
        using var span = ChatTelemetry.Source.StartActivity("storage.append", ActivityKind.Client);
        span?.SetTag("chat.events", entries.Count);
        var began = host.Time.GetTimestamp();
        try
        {
            var outcome = await host.Storage.Append(new(id, epoch, state.Head, entries));
            span?.SetTag("chat.outcome", outcome.GetType().Name);
            return outcome;
        }
        catch (Exception e)
        {
            span?.Fail(e);
            throw;
        }
        finally
        {
            ChatTelemetry.AppendDuration.Record(host.Time.GetElapsedTime(began).TotalSeconds);
        }
    }
}
