using System.Text.Json;

namespace OrleansChat.Tests.Gateway.Rooms;

/// <summary>
/// What one connection was told of one room, checked frame by frame: no event before the answer or the <c>room</c>
/// frame that brought the room, then each number after the other, and nothing after one's own going.
/// </summary>
internal sealed class RoomStory(string room, string me)
{
    private long? last; // null while one is not in the room

    /// <summary>How often one came in.</summary>
    public int Entrances { get; private set; }

    public long Last => last ?? throw new InvalidOperationException("Not in the room.");

    public bool Inside => last is not null;

    public static RoomStory Check(Wire wire, string room, string me)
    {
        var story = new RoomStory(room, me);
        foreach (var frame in wire.Frames) story.Take(frame);
        return story;
    }

    public void Take(JsonElement frame)
    {
        if (frame.TryGetProperty("ok", out var ok)) TakeAnswer(ok);
        else if (Wire.IsPush(frame, "room", room)) Enter(frame.GetProperty("room").GetProperty("head").GetInt64());
        else if (Wire.IsPush(frame, "events", room)) TakeEvents(frame.GetProperty("events"));
        else if (Wire.IsPush(frame, "gone", room)) last = null;
    }

    private void TakeAnswer(JsonElement ok)
    {
        if (ok.TryGetProperty("events", out var events) && ok.GetProperty("room").GetProperty("room").GetString() == room)
        {
            var (head, count) = (ok.GetProperty("room").GetProperty("head").GetInt64(), events.GetArrayLength());
            Enter(count > 0 ? events[0].GetProperty("seq").GetInt64() - 1 : head);
            foreach (var e in events.EnumerateArray()) Assert.Equal(++last, e.GetProperty("seq").GetInt64());
        }
        else if (ok.TryGetProperty("rooms", out var rooms) && ok.TryGetProperty("user", out _))
        {
            foreach (var entry in rooms.EnumerateArray().Where(entry => entry.GetProperty("room").GetString() == room))
            {
                Enter(entry.GetProperty("head").GetInt64());
            }
        }
    }

    private void Enter(long after)
    {
        Entrances++;
        last = after;
    }

    private void TakeEvents(JsonElement events)
    {
        foreach (var e in events.EnumerateArray())
        {
            Assert.True(Inside, $"An event of a room in which one is not: {e}");
            Assert.Equal(++last, e.GetProperty("seq").GetInt64());
            if (EndsIt(e)) last = null;
        }
    }

    private bool EndsIt(JsonElement e) => e.GetProperty("kind").GetString() switch
    {
        "left" => e.GetProperty("by").GetString() == me,
        "kicked" or "banned" => e.GetProperty("user").GetString() == me,
        _ => false,
    };
}
