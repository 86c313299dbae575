using System.Buffers;
using System.Globalization;
using System.Text;

namespace OrleansChat.Storage;

/// <summary>
/// What a text is found by: its words, in one case. They are cut here and not by the databases, whose parsers disagree
/// on what a word is; so all storages find the same, and nothing that somebody types is ever a query's syntax.
/// </summary>
/// <remarks>
/// A word is a run of letters, digits and the marks on them, and keeps its accents. Where letters are not parted by
/// spaces (Chinese, Japanese), each is a word of its own.
/// </remarks>
public static class Words
{
    /// <summary>Longer words are found by their first 64 characters; a tsvector holds no word above 2 KiB.</summary>
    private const int MaxLength = 64;

    /// <summary>Characters that the words of a message of the usual length take at most.</summary>
    private const int OnStack = 512;

    /// <summary>The words of a text in their order.</summary>
    public static List<string> In(string? text) => [.. Spaced(text).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The same with spaces between, as the databases' indexes take them.</summary>
    public static string Spaced(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var most = 2 * text.Length; // where each character is a word: itself and a space
        var rented = most > OnStack ? ArrayPool<char>.Shared.Rent(most) : null;
        Span<char> spaced = rented ?? stackalloc char[OnStack];
        var words = new string(spaced[..Write(text, spaced)]);
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        return words;
    }

    private static int Write(string text, Span<char> words)
    {
        var (written, length) = (0, 0); // length: the characters so far of the word that is not over
        foreach (var rune in text.EnumerateRunes())
        {
            var alone = StandsAlone(rune);
            var within = !alone && BelongsToWord(rune, length > 0);
            if ((alone || (within && length == 0)) && written > 0) words[written++] = ' ';
            if (alone) written += rune.EncodeToUtf16(words[written..]);
            else if (within && length < MaxLength) written += Fold(rune).EncodeToUtf16(words[written..]);
            length = within ? length + 1 : 0;
        }

        return written;
    }

    /// <summary>Whether a text of these words has all words of a query, of which the last may be a beginning.</summary>
    public static bool Match(List<string> query, List<string> text) =>
        query.SkipLast(1).All(text.Contains) && text.Exists(word => word.StartsWith(query[^1], StringComparison.Ordinal));

    /// <summary>The text in the one case in which names and topics are compared.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) folded.Append(Fold(rune).ToString());
        return folded.ToString();
    }

    /// <summary>By way of the upper case, where letters meet that have two lower ones (ς and σ).</summary>
    private static Rune Fold(Rune rune) => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));

    private static bool BelongsToWord(Rune rune, bool begun) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => begun,
        _ => false,
    };

    /// <summary>Kana and the Han characters.</summary>
    private static bool StandsAlone(Rune rune) =>
        rune.Value is (>= 0x3041 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF)
        && Rune.IsLetter(rune);
}
