using System.Text;

namespace OrleansChat.Terminal.Screen;

/// <summary>
/// One picture of the whole screen. Every pane's line begins at a column that is named, so that a character of which the
/// terminal thinks differently moves nothing beside it.
/// </summary>
internal sealed class Frame
{
    private readonly StringBuilder[] rows;
    private readonly bool colours;

    public Frame(int width, int height, bool colours)
    {
        (Width, Height, this.colours) = (width, height, colours);
        rows = [.. Enumerable.Range(0, height).Select(_ => new StringBuilder())];
    }

    public int Width { get; }

    public int Height { get; }

    public (int Row, int Column) Cursor { get; set; }

    /// <summary>Puts a line into a pane, cut to its width and filled up to it.</summary>
    public void Put(int row, int column, int width, Line line)
    {
        if (row < 0 || row >= Height || width <= 0) return;
        var text = rows[row].Append($"\e[{column + 1}G");
        foreach (var span in line.Spans)
        {
            if (width == 0) break;
            var shown = TextWidth.Clip(span.Text, width);
            text.Append(span.Style.Codes(colours)).Append(shown);
            width -= TextWidth.Of(shown);
        }

        text.Append("\e[0m").Append(' ', Math.Max(0, width));
    }

    /// <summary>What turns <paramref name="before"/> into this: only the rows that differ, or nothing at all.</summary>
    public string After(Frame? before)
    {
        if (before is not null && IsLike(before)) return "";
        var changes = new StringBuilder("\e[?2026h\e[?25l"); // the terminal shows it at once, where it knows how to
        var same = before is not null && before.Width == Width && before.Height == Height;
        if (!same) changes.Append("\e[0m\e[2J");
        for (var row = 0; row < Height; row++)
        {
            if (same && before!.rows[row].Equals(rows[row])) continue;
            changes.Append($"\e[{row + 1};1H").Append(rows[row]);
        }

        return changes.Append($"\e[{Cursor.Row + 1};{Cursor.Column + 1}H\e[?25h\e[?2026l").ToString();
    }

    private bool IsLike(Frame other) =>
        (Width, Height, Cursor) == (other.Width, other.Height, other.Cursor) && rows.Zip(other.rows).All(row => row.First.Equals(row.Second));
}
