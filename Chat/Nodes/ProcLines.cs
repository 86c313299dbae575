using System.Buffers.Text;

namespace OrleansChat.Nodes;

/// <summary>The lines of a text that the kernel wrote. One without its end was cut off, perhaps within a number, and does not count.</summary>
internal ref struct ProcLines(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> rest = text;

    /// <summary>After the last line: there was one without an end.</summary>
    public readonly bool Torn => !rest.IsEmpty;

    public bool Next(out ProcLine line)
    {
        var end = rest.IndexOf((byte)'\n');
        line = new(end < 0 ? [] : rest[..end]);
        if (end < 0) return false;
        rest = rest[(end + 1)..];
        return true;
    }
}

/// <summary>The words of a line, one after the other.</summary>
internal ref struct ProcLine(ReadOnlySpan<byte> line)
{
    /// <summary>An exabyte. What is larger is no counter of this world; and a sum of some of these is still a number.</summary>
    private const long Largest = 1L << 60;

    private ReadOnlySpan<byte> rest = line;

    public bool Next(out ReadOnlySpan<byte> word)
    {
        rest = rest.TrimStart(" \t"u8);
        var end = rest.IndexOfAny((byte)' ', (byte)'\t');
        word = end < 0 ? rest : rest[..end];
        rest = rest[word.Length..];
        return !word.IsEmpty;
    }

    public bool Next(out long number)
    {
        number = 0;
        return Next(out ReadOnlySpan<byte> word) && TryNumber(word, out number);
    }

    public bool Next(out double number)
    {
        number = 0;
        return Next(out ReadOnlySpan<byte> word) && Utf8Parser.TryParse(word, out number, out var used) && used == word.Length
            && double.IsFinite(number) && number >= 0;
    }

    /// <summary>A number that older kernels do not have.</summary>
    public bool NextOr0(out long number)
    {
        number = 0;
        return !Next(out ReadOnlySpan<byte> word) || TryNumber(word, out number);
    }

    public bool Skip(int words)
    {
        for (; words > 0; words--)
        {
            if (!Next(out ReadOnlySpan<byte> _)) return false;
        }

        return true;
    }

    /// <summary>All up to the last such sign, which old kernels do not part from the first number.</summary>
    public bool Before(byte sign, out ReadOnlySpan<byte> word)
    {
        var end = rest.LastIndexOf(sign);
        word = end < 0 ? [] : rest[..end].Trim((byte)' ');
        if (end >= 0) rest = rest[(end + 1)..];
        return !word.IsEmpty;
    }

    /// <summary>Digits and nothing else: the kernel's counters have no sign.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> word, out long number) =>
        Utf8Parser.TryParse(word, out number, out var used) && used == word.Length && number <= Largest && char.IsAsciiDigit((char)word[0]);
}
