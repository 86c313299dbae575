using System.Collections.Immutable;
using OrleansChat.Gateway.Identity;
using OrleansChat.Gateway.Operations;
using OrleansChat.Gateway.Rooms;
using OrleansChat.Rooms;

namespace OrleansChat.Gateway.Sockets;

/// <summary>Coming in, and taking seats in rooms.</summary>
public sealed partial class ChatSocket
{
    private const int MaxBehind = 1_000; // further behind, a client reloads rather than resumes
    private const int LatestEvents = 50;

    private volatile TaskCompletionSource? greeting = new(TaskCreationOptions.RunContinuationsAsynchronously); // until it has said hello

    private async Task Greet(long id, Operation.Hello hello)
    {
        if (caller is not null)
        {
            Answer(id, Refusal.BadRequest("You have said hello already."));
            return;
        }

        try
        {
            await Greet(id, hello, hello.Token is not null ? await ByToken(hello.Token) : await edge.SignIn.AsGuest(hello.Guest ?? ""));
        }
        catch (UnavailableException)
        {
            Answer(id, Refusal.Unavailable("The storage does not answer; try again."));
        }
    }

    private async Task<Answer<SignedIn>> ByToken(string token)
    {
        await PollingThread.Leave(); // the keys may have to be fetched, and are waited for
        if (await edge.Tokens.Read(token) is not { } known) return Refusal.Unauthenticated("The token is wrong, expired or revoked.");
        return TokenScopes.Refuse(known, "hello") is { } forbidden ? forbidden : new SignedIn(known, token, default);
    }

    private async Task Greet(long id, Operation.Hello hello, Answer<SignedIn> signedIn)
    {
        if (!signedIn.Ok)
        {
            Answer(id, signedIn.Refusal);
            if (hello.Token is not null && signedIn.Refusal.Code is ErrorCode.Unauthenticated) End(ProtocolClose.BadToken, "the token is wrong, expired or revoked");
            return;
        }

        var me = signedIn.Value.Caller;
        caller = me;
        try
        {
            // News of the user are followed before the rooms are listed, so that no room comes between the two unseen.
            user = await edge.Users.Enter(me, this);
            if (hello.Token is not null && await edge.Tokens.Read(hello.Token) is null) SignedOut(); // in the moment before
            var rooms = await edge.Storage.RoomsOf(me.Id);
            var blocked = await edge.Storage.BlockedBy(me.Id);
            var places = rooms.Select(room => (Room: room, Place: PlaceOf(room, hello.Resume))).ToList();
            var limits = edge.Limits;
            var answer = AnswerFrames.Answer(id, new Reply(new HelloAnswer(
                new(me.Id, me.Name, me.Id.IsGuest, me.Admin ? true : null),
                new(limits.Text, limits.Frame, limits.Rooms),
                [.. places.Select(p => EntryView.Of(p.Room, p.Place.Gap))],
                [.. blocked.OrderBy(other => other.Value, StringComparer.Ordinal).Take(HelloAnswer.BlockedShown)],
                me.Id.IsGuest ? signedIn.Value.Token : null), null));
            if (!Outbox.Send(answer, then: () => places.ForEach(p => Sit(p.Room.Room, p.Place.After, p.Room.Head)))) FellBehind();
            greeting!.SetResult();
            greeting = null;
        }
        catch
        {
            if (user is not null) await edge.Users.Leave(user, this);
            (user, caller) = (null, null);
            throw;
        }
    }

    /// <summary>From where on a client is told a room: from its mark, or from the head with a gap where the mark is no use.</summary>
    private static (long After, bool Gap) PlaceOf(RoomEntry room, Dictionary<string, long>? resume) =>
        resume is null || !resume.TryGetValue(room.Room.Value, out var mark) ? (room.Head, false) : PlaceOf(room.Head, mark);

    private static (long After, bool Gap) PlaceOf(long head, long mark) =>
        mark < 0 || mark > head || head - mark > MaxBehind ? (head, true) : (mark, false);

    private async Task<Reply> Join(Operation.Join join)
    {
        var answer = await edge.Dispatch.Carry(caller!, join);
        if (answer.Refusal is { } refusal) return refusal;

        // No event comes between the answer and what it says: whoever has a seat gives it up for a new one.
        var seat = SeatIn(join.Room);
        if (seat is not null && GiveUp(seat)) edge.Rooms.Stand(seat);
        try
        {
            var (view, events, gap, after) = await Entrance(join);
            if (view is null) return RoomRules.NoSuchRoom(join.Room);
            return new Reply(new JoinAnswer(view, events, gap), null) { Then = () => Sit(join.Room, after, view.Head) };
        }
        catch
        {
            if (seat is not null) Sit(join.Room, seat.Position, seat.Known);
            throw;
        }
    }

    private async Task<(EntryView? Room, IReadOnlyList<RoomEvent> Events, bool Gap, long After)> Entrance(Operation.Join join)
    {
        if (await edge.Storage.RoomOf(User, join.Room) is not { } room) return default;
        var (mark, gap) = join.Since is { } since ? PlaceOf(room.Head, since) : (Math.Max(0, room.Head - LatestEvents), false);
        var events = EventFrames.FirstFrame(await edge.Storage.ReadEvents(join.Room, mark, (int)(room.Head - mark)));
        var view = EntryView.Of(room, gap) with { Topic = room.Topic, Members = room.Members };
        return (view, events, gap, events.Count > 0 ? events[^1].Seq : mark);
    }

    private void Sit(RoomId room, long after, long known)
    {
        var seat = edge.Rooms.Sit(this, room, after, known);
        ImmutableInterlocked.Update(ref seats, static (all, mine) => all.RemoveAll(each => each.Room == mine.Room).Add(mine), seat);
        if (gone) edge.Rooms.Stand(seat); // an operation that was under way came to its end after the socket's
    }

    private Seat? SeatIn(RoomId room) => seats.FirstOrDefault(seat => seat.Room == room);

    private bool GiveUp(Seat seat) => ImmutableInterlocked.Update(ref seats, static (all, mine) => all.Remove(mine), seat);

    void ISitter.Unseated(Seat seat)
    {
        GiveUp(seat);
        foreach (var seq in seat.Returns?.Where(seq => seq > seat.Position) ?? []) Entered(seat.Room, seq);
    }

    /// <summary>The user became a member by another way than a join here: this session gets the room too.</summary>
    public void Entered(RoomId room, long seq) => lanes.Queue(room, async () =>
    {
        await Task.Yield(); // whoever brings the news may hold a room's lock
        if (greeting is { } hello) await hello.Task.WaitAsync(ended.Token);
        if (SeatIn(room) is { } seat && edge.Rooms.Covers(seat, seq)) return;
        if (await edge.Storage.RoomOf(User, room) is not { } entry) return;
        // The room as it was just before the event that brought it: what follows in the frames is the next number.
        var view = EntryView.Of(entry with { Head = seq - 1 });
        if (!Outbox.Send(Frames.Json(new RoomPush(view), WireJson.Wire.RoomPush))) FellBehind();
        Sit(room, after: seq - 1, known: seq - 1);
    });
}
