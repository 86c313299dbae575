using System.Buffers.Binary;

namespace OrleansChat.Bench.Load;

/// <summary>
/// A server's frames as they come, in whatever pieces: their headers are taken out, so that the payloads lie side by side.
/// Some servers cut a message into fragments wherever their buffers end, in the midst of a mark too.
/// </summary>
internal struct Unframed
{
    /// <summary>The longest header of a server: two bytes and a length of eight.</summary>
    public const int MaxHeader = 10;

    private readonly byte[] header = new byte[MaxHeader];
    private int have; // bytes of a header whose rest is to come
    private long left; // bytes of the payload that are to come

    public Unframed()
    {
    }

    /// <summary>Takes the headers out of what came.</summary>
    /// <returns>How many of the bytes, from the first, are payload now.</returns>
    public int Take(Span<byte> bytes)
    {
        var (from, to) = (0, 0);
        while (from < bytes.Length)
        {
            if (left > 0)
            {
                var part = (int)Math.Min(left, bytes.Length - from);
                if (from != to) bytes.Slice(from, part).CopyTo(bytes[to..]);
                (from, to, left) = (from + part, to + part, left - part);
                continue;
            }

            header[have++] = bytes[from++];
            if (have < 2 || have < SizeOf(header[1])) continue;
            left = header[1] switch
            {
                127 => (long)BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(2)),
                126 => BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)),
                var length => length,
            };
            have = 0;
        }

        return to;
    }

    private static int SizeOf(byte form) => form switch { 127 => 10, 126 => 4, _ => 2 };
}
