using System.Buffers.Binary;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>A frame as a client sends it, or as no client should.</summary>
public sealed record ClientFrame(Opcode Opcode, byte[] Payload)
{
    public static readonly byte[] SomeKey = [0x37, 0xFA, 0x21, 0x3D];

    public bool Final { get; init; } = true;

    public int Reserved { get; init; }

    public bool Masked { get; init; } = true;

    public byte[] Key { get; init; } = SomeKey;

    /// <summary>What the header says of the length, if that is not the truth.</summary>
    public ulong? Claims { get; init; }

    /// <summary>The bits in which the length is written; 0: as few as do.</summary>
    public int Form { get; init; }

    public byte[] Bytes()
    {
        using var bytes = new MemoryStream();
        bytes.WriteByte((byte)((Final ? 0x80 : 0) | (Reserved << 4) | (int)Opcode));
        var length = Claims ?? (ulong)Payload.Length;
        var form = Form != 0 ? Form : length < 126 ? 7 : length <= ushort.MaxValue ? 16 : 64;
        var word = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(word, length);
        bytes.WriteByte((byte)((Masked ? 0x80 : 0) | (form switch { 7 => (int)length, 16 => 126, _ => 127 })));
        if (form == 16) bytes.Write(word.AsSpan(6));
        if (form == 64) bytes.Write(word);
        if (Masked) bytes.Write(Key);
        for (var i = 0; i < Payload.Length; i++) bytes.WriteByte((byte)(Payload[i] ^ (Masked ? Key[i % 4] : 0)));
        return bytes.ToArray();
    }
}
