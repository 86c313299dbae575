using System.Globalization;

namespace OrleansChat.Terminal.Writing;

/// <summary>A line that begins with a slash.</summary>
/// <param name="Number">A message's, where one was named: <c>/edit 12 …</c>.</param>
internal sealed record Command(string Name, string Rest, long? Number)
{
    /// <summary>Every command, for people.</summary>
    public static readonly IReadOnlyList<(string Name, string Usage, string What)> All =
    [
        ("join", "ROOM", "go into a room, or make it"),
        ("leave", "[ROOM]", "give up membership"),
        ("dm", "WHO [TEXT]", "talk to one person alone"),
        ("who", "[WHO]", "who is here; how somebody is"),
        ("status", "", "about this room"),
        ("rooms", "[WORD]", "the rooms that one may enter"),
        ("history", "", "further back, as PgUp"),
        ("search", "WORDS", "what was said, anywhere"),
        ("reply", "N TEXT", "answer message N"),
        ("edit", "[N] TEXT", "say it otherwise"),
        ("delete", "[N]", "take it back"),
        ("react", "[N] EMOJI", "put it on a message, or off"),
        ("invite", "WHO", "bring somebody in"),
        ("kick", "WHO [WHY]", "put somebody out"),
        ("ban", "WHO [WHY]", "and keep them out"),
        ("topic", "TEXT", "what this room is about"),
        ("help", "", "this"),
        ("quit", "", "goodbye"),
    ];

    /// <summary>Null for what is a message; two slashes are one, and no command.</summary>
    public static Command? Of(string line)
    {
        if (line is not ['/', not '/', ..]) return null;
        var (name, rest) = Cut(line[1..]);
        var (first, after) = Cut(rest);
        return name is "reply" or "edit" or "delete" or "react"
            && long.TryParse(first.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(name, after, number)
            : new(name, rest, null);
    }

    /// <summary>The first word of the rest, and what follows it.</summary>
    public (string First, string After) Words => Cut(Rest);

    private static (string, string) Cut(string text)
    {
        var at = text.IndexOfAny([' ', '\n']);
        return at < 0 ? (text, "") : (text[..at], text[at..].Trim());
    }
}
