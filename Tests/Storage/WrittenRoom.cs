using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Storage;

/// <summary>A room that a test writes to: it counts the numbers, and a second passes with each event.</summary>
public sealed class WrittenRoom(IStorage storage, RoomId id, DateTimeOffset began)
{
    public RoomId Id => id;

    public long Epoch { get; set; }

    public long Head { get; private set; }

    public DateTimeOffset Now { get; set; } = began;

    /// <summary>Everything that was appended.</summary>
    public List<RoomEvent> Events { get; } = [];

    public static async Task<WrittenRoom> Open(IStorage storage, RoomId id, DateTimeOffset now)
    {
        var opened = await storage.OpenRoom(id);
        return new(storage, id, now) { Epoch = opened.Epoch, Head = opened.State.Head };
    }

    public Task<long> Says(UserId by, string text, string? key = null, long? reply = null, params UserId[] mentions) =>
        Append(by, new RoomEvent.Message(text, reply), key, mentions);

    /// <summary>Appends, which must succeed.</summary>
    /// <returns>The event's number.</returns>
    public async Task<long> Append(UserId by, RoomEvent e, string? key = null, params UserId[] mentions)
    {
        Assert.IsType<AppendOutcome.Appended>(await TryAppend(Next(by, e, key, mentions)));
        return Head;
    }

    /// <summary>The event as the one after the last.</summary>
    public LogEntry Next(UserId by, RoomEvent e, string? key = null, params UserId[] mentions) =>
        new(e with { Seq = Head + 1, At = Now.AddSeconds(1), By = by }, key, mentions);

    public async Task<AppendOutcome> TryAppend(params LogEntry[] entries)
    {
        var numbered = entries.Select((entry, i) => entry with { Event = entry.Event with { Seq = Head + 1 + i } }).ToArray();
        var outcome = await storage.Append(new(id, Epoch, Head, numbered));
        if (outcome is AppendOutcome.Appended)
        {
            if (Epoch == 0) Epoch = 1;
            Head += entries.Length;
            Now = numbered[^1].Event.At;
            Events.AddRange(numbered.Select(entry => entry.Event));
        }

        return outcome;
    }
}
