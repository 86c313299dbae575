using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OrleansChat.Gateway.Sockets;

/// <summary>The opcodes of RFC 6455, section 5.2. Control frames have the fourth bit.</summary>
public enum Opcode
{
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
}

/// <summary>The header of a client's frame: 6, 8 or 14 bytes.</summary>
/// <param name="Key">The mask's four bytes, as they lie in memory.</param>
/// <param name="Size">The header's own length.</param>
internal readonly record struct FrameHeader(Opcode Opcode, bool Final, int Length, uint Key, int Size)
{
    public const int MaxSize = 14;
    public const int MaxControl = 125;
    private const int Word = 126;
    private const int Long = 127;

    public bool IsControl => ((int)Opcode & 0x8) != 0;

    /// <summary>
    /// Reads a header as far as the bytes go. Without a header and without a violation, more bytes are needed. Each
    /// byte is judged as soon as it is there, so that the verdict does not depend on how the bytes arrive.
    /// </summary>
    /// <param name="within">Whether a message has begun and is not finished.</param>
    /// <param name="room">How many bytes the message may still have.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, bool within, int room, out FrameHeader header, out Violation? violation)
    {
        header = default;
        violation = bytes.Length >= 1 ? CheckKind(bytes[0], within) : null;
        if (violation is not null || bytes.Length < 2) return false;

        var (opcode, final) = ((Opcode)(bytes[0] & 0x0F), (bytes[0] & 0x80) != 0);
        var control = (bytes[0] & 0x08) != 0;
        var form = bytes[1] & 0x7F;
        violation = (bytes[1] & 0x80) == 0 ? Violation.Unmasked
            : control && form > MaxControl ? Violation.ControlTooLong
            : null;
        var keyAt = form switch { Long => 10, Word => 4, _ => 2 };
        if (violation is not null || bytes.Length < keyAt) return false;

        var length = form switch
        {
            Long => BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            Word => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            _ => (ulong)form,
        };
        violation = CheckLength(length, form, control ? MaxControl : room);
        if (violation is not null || bytes.Length < keyAt + sizeof(uint)) return false;

        header = new FrameHeader(opcode, final, (int)length, MemoryMarshal.Read<uint>(bytes[keyAt..]), keyAt + sizeof(uint));
        return true;
    }

    private static Violation? CheckKind(byte first, bool within)
    {
        if ((first & 0x70) != 0) return Violation.ReservedBits;
        var final = (first & 0x80) != 0;
        return (Opcode)(first & 0x0F) switch
        {
            Opcode.Continuation => within ? null : Violation.NothingToContinue,
            Opcode.Text => within ? Violation.MessageUnfinished : null,
            Opcode.Binary => within ? Violation.MessageUnfinished : Violation.Binary,
            Opcode.Close or Opcode.Ping or Opcode.Pong => final ? null : Violation.ControlFragmented,
            _ => Violation.ReservedOpcode,
        };
    }

    private static Violation? CheckLength(ulong length, int form, int room) => form switch
    {
        Long when length > long.MaxValue => Violation.LengthNegative,
        Long when length <= ushort.MaxValue => Violation.LengthNotMinimal,
        Word when length < Word => Violation.LengthNotMinimal,
        _ => length > (ulong)room ? Violation.TooLarge : null,
    };
}
