using System.Text;
using OrleansChat.Terminal.Screen;

namespace OrleansChat.Terminal.Writing;

/// <summary>The line that is being written, and where the cursor stands in it.</summary>
/// <param name="At">Before this character of the text; never within what people see as one.</param>
internal sealed record InputLine(string Text, int At)
{
    public static readonly InputLine Empty = new("", 0);

    public static InputLine Of(string text) => new(text, text.Length);

    public InputLine Insert(string text)
    {
        var clean = string.Concat(text.Where(c => c is '\n' or '\t' || !char.IsControl(c)));
        return new(Text.Insert(At, clean), At + clean.Length);
    }

    public InputLine Left() => this with { At = Before(At) };

    public InputLine Right() => this with { At = After(At) };

    public InputLine Home() => this with { At = 0 };

    public InputLine End() => this with { At = Text.Length };

    public InputLine WordLeft() => this with { At = WordStart() };

    public InputLine WordRight()
    {
        var at = At;
        while (at < Text.Length && Text[at] is ' ' or '\n') at++;
        while (at < Text.Length && Text[at] is not (' ' or '\n')) at++;
        return this with { At = at };
    }

    public InputLine Backspace() => Cut(Before(At), At);

    public InputLine Delete() => Cut(At, After(At));

    public InputLine CutToEnd() => Cut(At, Text.Length);

    public InputLine CutToStart() => Cut(0, At);

    public InputLine CutWord() => Cut(WordStart(), At);

    private InputLine Cut(int from, int to) => new(Text.Remove(from, to - from), from);

    private int WordStart()
    {
        var at = At;
        while (at > 0 && Text[at - 1] is ' ' or '\n') at--;
        while (at > 0 && Text[at - 1] is not (' ' or '\n')) at--;
        return at;
    }

    private int Before(int at)
    {
        var start = 0;
        foreach (var character in TextWidth.Characters(Text))
        {
            if (start + character.Length >= at) return start;
            start += character.Length;
        }

        return start;
    }

    private int After(int at) => at == Text.Length ? at : at + TextWidth.Characters(Text[at..]).First().Length;

    /// <summary>The part around the cursor that fits, and the cursor's column in it. A newline shows as an arrow.</summary>
    public (string Shown, int Column) Window(int width)
    {
        var before = TextWidth.Characters(Text[..At]).Select(Visible).ToList();
        var column = before.Sum(TextWidth.OfCharacter);
        var skip = 0;
        while (column >= width && skip < before.Count) column -= TextWidth.OfCharacter(before[skip++]);
        var shown = new StringBuilder();
        var room = width;
        foreach (var character in before.Skip(skip).Concat(TextWidth.Characters(Text[At..]).Select(Visible)))
        {
            room -= TextWidth.OfCharacter(character);
            if (room < 0) break;
            shown.Append(character);
        }

        return (shown.ToString(), column);
    }

    private static string Visible(string character) => character switch { "\n" => "↵", "\t" => " ", _ => character };
}
