using System.Text;

namespace OrleansChat.Client;

/// <summary>What people write, for where it is shown as it is: a terminal, a log, a line on a socket.</summary>
public static class PlainText
{
    /// <summary>
    /// The text without anything that a terminal would obey: control characters (and with them every escape sequence),
    /// line and paragraph separators, and the characters that turn the direction of what follows, each shown as U+FFFD.
    /// </summary>
    /// <param name="lines">Whether tabs and newlines stay; otherwise they become spaces.</param>
    public static string Harmless(string text, bool lines = false)
    {
        StringBuilder? harmless = null;
        for (var i = 0; i < text.Length; i++)
        {
            var shown = Shown(text, i, lines);
            if (shown != text[i]) harmless ??= new(text, 0, i, text.Length);
            harmless?.Append(shown);
        }

        return harmless?.ToString() ?? text;
    }

    private static char Shown(string text, int index, bool lines) => text[index] switch
    {
        '\n' or '\t' when lines => text[index],
        '\n' or '\t' => ' ',
        '\u061C' or (>= '\u200E' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => '\uFFFD',
        var c when char.IsControl(c) || IsLone(text, index) => '\uFFFD',
        var c => c,
    };

    /// <summary>Half of a surrogate pair: no character at all.</summary>
    private static bool IsLone(string text, int index) =>
        char.IsHighSurrogate(text[index]) ? index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1])
        : char.IsLowSurrogate(text[index]) && (index == 0 || !char.IsHighSurrogate(text[index - 1]));
}
