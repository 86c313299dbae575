using System.Buffers.Text;
using System.Diagnostics;

namespace OrleansChat.Bench.Load;

/// <summary>
/// The mark that each text carries: when it was to be sent. It is found again in whatever a server sends, JSON or XML,
/// without parsing it: that is the same little work for every server.
/// </summary>
internal static class Mark
{
    /// <summary>The mark's bytes: two that begin it, and a moment in 16 hexadecimal digits.</summary>
    public const int Length = 18;

    private static readonly string filling = string.Concat(Enumerable.Repeat("so it goes, on and on ", 40));

    private static ReadOnlySpan<byte> Beginning => "~t"u8;

    /// <summary>A text of so many ASCII characters that says when it was to be sent.</summary>
    /// <param name="moment">A timestamp of <see cref="Stopwatch"/>.</param>
    public static string Text(long moment, int length) => $"~t{moment:x16} {filling.AsSpan(0, length - Length - 1)}";

    /// <summary>Finds the next mark.</summary>
    /// <returns>Where it ends; -1 when there is none.</returns>
    public static int Find(ReadOnlySpan<byte> bytes, out long moment)
    {
        moment = 0;
        for (var from = 0; ;)
        {
            var at = bytes[from..].IndexOf(Beginning);
            if (at < 0 || from + at + Length > bytes.Length) return -1;
            from += at + Beginning.Length;
            if (Utf8Parser.TryParse(bytes.Slice(from, 16), out moment, out var read, 'x') && read == 16) return from + 16;
        }
    }

    /// <summary>How many of the last bytes may be the beginning of a mark whose end is still to come.</summary>
    public static int Unfinished(ReadOnlySpan<byte> bytes)
    {
        var last = bytes[^Math.Min(bytes.Length, Length - 1)..];
        var at = last.LastIndexOf((byte)'~');
        return at < 0 ? 0 : last.Length - at;
    }
}
