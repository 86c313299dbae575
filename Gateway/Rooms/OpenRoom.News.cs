using OrleansChat.Engine;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Rooms;

/// <summary>
/// The room's news. Telling a full room takes milliseconds, and the room is not held up by it: what happens meanwhile
/// gathers, and is told together.
/// </summary>
internal sealed partial class OpenRoom
{
    private const int FewSeats = 16; // told sooner than another thread is woken

    private void Hear(RoomNews it) => news!.Add(it, here: seats.Count <= FewSeats);

    private void TellAll(ReadOnlySpan<RoomNews> gathered)
    {
        while (gathered.Length > 0)
        {
            var joined = HowManyJoin(gathered);
            Tell(joined == 1 ? gathered[0] : new RoomNews.Happened([.. gathered[..joined].ToArray().SelectMany(EventsOf)]));
            gathered = gathered[joined..];
        }
    }

    /// <summary>Events that follow each other go together, as many as fill a frame. A commit that is traced is told alone, in its trace.</summary>
    private static int HowManyJoin(ReadOnlySpan<RoomNews> gathered)
    {
        var (count, size, next) = (0, 0, 0L);
        while (count < gathered.Length && gathered[count] is RoomNews.Happened { Trace: null } it
            && (count == 0 || it.Events[0].Seq == next)
            && (size += EventFrames.Size(it.Events)) <= EventFrames.MaxText)
        {
            next = it.Events[^1].Seq + 1;
            count++;
        }

        return Math.Max(1, count);
    }

    private static IReadOnlyList<RoomEvent> EventsOf(RoomNews it) => ((RoomNews.Happened)it).Events;

    private void Tell(RoomNews told)
    {
        switch (told)
        {
            case RoomNews.Happened(var events, var trace):
                if (!Follows(events, trace)) Reaches(events[^1].Seq);
                break;
            case RoomNews.Announced(var logHead):
                SayAgain(); // a new activation knows nobody yet
                Reaches(logHead);
                break;
            case RoomNews.Presence(var online, var offline, var count):
                Offer(EventFrames.Presence(id, online, offline, count));
                break;
            case RoomNews.Typing(var user):
                Offer(EventFrames.Typing(id, user), but: user);
                break;
            case RoomNews.Read(var user, var seq):
                Offer(EventFrames.Read(id, user, seq));
                break;
            case RoomNews.Gone:
                Destroyed();
                break;
        }
    }

    private void Offer(ReadOnlyMemory<byte> frame, UserId? but = null)
    {
        lock (gate)
        {
            foreach (var seat in seats)
            {
                if (seat.Sitter.User != but) seat.Outbox.Offer(frame);
            }
        }
    }
}
