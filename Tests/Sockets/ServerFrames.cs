using System.Buffers.Binary;
using System.Text;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>Reads a server's frames back, as a client would.</summary>
public static class ServerFrames
{
    public static List<(Opcode Opcode, byte[] Payload)> Read(ReadOnlySpan<byte> bytes)
    {
        var frames = new List<(Opcode, byte[])>();
        while (bytes.Length > 0)
        {
            Assert.True(TryReadOne(ref bytes, out var frame), "The last frame is cut.");
            frames.Add(frame);
        }

        return frames;
    }

    /// <summary>Takes a frame off the bytes, if it is whole.</summary>
    public static bool TryReadOne(ref ReadOnlySpan<byte> bytes, out (Opcode Opcode, byte[] Payload) frame)
    {
        frame = default;
        if (bytes.Length < 2) return false;
        Assert.Equal(0x80, bytes[0] & 0xF0);
        Assert.True(bytes[1] <= 127, "A server's frame is masked.");
        var size = bytes[1] switch { < 126 => 2, 126 => 4, _ => 10 };
        if (bytes.Length < size) return false;
        var length = size switch
        {
            2 => bytes[1],
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            _ => (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
        };
        Assert.Equal(length < 126 ? 2 : length < 65536 ? 4 : 10, size);
        if (bytes.Length < size + length) return false;
        frame = ((Opcode)(bytes[0] & 0x0F), bytes.Slice(size, length).ToArray());
        bytes = bytes[(size + length)..];
        return true;
    }

    public static List<string> Texts(ReadOnlySpan<byte> bytes) =>
        [.. Read(bytes).Where(it => it.Opcode == Opcode.Text).Select(it => Encoding.UTF8.GetString(it.Payload))];
}
