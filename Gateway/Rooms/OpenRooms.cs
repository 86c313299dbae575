using System.Collections.Concurrent;
using OrleansChat.Engine;
using OrleansChat.Gateway.Nodes;
using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Rooms;

/// <summary>
/// The rooms that this edge holds open. Because the last event of a quiet room has no successor to betray its loss,
/// the heads of all of them are compared with the log every two seconds, in one query. The same look finds the rooms that
/// were destroyed.
/// </summary>
public sealed partial class OpenRooms(IChat chat, IStorage storage, TimeProvider time, EdgeMeter meter, ILogger<OpenRooms> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<RoomId, OpenRoom> rooms = new();

    public int Count => rooms.Count;

    /// <summary>Gives a socket a seat in a room, from the event after <paramref name="position"/> on.</summary>
    /// <param name="known">See <see cref="Seat"/>.</param>
    public Seat Sit(ISitter sitter, RoomId room, long position, long known)
    {
        while (true)
        {
            var open = rooms.GetOrAdd(room, Open);
            var seat = new Seat(sitter, open.Id, position, known); // all seats share the room's id
            if (open.TrySit(seat)) return seat;
            // The room was closed in this moment and is on its way out of the dictionary.
        }
    }

    public void Stand(Seat seat)
    {
        if (rooms.TryGetValue(seat.Room, out var room)) room.Stand(seat);
    }

    /// <summary>Whether the seat does for a membership that began with this event, or a new one must be taken.</summary>
    public bool Covers(Seat seat, long seq) => rooms.TryGetValue(seat.Room, out var room) ? room.Covers(seat, seq) : seq <= seat.Known;

    /// <summary>Whether the user sits in the room on this edge.</summary>
    public bool IsSeated(RoomId room, UserId user) => rooms.TryGetValue(room, out var open) && open.IsSeated(user);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks, time);
        var looked = time.GetUtcNow();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (time.GetUtcNow() - looked >= RoomPresence.Lease) WakeUp();
            looked = time.GetUtcNow();
            try
            {
                var open = rooms.Keys.ToList();
                if (open.Count == 0) continue;
                var heads = await storage.Heads(open).WaitAsync(stoppingToken);
                foreach (var room in open)
                {
                    if (!rooms.TryGetValue(room, out var known)) continue;
                    // Whoever sits in a room was let in by the log, and an id is never free again.
                    if (heads.TryGetValue(room, out var head)) known.Reaches(head);
                    else known.Destroyed();
                }
            }
            catch (UnavailableException e)
            {
                LogNoHeads(log, e);
            }
        }
    }

    /// <summary>The process was frozen, or the machine asleep: the rooms have taken this edge for dead, and its people for gone.</summary>
    private void WakeUp()
    {
        foreach (var room in rooms.Values) room.SayAgain();
    }

    private OpenRoom Open(RoomId room) => new(room, chat, storage, time, meter, closing => rooms.TryRemove(new(closing.Id, closing)));

    [LoggerMessage(EventId = 10, EventName = "HeadsUnknown", Level = LogLevel.Warning, Message = "The heads of the open rooms could not be read.")]
    private static partial void LogNoHeads(ILogger log, Exception reason);
}
