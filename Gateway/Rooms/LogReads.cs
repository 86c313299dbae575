using OrleansChat.Rooms;
using OrleansChat.Storage;

namespace OrleansChat.Gateway.Rooms;

/// <summary>A page of a room's log, and its frames, encoded once for all who are told it.</summary>
/// <param name="Events">The events after a position, ascending; none where the log ends there.</param>
/// <param name="Frames">All of them, each frame with the number of its last event.</param>
public sealed record LogPage(IReadOnlyList<RoomEvent> Events, IReadOnlyList<(ReadOnlyMemory<byte> Frame, long Last)> Frames);

/// <summary>
/// The reading of one room's log for all who are behind. When a crowd comes back it stands at the same position: while a
/// page is being read those who come for the same one gather, and share the next read and its frames.
/// </summary>
/// <remarks>
/// Nobody is given what was read before they asked, and nothing is kept: a text may have been erased meanwhile.
/// </remarks>
public sealed class LogReads(RoomId room, IStorage storage)
{
    public const int PageOfEvents = 200;

    private readonly Lock gate = new();
    private readonly Dictionary<long, TaskCompletionSource<LogPage>?> gathering = []; // by position, where a read is under way

    /// <summary>The page after a position, as it is now.</summary>
    /// <exception cref="UnavailableException">The storage did not give it; whoever asks again is served again.</exception>
    public Task<LogPage> After(long position)
    {
        lock (gate)
        {
            if (gathering.TryGetValue(position, out var next)) return (gathering[position] = next ?? NewPage()).Task;
            gathering.Add(position, null);
        }

        var page = NewPage();
        _ = ReadAll(position, page);
        return page.Task;
    }

    private async Task ReadAll(long position, TaskCompletionSource<LogPage>? page)
    {
        for (; page is not null; page = Next(position))
        {
            try
            {
                var events = await storage.ReadEvents(room, position, PageOfEvents);
                page.SetResult(new(events, EventFrames.Events(room, events)));
            }
            catch (Exception e)
            {
                page.SetException(e);
            }
        }
    }

    private TaskCompletionSource<LogPage>? Next(long position)
    {
        lock (gate)
        {
            var next = gathering[position];
            if (next is null) gathering.Remove(position);
            else gathering[position] = null;
            return next;
        }
    }

    private static TaskCompletionSource<LogPage> NewPage() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
