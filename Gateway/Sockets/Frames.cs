using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// A server's frames: final, unmasked, encoded once. The same bytes go to every socket, so nobody may change them.
/// </summary>
public static class Frames
{
    /// <summary>The longest header: two bytes and a length of eight.</summary>
    internal const int MaxHeader = 10;

    private const int Final = 0x80;
    private const int MaxReason = 123; // a control frame's 125 bytes, less the code

    public static ReadOnlyMemory<byte> Ping { get; } = Encode(Opcode.Ping, []);

    public static ReadOnlyMemory<byte> Text(ReadOnlySpan<byte> utf8) => Encode(Opcode.Text, utf8);

    /// <summary>A value's JSON as a text frame.</summary>
    public static ReadOnlyMemory<byte> Json<T>(T value, JsonTypeInfo<T> type) =>
        Json((value, type), static (writer, it) => JsonSerializer.Serialize(writer, it.value, it.type));

    /// <summary>Writes JSON into a text frame. <paramref name="state"/> spares the writing function a closure.</summary>
    public static ReadOnlyMemory<byte> Json<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var buffer = FrameBuffer.Rent();
        write(buffer.Writer, state);
        return buffer.Finish();
    }

    /// <summary>The answer to a ping, with what the ping carried.</summary>
    public static ReadOnlyMemory<byte> Pong(ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, FrameHeader.MaxControl);
        return Encode(Opcode.Pong, payload);
    }

    /// <summary>A close frame. A reason that is too long is cut after a whole character; without a code it is empty.</summary>
    public static ReadOnlyMemory<byte> Close(int code, string reason = "")
    {
        if (code == CloseCode.None) return Encode(Opcode.Close, []);
        if (!CloseCode.MaySend(code)) throw new ArgumentOutOfRangeException(nameof(code), code, "This code never travels.");
        Span<byte> payload = stackalloc byte[FrameHeader.MaxControl];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        Encoding.UTF8.GetEncoder().Convert(reason, payload.Slice(2, MaxReason), flush: true, out _, out var used, out _);
        return Encode(Opcode.Close, payload[..(2 + used)]);
    }

    private static ReadOnlyMemory<byte> Encode(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeaderSize(payload.Length) + payload.Length];
        payload.CopyTo(frame.AsSpan(WriteHeader(opcode, payload.Length, frame)));
        return frame;
    }

    internal static int HeaderSize(int length) => length < 126 ? 2 : length <= ushort.MaxValue ? 4 : MaxHeader;

    internal static int WriteHeader(Opcode opcode, int length, Span<byte> to)
    {
        var size = HeaderSize(length);
        to[0] = (byte)(Final | (int)opcode);
        to[1] = size switch { 2 => (byte)length, 4 => 126, _ => 127 };
        if (size == 4) BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)length);
        if (size == MaxHeader) BinaryPrimitives.WriteUInt64BigEndian(to[2..], (ulong)length);
        return size;
    }
}
