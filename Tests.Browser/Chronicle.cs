using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Browser;

/// <summary>
/// A room whose past is written straight into the storage, before a server opens it: so that it has days behind it, or
/// a hundred thousand messages.
/// </summary>
public sealed class Chronicle(RoomId room)
{
    private const int AtOnce = 500; // events in one append

    private readonly List<LogEntry> entries = [];

    public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow.AddDays(-1);

    /// <summary>The number of the last event.</summary>
    public long Head => entries.Count;

    public Chronicle Begins(string by, string name, string? topic = null, Visibility visibility = Visibility.Public, params string[] members)
    {
        Happens(by, new RoomEvent.Created(name, visibility, topic));
        foreach (var member in members) Happens(by, new RoomEvent.Invited(UserId.Parse(member)));
        return this;
    }

    public long Says(string by, string text, long? reply = null, params string[] mentions) =>
        Add(new(Event(by, new RoomEvent.Message(text, reply)), $"key-{Head}", [.. mentions.Select(user => UserId.Parse(user))]));

    public long Happens(string by, RoomEvent e) => Add(new(Event(by, e)));

    public void React(long target, string emoji, params string[] people)
    {
        foreach (var user in people) Happens(user, new RoomEvent.Reacted(target, emoji, true));
    }

    /// <summary>A second passes with each event, and more where the test says so.</summary>
    private RoomEvent Event(string by, RoomEvent e) => e with { Seq = Head + 1, At = Now = Now.AddSeconds(1), By = UserId.Parse(by) };

    private long Add(LogEntry entry)
    {
        entries.Add(entry);
        return Head;
    }

    public async Task Write(IStorage storage)
    {
        var (opened, head) = (await storage.OpenRoom(room), 0L);
        foreach (var part in entries.Chunk(AtOnce))
        {
            var outcome = await storage.Append(new(room, head == 0 ? opened.Epoch : Math.Max(1, opened.Epoch), head, part));
            Assert.IsType<AppendOutcome.Appended>(outcome);
            head += part.Length;
        }
    }
}
