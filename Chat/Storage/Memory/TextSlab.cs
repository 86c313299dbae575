using System.Text;

namespace OrleansChat.Storage.Memory;

/// <summary>
/// Very many texts, as UTF-8, one behind the other in few arrays. Were each a string, the garbage collector would have
/// an object of each to mark and to move.
/// </summary>
internal sealed class TextSlab
{
    private const int Smallest = 1 << 10, Largest = 1 << 16; // bytes of an array, unless one text needs more

    private readonly List<byte[]> arrays = [];
    private int used; // bytes of the last array

    /// <summary>Keeps a text.</summary>
    public Place Add(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (arrays.Count == 0 || length > arrays[^1].Length - used) Grow(length);
        var place = new Place(arrays.Count - 1, used, length);
        used += Encoding.UTF8.GetBytes(text, arrays[^1].AsSpan(used));
        return place;
    }

    public string this[Place place] => Encoding.UTF8.GetString(Bytes(place));

    /// <summary>Its bytes are no more.</summary>
    public void Erase(Place place) => Bytes(place).Clear();

    private Span<byte> Bytes(Place place) => arrays[place.Array].AsSpan(place.At, place.Length);

    private void Grow(int length)
    {
        var size = arrays.Count == 0 ? Smallest : Math.Min(2 * arrays[^1].Length, Largest);
        arrays.Add(new byte[Math.Max(size, length)]);
        used = 0;
    }

    /// <summary>Where a text lies.</summary>
    public readonly record struct Place(int Array, int At, int Length);
}
