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
    private byte[] last = []; // of them
    private int used; // bytes of it

    /// <summary>Keeps a text.</summary>
    public Place Add(string text)
    {
        if (text.Length == 0) return default;
        var length = Encoding.UTF8.GetByteCount(text);
        if (length > last.Length - used) Grow(length);
        var place = new Place(arrays.Count - 1, used, length);
        used += Encoding.UTF8.GetBytes(text, last.AsSpan(used));
        return place;
    }

    public string this[Place place] => Encoding.UTF8.GetString(Bytes(place));

    /// <summary>Its bytes are no more.</summary>
    public void Erase(Place place) => Bytes(place).Clear();

    private Span<byte> Bytes(Place place) => place.Length == 0 ? [] : arrays[place.Array].AsSpan(place.At, place.Length);

    private void Grow(int length)
    {
        (last, used) = (new byte[Math.Max(length, Math.Clamp(2 * last.Length, Smallest, Largest))], 0);
        arrays.Add(last);
    }

    /// <summary>Where a text lies.</summary>
    public readonly record struct Place(int Array, int At, int Length);
}
