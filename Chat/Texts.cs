using System.Text;

namespace OrleansChat;

/// <summary>
/// The sizes and the alphabet of what people write. Lengths are code points after trimming; control characters are
/// refused, but for tab and newline where <c>lines</c> allows them.
/// </summary>
public static class Texts
{
    public const int MaxName = 100;
    public const int MaxReason = 100;
    public const int MaxTopic = 500;
    public const int MaxQuery = 200;
    public const int MaxKey = 64;
    public const int MaxEmoji = 16;

    /// <summary>The trimmed text, or why it cannot be one.</summary>
    public static Refusal? Check(string what, string? text, int min, int max, out string trimmed, bool lines = false)
    {
        trimmed = text?.Trim() ?? "";
        if (trimmed.Length >= min && trimmed.Length <= max && !trimmed.AsSpan().ContainsAnyExceptInRange(' ', '~')) return null; // as most are

        // A code point is one or two UTF-16 units: a text far over its size is refused before it is counted.
        if (trimmed.Length > 2 * max) return TooLong(what, max);
        var count = 0;
        foreach (var rune in trimmed.EnumerateRunes())
        {
            count++;
            if (Rune.IsControl(rune) && !(lines && rune.Value is '\t' or '\n'))
            {
                return Refusal.BadRequest($"The {what} has a control character.");
            }
        }

        return count < min ? Refusal.BadRequest($"The {what} is empty.")
            : count > max ? TooLong(what, max)
            : null;
    }

    /// <summary>A post's key: 1–64 visible ASCII characters.</summary>
    public static Refusal? CheckKey(string? key) =>
        key is { Length: >= 1 and <= MaxKey } && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? null
            : Refusal.BadRequest($"A key is 1–{MaxKey} visible ASCII characters.");

    /// <summary>A reaction: 1–16 code points, none of them a letter, a space or a control character.</summary>
    public static Refusal? CheckEmoji(string? emoji)
    {
        var count = 0;
        foreach (var rune in (emoji ?? "").EnumerateRunes())
        {
            if (++count > MaxEmoji) return Refusal.BadRequest($"An emoji is at most {MaxEmoji} code points.");
            if (Rune.IsLetter(rune) || Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
            {
                return Refusal.BadRequest("An emoji has no letters, spaces or control characters.");
            }
        }

        return count == 0 ? Refusal.BadRequest("The emoji is empty.") : null;
    }

    private static Refusal TooLong(string what, int max) => Refusal.TooLong($"The {what} is longer than {max} characters.");
}
