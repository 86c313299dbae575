using OrleansChat.Terminal.Rooms;

namespace OrleansChat.Terminal.Screen;

/// <summary>
/// What of a room is in sight. Who reads further up stays at the same words, whatever is added below or above, and however
/// wide the screen becomes.
/// </summary>
internal static class Scrolling
{
    /// <summary>At most <paramref name="height"/> lines, the last of them where one reads.</summary>
    public static IReadOnlyList<Line> Visible(RoomView room, MessageLines lines, int height)
    {
        var seen = new List<Line>();
        var (index, hidden) = Bottom(room);
        for (; index >= 0 && seen.Count < height; index--)
        {
            var all = lines.Of(index);
            for (var i = all.Count - 1 - Math.Min(hidden, all.Count - 1); i >= 0 && seen.Count < height; i--) seen.Add(all[i]);
            hidden = 0;
        }

        seen.Reverse();
        return seen;
    }

    /// <summary>Moves by lines, upwards if negative; false if the beginning of what we have is in sight.</summary>
    public static bool Move(RoomView room, MessageLines lines, int height, int by)
    {
        if (room.Entries.Count == 0) return false;
        var (index, hidden) = Bottom(room);
        hidden = Math.Min(hidden, lines.Of(index).Count - 1) - by;
        while (hidden < 0 && ++index < room.Entries.Count) hidden += lines.Of(index).Count;
        if (index == room.Entries.Count)
        {
            room.Place = null;
            return true;
        }

        for (int count; hidden >= (count = lines.Of(index).Count); index--)
        {
            if (index == 0)
            {
                hidden = count - 1;
                break;
            }

            hidden -= count;
        }

        room.Place = (room.Entries[index], hidden);
        var short_ = height - Visible(room, lines, height).Count;
        if (short_ > 0 && by < 0) Move(room, lines, height, short_);
        if (room.Place is { } place && place.Bottom == room.Entries[^1] && place.Hidden == 0) room.Place = null;
        return short_ <= 0;
    }

    private static (int Index, int Hidden) Bottom(RoomView room)
    {
        var index = room.Place is { } place ? room.Entries.IndexOf(place.Bottom) : -1;
        return index < 0 ? (room.Entries.Count - 1, 0) : (index, room.Place!.Value.Hidden);
    }
}
