using System.Globalization;
using System.Text;
using Wcwidth;

namespace OrleansChat.Terminal.Screen;

/// <summary>How many columns a text takes: what people see as one character is one or two of them, however it is encoded.</summary>
internal static class TextWidth
{
    public static int Of(string text) => Characters(text).Sum(OfCharacter);

    /// <summary>What people see as one character each.</summary>
    public static IEnumerable<string> Characters(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    /// <summary>The widest of its parts; a pair of regional letters is a flag, and U+FE0F asks for a picture.</summary>
    public static int OfCharacter(string character)
    {
        var (width, parts) = (0, 0);
        foreach (var rune in character.EnumerateRunes())
        {
            parts++;
            width = Math.Max(width, rune.Value is 0xFE0F ? 2 : UnicodeCalculator.GetWidth(rune));
            if (parts == 2 && rune.Value is >= 0x1F1E6 and <= 0x1F1FF) width = 2;
        }

        return Math.Max(width, 0);
    }

    /// <summary>As much of the beginning as fits, with an ellipsis where something is missing.</summary>
    public static string Clip(string text, int width)
    {
        if (Of(text) <= width) return text;
        var clipped = new StringBuilder();
        foreach (var character in Characters(text))
        {
            width -= OfCharacter(character);
            if (width < 1) break;
            clipped.Append(character);
        }

        return clipped.Append('…').ToString();
    }

    /// <summary>Lines of at most <paramref name="width"/> columns, broken between words, and within those that are longer.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.Replace('\t', ' ').Split('\n')) Wrap(paragraph, Math.Max(width, 2), lines);
        return lines;
    }

    private static void Wrap(string paragraph, int width, List<string> lines)
    {
        var line = new StringBuilder();
        var (taken, space, takenAtSpace) = (0, -1, 0); // space: the last place where the line may break
        foreach (var character in Characters(paragraph))
        {
            var wide = OfCharacter(character);
            if (taken + wide > width)
            {
                // A space at the edge is the break itself.
                var (cut, rest) = character == " " ? (line.Length, "") : space >= 0 ? (space, line.ToString(space + 1, line.Length - space - 1)) : (line.Length, "");
                lines.Add(line.ToString(0, cut));
                line.Clear().Append(rest);
                taken = rest.Length > 0 ? taken - takenAtSpace - 1 : 0;
                space = -1;
                if (character == " ") continue;
            }

            if (character == " ") (space, takenAtSpace) = (line.Length, taken);
            line.Append(character);
            taken += wide;
        }

        lines.Add(line.ToString());
    }
}
