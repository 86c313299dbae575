using System.Diagnostics;
using OrleansChat.Engine;
using OrleansChat.Gateway.Nodes;
using OrleansChat.Rooms;
using OrleansChat.Storage;

namespace OrleansChat.Gateway.Rooms;

/// <summary>
/// A room that this edge holds open: its seats, and how far the edge itself has heard the log. News only wake it up;
/// the numbers say what is missing, and the log has it.
/// </summary>
internal sealed partial class OpenRoom(RoomId id, IChat chat, IStorage storage, TimeProvider time, EdgeMeter meter, Action<OpenRoom> closing)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly List<Seat> seats = [];
    private Gathering<RoomNews>? news; // there since the room was opened first
    private TaskCompletionSource emptied = NewSignal();
    private long head = -1;  // the last event that was handed out here; -1 until the room is open
    private long wanted = -1; // an event that is known to be in the log
    private bool living, filling, closed;

    public RoomId Id => id;

    /// <summary>Takes a seat; false when the room has just been closed, and the next one must be opened.</summary>
    public bool TrySit(Seat seat)
    {
        lock (gate)
        {
            if (closed) return false;
            seat.Index = seats.Count;
            seats.Add(seat);
            Came(seat.Sitter.User);
            if (head >= 0) Level(seat);
            if (!living) _ = Live();
            return true;
        }
    }

    public void Stand(Seat seat)
    {
        lock (gate)
        {
            if (!seat.Taken) return;
            // The last seat takes the free place: order among seats means nothing.
            var last = seats[^1];
            (seats[seat.Index], last.Index) = (last, seat.Index);
            seats.RemoveAt(seats.Count - 1);
            seat.Index = -1;
            Went(seat.Sitter.User);
            if (seats.Count == 0) emptied.TrySetResult();
        }
    }

    /// <summary>
    /// The user became a member by this event. Where the seat has yet to be told of the removal before it, they come
    /// back after that. False: the seat has ended, and a new one must be taken.
    /// </summary>
    public bool Covers(Seat seat, long seq)
    {
        lock (gate)
        {
            if (seq <= seat.Known || (seat.Taken && seq <= seat.Position)) return true;
            if (seat.Taken) (seat.Returns ??= []).Add(seq);
            return seat.Taken;
        }
    }

    /// <summary>The log is known to reach this far: what was not heard of is read.</summary>
    public void Reaches(long logHead)
    {
        lock (gate)
        {
            wanted = Math.Max(wanted, logHead);
            if (head < 0 || head >= wanted || filling) return;
            filling = true;
            _ = Fill();
        }
    }

    /// <summary>The room and its log are no more: everyone here hears so and stands up.</summary>
    public void Destroyed()
    {
        lock (gate) Empty(EventFrames.Gone(id));
    }

    /// <summary>
    /// Opened, held while somebody sits here, and let go; opened again for whoever came while it was being let go, so
    /// that what one life says of its people never overtakes the next.
    /// </summary>
    private async Task Live()
    {
        living = true;
        Activity.Current = null; // it outlives the operation that began it, as do the other loops here
        await Task.Yield(); // the lock is held by whoever sat down
        while (!closed)
        {
            var subscription = await Open();
            Opened(subscription.Head);
            await emptied.Task;
            await reporting; // a report that came after the end of the lease would begin a new one
            LetGo(await End(subscription));
        }
    }

    private async Task<FeedSubscription> Open()
    {
        news ??= new(TellAll);
        for (var wait = FirstRetry; ;)
        {
            try
            {
                return await chat.Feed.Open(id, Hear);
            }
            catch (UnavailableException)
            {
                await Task.Delay(wait, time);
                wait = wait * 2 < LastRetry ? wait * 2 : LastRetry;
            }
        }
    }

    private void Opened(long logHead)
    {
        lock (gate)
        {
            head = logHead;
            foreach (var seat in seats) Level(seat);
            StartReporting();
        }

        Reaches(wanted); // news may have come while the room was being opened
    }

    /// <summary>False: the room may not have heard of it, and has our people until the lease runs out.</summary>
    private static async Task<bool> End(FeedSubscription subscription)
    {
        try
        {
            await subscription.DisposeAsync();
            return true;
        }
        catch (UnavailableException)
        {
            return false;
        }
    }

    /// <param name="told">Whether the room knows that its people here are gone; where not, the next life says who went.</param>
    private void LetGo(bool told)
    {
        lock (gate)
        {
            head = -1;
            emptied = NewSignal();
            if (seats.Count == 0)
            {
                closed = true;
                closing(this);
                return;
            }

            if (told) changed = [];
            Reannounce();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Reads what is missing up to the wanted event, and hands it out.</summary>
    private async Task Fill()
    {
        Activity.Current = null;
        await Task.Yield(); // the lock is held by whoever learnt of it
        for (var wait = FirstRetry; ;)
        {
            long after;
            lock (gate)
            {
                if (closed || head >= wanted)
                {
                    filling = false;
                    return;
                }

                after = head;
            }

            try
            {
                var events = await storage.ReadEvents(id, after, LogReads.PageOfEvents);
                lock (gate)
                {
                    if (events.Count == 0) wanted = head; // the room was erased meanwhile
                    else Deliver([.. events.Where(e => e.Seq > head)]);
                }
            }
            catch (UnavailableException)
            {
                await Task.Delay(wait, time);
                wait = wait * 2 < LastRetry ? wait * 2 : LastRetry;
            }
        }
    }

    private void Empty(ReadOnlyMemory<byte> lastWords)
    {
        foreach (var seat in seats.ToList())
        {
            if (!seat.Outbox.Send(lastWords)) seat.Sitter.FellBehind();
            Unseat(seat);
        }
    }

    private void Unseat(Seat seat)
    {
        Stand(seat);
        seat.Sitter.Unseated(seat);
    }
}
