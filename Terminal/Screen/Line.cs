using System.Text;

namespace OrleansChat.Terminal.Screen;

/// <summary>How a piece of text looks. Colours are the sixteen of the terminal, which its owner has chosen.</summary>
/// <param name="Colour">0–15; null is the terminal's own.</param>
internal readonly record struct Style(int? Colour = null, bool Bold = false, bool Dim = false, bool Reverse = false)
{
    public static readonly Style Plain;
    public static readonly Style Quiet = new(Dim: true);
    public static readonly Style Strong = new(Bold: true);

    /// <summary>Select Graphic Rendition (ECMA-48, 8.3.117).</summary>
    public string Codes(bool colours)
    {
        var codes = new StringBuilder("\e[0");
        if (Bold) codes.Append(";1");
        if (Dim) codes.Append(";2");
        if (Reverse) codes.Append(";7");
        if (colours && Colour is { } colour) codes.Append(';').Append(colour < 8 ? 30 + colour : 82 + colour);
        return codes.Append('m').ToString();
    }
}

/// <summary>A piece of text that looks alike.</summary>
internal readonly record struct Span(string Text, Style Style);

/// <summary>One line of a pane, in pieces.</summary>
internal sealed record Line(params IReadOnlyList<Span> Spans)
{
    public static readonly Line Empty = new([]);

    public static Line Of(string text, Style style = default) => new(new Span(text, style));

    public string Text => string.Concat(Spans.Select(span => span.Text));

    public int Width => Spans.Sum(span => TextWidth.Of(span.Text));

    public Line And(string text, Style style) => new([.. Spans, new(text, style)]);

    /// <summary>A second piece at the right edge, where there is room for it.</summary>
    public Line AndAtRight(string text, Style style, int width) =>
        width - Width - TextWidth.Of(text) is var room and > 0 ? new([.. Spans, new(new(' ', room), default), new(text, style)]) : this;
}
