using System.Diagnostics;
using System.Globalization;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>
/// Streams of frames that are good, almost good and spoiled, cut anywhere: the reader must say what the slow reference
/// says. CHAT_FUZZ_CASES sets for how many cases, CHAT_FUZZ_SEED repeats those of an earlier run.
/// </summary>
public sealed class FrameFuzz
{
    private static readonly long Cases = Setting("CHAT_FUZZ_CASES") ?? 3_000;
    private static readonly long Seed = Setting("CHAT_FUZZ_SEED") ?? Stopwatch.GetTimestamp();

    [Fact]
    public async Task The_reader_agrees_with_the_reference_on_whatever_comes()
    {
        for (var i = 0L; i < Cases; i++)
        {
            var random = new Random((Seed + i).GetHashCode());
            var maxMessage = random.Next(40) == 0 ? 70_000 : random.Next(1, 300);
            var bytes = Spoil(Frames(random, maxMessage), random);
            var expected = ReferenceReader.Read(bytes, maxMessage);
            var read = await Read(bytes, maxMessage, random).WaitAsync(TimeSpan.FromSeconds(20));
            if (!expected.SequenceEqual(read)) Assert.Fail(Report(i, maxMessage, bytes, expected, read));
        }
    }

    private static async Task<List<Outcome>> Read(byte[] bytes, int maxMessage, Random random)
    {
        using var stream = new PiecewiseStream(Pieces(bytes, random));
        using var reader = new FrameReader(stream, maxMessage, TimeProvider.System);
        return await Outcome.ReadAll(reader, default);
    }

    private static byte[] Frames(Random random, int maxMessage)
    {
        using var bytes = new MemoryStream();
        var within = false;
        for (var frames = random.Next(1, 12); frames > 0; frames--)
        {
            var control = random.Next(4) == 0;
            var opcode = control ? (Opcode)random.Next(8, 11)
                : within != (random.Next(40) == 0) ? Opcode.Continuation
                : random.Next(40) == 0 ? Opcode.Binary
                : Opcode.Text;
            // A close would hide all that follows; it is rarer than its turn.
            if (opcode == Opcode.Close && random.Next(4) != 0) opcode = Opcode.Pong;
            var final = control ? random.Next(60) != 0 : random.Next(2) == 0;
            var frame = new ClientFrame(opcode, Payload(opcode, random, maxMessage))
            {
                Final = final,
                Reserved = random.Next(80) == 0 ? random.Next(8) : 0,
                Masked = random.Next(80) != 0,
                Key = BitConverter.GetBytes(random.Next()),
                Form = random.Next(60) == 0 ? 64 : 0,
                Claims = random.Next(60) == 0 ? (ulong)random.NextInt64() >> random.Next(64) : null,
            };
            if (frame.Claims > 125 && frame.Form == 0) frame = frame with { Form = frame.Claims <= ushort.MaxValue ? 16 : 64 };
            bytes.Write(frame.Bytes());
            within = control ? within : !final;
        }

        return bytes.ToArray();
    }

    private static byte[] Payload(Opcode opcode, Random random, int maxMessage)
    {
        if (opcode == Opcode.Close && random.Next(2) == 0) return [0x03, (byte)random.Next(0xE6, 0xFA), .. "bye"u8[..random.Next(4)]];
        var length = random.Next(6) switch
        {
            0 => 0,
            1 => random.Next(120, 131),
            2 => maxMessage + random.Next(-2, 3),
            3 when maxMessage > 65_000 => 65_536 + random.Next(-2, 3),
            _ => random.Next(0, 40),
        };
        var payload = new byte[Math.Max(0, length)];
        string[] letters = ["a", "ß", "世", "👍", "\0"];
        for (var at = 0; at < payload.Length;)
        {
            var letter = System.Text.Encoding.UTF8.GetBytes(letters[random.Next(letters.Length)]);
            // Cut letters are wanted: they go on in the next fragment, or nowhere.
            var room = Math.Min(letter.Length, payload.Length - at);
            letter.AsSpan(0, room).CopyTo(payload.AsSpan(at));
            at += room;
        }

        return payload;
    }

    private static byte[] Spoil(byte[] bytes, Random random)
    {
        for (var times = random.Next(3); times > 0 && bytes.Length > 0; times--)
        {
            // Headers are near the beginning more often than elsewhere.
            var at = random.Next(2) == 0 ? random.Next(bytes.Length) : random.Next(Math.Min(20, bytes.Length));
            var length = Math.Min(random.Next(1, 8), bytes.Length - at);
            bytes = random.Next(5) switch
            {
                0 => [.. bytes[..at], (byte)(bytes[at] ^ (1 << random.Next(8))), .. bytes[(at + 1)..]],
                1 => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
                2 => [.. bytes[..at], .. bytes[(at + length)..]],
                3 => [.. bytes[..(at + length)], .. bytes[at..]],
                _ => bytes[..at],
            };
        }

        return bytes;
    }

    private static IEnumerable<byte[]> Pieces(byte[] bytes, Random random)
    {
        var largest = random.Next(4) switch { 0 => 1, 1 => 9, 2 => 600, _ => bytes.Length + 1 };
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(random.Next(1, largest + 1), bytes.Length - at);
            yield return bytes[at..(at + length)];
            at += length;
        }
    }

    private static string Report(long i, int maxMessage, byte[] bytes, List<Outcome> expected, List<Outcome> read) =>
        $"""
        Case {i}; again, alone: CHAT_FUZZ_SEED={Seed + i} CHAT_FUZZ_CASES=1
        maxMessage {maxMessage}, {bytes.Length} bytes: {Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(2000, bytes.Length)))}
        expected: {string.Join(", ", expected)}
        read:     {string.Join(", ", read)}
        """;

    private static long? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? long.Parse(value, CultureInfo.InvariantCulture) : null;
}
