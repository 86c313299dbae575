using System.Buffers.Text;
using System.Globalization;

namespace OrleansChat.Nodes;

/// <summary>Takes the texts of Linux's <c>/sys</c> apart, each of which is one value. What is odd is absent; nothing here throws.</summary>
public static class SysText
{
    /// <summary><c>-1500</c>: thousandths of a degree Celsius.</summary>
    public static long? Temperature(ReadOnlySpan<byte> temp)
    {
        var word = Word(temp);
        return Utf8Parser.TryParse(word, out long number, out var used) && used == word.Length && number > long.MinValue / 2 ? number : null;
    }

    /// <summary><c>0x2a</c>, as SCSI writes its counts, or <c>42</c>.</summary>
    public static long? Count(ReadOnlySpan<byte> count)
    {
        var word = Word(count);
        if (!word.StartsWith("0x"u8)) return ProcLine.TryNumber(word, out var number) ? number : null;
        return word.Length <= 2 + 8 && long.TryParse(word[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null;
    }

    /// <summary><c>max</c> of a control group is no limit.</summary>
    public static long? MemoryLimit(ReadOnlySpan<byte> max) => ProcLine.TryNumber(Word(max), out var bytes) ? bytes : null;

    /// <summary><c>150000 100000</c>: so many microseconds of CPU time in each so many; <c>max 100000</c> is no limit. In cores.</summary>
    public static double? CpuLimit(ReadOnlySpan<byte> max)
    {
        if (!new ProcLines(max).Next(out var words)) return null;
        return words.Next(out long quota) && words.Next(out long period) && period > 0 ? (double)quota / period : null;
    }

    /// <summary>Where this process is in the second hierarchy of control groups: <c>0::/system.slice/chat.service</c>.</summary>
    public static ReadOnlySpan<byte> Group(ReadOnlySpan<byte> cgroup)
    {
        while (!cgroup.IsEmpty)
        {
            var end = cgroup.IndexOf((byte)'\n');
            var line = end < 0 ? cgroup : cgroup[..end];
            if (line.StartsWith("0::/"u8)) return line[3..];
            cgroup = end < 0 ? [] : cgroup[(end + 1)..];
        }

        return [];
    }

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> text) => text.Trim(" \t\n"u8);
}
