using System.Buffers.Binary;
using System.Text;

namespace OrleansChat.Bench.Load;

/// <summary>A client's WebSocket frame (RFC 6455): final and masked.</summary>
internal static class ClientFrame
{
    private static ReadOnlySpan<byte> Key => [0x5a, 0xc3, 0x96, 0x0f];

    /// <summary>A text as a frame of its own.</summary>
    public static byte[] Text(string text) => Encode(0x81, Encoding.UTF8.GetBytes(text));

    /// <summary>The answer to a ping, also unasked: a sign of life.</summary>
    public static byte[] Pong { get; } = Encode(0x8a, []);

    private static byte[] Encode(byte kind, ReadOnlySpan<byte> payload)
    {
        var header = payload.Length < 126 ? 6 : payload.Length <= ushort.MaxValue ? 8 : throw new ArgumentException("The load's texts are small.", nameof(payload));
        var frame = new byte[header + payload.Length];
        frame[0] = kind;
        frame[1] = (byte)(0x80 | (header == 6 ? payload.Length : 126));
        if (header == 8) BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        Key.CopyTo(frame.AsSpan(header - 4));
        for (var i = 0; i < payload.Length; i++) frame[header + i] = (byte)(payload[i] ^ Key[i % 4]);
        return frame;
    }
}
