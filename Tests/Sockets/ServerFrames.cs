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
            Assert.Equal(0x80, bytes[0] & 0xF0);
            var (length, size) = bytes[1] switch
            {
                < 126 => (bytes[1], 2),
                126 => (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), 4),
                127 => ((long)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]), 10),
                _ => throw new InvalidDataException("A server's frame is masked."),
            };
            Assert.Equal(length < 126 ? 2 : length < 65536 ? 4 : 10, size);
            frames.Add(((Opcode)(bytes[0] & 0x0F), bytes.Slice(size, (int)length).ToArray()));
            bytes = bytes[(size + (int)length)..];
        }

        return frames;
    }

    public static List<string> Texts(ReadOnlySpan<byte> bytes) =>
        [.. Read(bytes).Where(it => it.Opcode == Opcode.Text).Select(it => Encoding.UTF8.GetString(it.Payload))];
}
