using System.Numerics;
using System.Runtime.InteropServices;

namespace OrleansChat.Gateway.Sockets;

/// <summary>The mask of RFC 6455, section 5.3: a key of four bytes, repeated over the payload.</summary>
internal static class Mask
{
    /// <summary>Copies masked bytes and takes the mask off (or puts it on).</summary>
    /// <returns>The key as it has to be turned for the byte after the last.</returns>
    public static uint Copy(ReadOnlySpan<byte> from, Span<byte> to, uint key)
    {
        to = to[..from.Length];
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var keys = Vector.AsVectorByte(new Vector<uint>(key));
            for (; i <= from.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            {
                (new Vector<byte>(from[i..]) ^ keys).CopyTo(to[i..]);
            }
        }

        // A vector's length is a multiple of four, so the rest begins with the key's first byte.
        var four = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key));
        for (; i < from.Length; i++) to[i] = (byte)(from[i] ^ four[i & 3]);

        var turn = 8 * (from.Length & 3);
        return BitConverter.IsLittleEndian ? BitOperations.RotateRight(key, turn) : BitOperations.RotateLeft(key, turn);
    }
}
