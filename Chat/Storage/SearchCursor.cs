using System.Globalization;
using System.Text;
using OrleansChat.Rooms;

namespace OrleansChat.Storage;

/// <summary>Where a page of found messages ended: the place of its last message in the order of all.</summary>
internal sealed record SearchCursor(long At, RoomId Room, long Seq)
{
    public static SearchCursor After(FoundMessage last) => new(last.At.ToUnixTimeMilliseconds(), last.Room, last.Seq);

    /// <summary>Whether something comes after this place: found messages stand newest first, then by room and number, descending.</summary>
    public bool Precedes(long at, RoomId room, long seq) =>
        at != At ? at < At
        : room != Room ? string.CompareOrdinal(room.Value, Room.Value) < 0
        : seq < Seq;

    /// <exception cref="FormatException">It is not a cursor that a search gave.</exception>
    public static SearchCursor? Parse(string? cursor)
    {
        if (cursor is null) return null;
        try
        {
            var parts = Encoding.UTF8.GetString(Convert.FromHexString(cursor)).Split(' ');
            return new(Number(parts[0]), RoomId.Parse(parts[2]), Number(parts[1]));
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or OverflowException)
        {
            throw new FormatException("That is not a cursor of a search.", e);
        }
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    public override string ToString() => Convert.ToHexStringLower(Encoding.UTF8.GetBytes($"{At} {Seq} {Room}"));
}
