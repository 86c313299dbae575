using OrleansChat.Rooms;
using OrleansChat.Storage;

namespace OrleansChat.Gateway.Rooms;

/// <summary>Telling the seats: those that are level get what happens, those that are behind are told the log.</summary>
internal sealed partial class OpenRoom
{
    private const int PageOfEvents = 200;
    private const long ReplayBelow = 256 * 1024; // replay goes on when less than this waits: it never fills an outbox
    private const long LiveAtOnce = 256 * 1024;  // a batch larger than this is replayed rather than pushed

    /// <summary>Hands out the events that follow the head. The lock is held.</summary>
    private void Deliver(IReadOnlyList<RoomEvent> events)
    {
        if (events.Count == 0) return;
        var before = head;
        head = events[^1].Seq;
        var frames = EventFrames.Events(id, events);
        var tooMuch = frames.Count > 1 && frames.Sum(f => (long)f.Frame.Length) > LiveAtOnce;
        var someoneLeft = events.Any(e => e.Lost() is not null);
        for (var i = seats.Count - 1; i >= 0; i--)
        {
            var seat = seats[i];
            if (seat.CatchingUp || seat.Position >= head) continue;
            if (tooMuch) Level(seat);
            else if (someoneLeft || seat.Position != before) Give(seat, events);
            else Give(seat, frames);
        }

        foreach (var e in events) Notify(e);
    }

    private static void Give(Seat seat, List<(ReadOnlyMemory<byte> Frame, long Last)> frames)
    {
        foreach (var (frame, last) in frames)
        {
            seat.Position = last;
            if (!seat.Sitter.Outbox.Send(frame)) seat.Sitter.FellBehind();
        }
    }

    /// <summary>Gives a seat what of the events it has not had yet, up to the user's own removal.</summary>
    private void Give(Seat seat, IReadOnlyList<RoomEvent> events)
    {
        var (mine, removed) = Share(seat, events);
        if (mine.Count > 0) Give(seat, EventFrames.Events(id, mine));
        if (removed) Unseat(seat);
    }

    /// <summary>A seat that is behind starts reading the log; one that is level takes part in what happens. The lock is held.</summary>
    private void Level(Seat seat)
    {
        if (seat.Reading) return; // it will find out by itself
        seat.CatchingUp = seat.Reading = seat.Position < head;
        if (seat.Reading) _ = CatchUp(seat);
    }

    /// <summary>Tells a seat the log, page by page as its socket drains, until it is level with the room.</summary>
    private async Task CatchUp(Seat seat)
    {
        await Task.Yield(); // the lock is held by whoever seated it
        var wait = FirstRetry;
        while (seat.Taken)
        {
            IReadOnlyList<RoomEvent> page;
            try
            {
                page = await storage.ReadEvents(id, seat.Position, PageOfEvents);
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(wait, time);
                wait = wait * 2 < LastRetry ? wait * 2 : LastRetry;
                continue;
            }

            var (mine, removed) = Share(seat, page);
            foreach (var (frame, last) in EventFrames.Events(id, mine))
            {
                if (!await seat.Sitter.Outbox.Drained(ReplayBelow, seat.Sitter.Outbox.Broken)) return;
                lock (gate)
                {
                    if (!seat.Taken) return;
                    seat.Position = last;
                    if (!seat.Sitter.Outbox.Send(frame)) seat.Sitter.FellBehind();
                }
            }

            lock (gate)
            {
                if (removed && seat.Taken) Unseat(seat);
                if (!seat.Taken) return;
                if (seat.Position < head && page.Count > 0) continue;
                seat.CatchingUp = seat.Reading = false;
                return;
            }
        }
    }

    /// <summary>The events that a seat has not had, up to the one that removed its user, if one did for good.</summary>
    private static (IReadOnlyList<RoomEvent> Mine, bool Removed) Share(Seat seat, IReadOnlyList<RoomEvent> events)
    {
        var mine = events.Where(e => e.Seq > seat.Position).ToList();
        var last = mine.FindLastIndex(e => e.Lost() == seat.Sitter.User);
        if (last < 0 || mine[last].Seq < seat.EnteredAt || mine.FindLastIndex(e => e.Gained() == seat.Sitter.User) > last) return (mine, false);
        return (mine[..(last + 1)], true);
    }

    /// <summary>A message that speaks to somebody, or to the one other person, is noticed by them. The lock is held.</summary>
    private void Notify(RoomEvent e)
    {
        if (e is RoomEvent.Invited invited) Notice("invited", e, seat => seat.Sitter.User == invited.User);
        if (e is not RoomEvent.Message message) return;
        if (id.IsDirect) Notice("direct", e, seat => seat.Sitter.User != e.By);
        if (message.Text?.Contains('@') != true) return;
        var mentioned = Mentions.In(message.Text, seated.ContainsKey);
        if (mentioned.Count > 0) Notice("mention", e, seat => seat.Sitter.User != e.By && mentioned.Contains(seat.Sitter.User));
    }

    private void Notice(string kind, RoomEvent e, Func<Seat, bool> to)
    {
        ReadOnlyMemory<byte> frame = default;
        foreach (var seat in seats)
        {
            if (!to(seat) || seat.Sitter.Ignores(e.By)) continue;
            if (frame.IsEmpty) frame = EventFrames.Notice(kind, id, e);
            seat.Sitter.Outbox.Offer(frame);
        }
    }
}
