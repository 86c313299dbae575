using System.Diagnostics;
using OrleansChat.Nodes;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Rooms;

/// <summary>Telling the seats: those that are level get what happens, those that are behind are told the log.</summary>
internal sealed partial class OpenRoom
{
    private const int AtATime = 16; // seats that are looked at before they are told

    private readonly LogReads log = new(id, storage);

    /// <summary>Hands out news that join on to the head; false when there is a hole before them.</summary>
    /// <param name="trace">The span of the commit that they come from, wherever it took place.</param>
    private bool Follows(IReadOnlyList<RoomEvent> events, string? trace)
    {
        using var span = trace is not null && ActivityContext.TryParse(trace, null, isRemote: true, out var commit)
            ? ChatTelemetry.Source.StartActivity("edge.deliver", ActivityKind.Consumer, commit)
            : null;
        lock (gate)
        {
            if (head < 0 || events[0].Seq > head + 1) return false;
            span?.SetTag("chat.seats", seats.Count);
            span?.SetTag("chat.events", events.Count);
            Deliver(events[0].Seq == head + 1 ? events : [.. events.Where(e => e.Seq > head)]);
            return true;
        }
    }

    /// <summary>Hands out the events that follow the head. The lock is held.</summary>
    private void Deliver(IReadOnlyList<RoomEvent> events)
    {
        if (events.Count == 0) return;
        var given = 0;
        var before = head;
        head = events[^1].Seq;
        var frames = EventFrames.Events(id, events);
        var size = EventFrames.Size(frames);
        var (someoneLeft, concerns) = (false, false);
        for (var i = 0; i < events.Count; i++)
        {
            someoneLeft |= events[i].Lost() is not null;
            concerns |= MayConcern(events[i]);
        }

        var told = concerns ? new List<(Seat, long)>() : null;
        for (var i = seats.Count - 1; i >= 0; i--)
        {
            if (i == seats.Count - 1 || i % AtATime == AtATime - 1) LookAt(i / AtATime * AtATime, i, size);
            var seat = seats[i];
            if (seat.CatchingUp || seat.Position >= head) continue;
            told?.Add((seat, seat.Position));
            given += someoneLeft || seat.Position != before ? Give(seat, events) : Give(seat, frames);
        }

        meter.Delivered(given);
        if (told is not null) Notify(events, told);
    }

    /// <summary>
    /// Those for whom it is too much at once read the log instead. What a write looks at lies in five places of memory, one
    /// found by the other (seat, outbox, wire, socket, handle); of seats that are looked at together the processor waits for all at once.
    /// </summary>
    private void LookAt(int first, int last, long size)
    {
        for (var i = first; i <= last; i++)
        {
            var seat = seats[i];
            if (!seat.CatchingUp && seat.Position < head && !seat.Outbox.TakesAtOnce(size)) Level(seat);
        }
    }

    /// <returns>How many frames there were to give.</returns>
    private static int Give(Seat seat, List<(ReadOnlyMemory<byte> Frame, long Last)> frames)
    {
        foreach (var (frame, last) in frames)
        {
            seat.Position = last;
            if (!seat.Outbox.Send(frame)) seat.Sitter.FellBehind();
        }

        return frames.Count;
    }

    /// <summary>Gives a seat what of the events it has not had yet, up to the user's own removal.</summary>
    private int Give(Seat seat, IReadOnlyList<RoomEvent> events)
    {
        var (mine, removed) = Share(seat, events);
        var given = mine.Count > 0 ? Give(seat, EventFrames.Events(id, mine)) : 0;
        if (removed) Unseat(seat);
        return given;
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
        Activity.Current = null;
        await Task.Yield(); // the lock is held by whoever seated it
        var wait = FirstRetry;
        while (seat.Taken)
        {
            LogPage page;
            try
            {
                page = await log.After(seat.Position);
            }
            catch (UnavailableException)
            {
                await Task.Delay(wait, time);
                wait = wait * 2 < LastRetry ? wait * 2 : LastRetry;
                continue;
            }

            var (mine, removed) = Share(seat, page.Events);
            foreach (var (frame, last) in removed ? EventFrames.Events(id, mine) : page.Frames)
            {
                if (!await Replay(seat, frame, last)) return;
            }

            lock (gate)
            {
                Notify(mine, [(seat, 0)]);
                if (removed && seat.Taken) Unseat(seat);
                if (!seat.Taken) return;
                if (seat.Position < head && page.Events.Count > 0) continue;
                seat.CatchingUp = seat.Reading = false;
                return;
            }
        }
    }

    /// <summary>Sends a piece of the log as soon as there is place for it. False: the seat is no more, or its socket.</summary>
    private async Task<bool> Replay(Seat seat, ReadOnlyMemory<byte> frame, long last)
    {
        var outbox = seat.Outbox;
        while (await outbox.PlaceFor(frame))
        {
            lock (gate)
            {
                if (!seat.Taken) return false;
                if (!outbox.TryPlace(frame)) continue; // another room was quicker
                seat.Position = last;
                meter.Delivered(1);
                return true;
            }
        }

        return false;
    }

    /// <summary>The events that a seat has not had, up to the one that removed its user, if one did.</summary>
    private static (IReadOnlyList<RoomEvent> Mine, bool Removed) Share(Seat seat, IReadOnlyList<RoomEvent> events)
    {
        var mine = events.Where(e => e.Seq > seat.Position).ToList();
        var end = mine.FindIndex(e => e.Seq > seat.Known && e.Lost() == seat.Sitter.User);
        return end < 0 ? (mine, false) : (mine[..(end + 1)], true);
    }

    /// <summary>Whether somebody might be given notice of it.</summary>
    private bool MayConcern(RoomEvent e) => e is RoomEvent.Invited || (e is RoomEvent.Message m && (id.IsDirect || Mentions.MayBeIn(m.Text)));

    /// <summary>
    /// Gives notice of an invitation to the invited, and of a message to those to whom it speaks. The lock is held.
    /// </summary>
    /// <param name="told">The seats that were told these events just now, and up to where they knew the log before.</param>
    private void Notify(IReadOnlyList<RoomEvent> events, List<(Seat Seat, long Knew)> told)
    {
        foreach (var e in events.Where(MayConcern))
        {
            if (e is RoomEvent.Invited invited) Notice("invited", e, told, user => user == invited.User);
            if (e is not RoomEvent.Message message) continue;
            if (id.IsDirect) Notice("direct", e, told, user => user != e.By);
            var mentioned = Mentions.In(message.Text, seated.ContainsKey);
            if (mentioned.Count > 0) Notice("mention", e, told, user => user != e.By && mentioned.Contains(user));
        }
    }

    private void Notice(string kind, RoomEvent e, List<(Seat Seat, long Knew)> told, Func<UserId, bool> speaksTo)
    {
        ReadOnlyMemory<byte> frame = default;
        foreach (var (seat, knew) in told)
        {
            if (!seat.Taken || e.Seq <= knew || e.Seq <= seat.Known || !speaksTo(seat.Sitter.User) || seat.Sitter.Ignores(e.By)) continue;
            if (frame.IsEmpty) frame = EventFrames.Notice(kind, id, e);
            seat.Outbox.Offer(frame);
        }
    }
}
