using System.Globalization;
using System.Xml.Linq;

namespace OrleansChat.Bench.Report;

/// <summary>A work's first figures as bars, a panel for each part of it; a thin line spans the rounds. SVG, light and dark.</summary>
internal static class Plot
{
    private const int Width = 760, Names = 190, Bars = 430, Row = 24, Bar = 14, Title = 44, Gap = 14, Margin = 12;

    private const string Style = """
        text { font: 13px system-ui, sans-serif; fill: #1f2328 } .title { font-weight: 600 } .unit { fill: #59636e }
        .bar { fill: #9aa7b4 } .ours { fill: #1f6feb } .range { stroke: #1f2328; stroke-width: 1.5 } .back { fill: #ffffff }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 } .unit { fill: #9198a1 } .bar { fill: #57606a } .ours { fill: #4493f8 } .range { stroke: #e6edf3 } .back { fill: #0d1117 } }
        """;

    private static readonly XNamespace svg = "http://www.w3.org/2000/svg";

    /// <param name="isOurs">Whose bars are to be seen first.</param>
    public static XDocument Draw(WorkResult work, Func<string, bool> isOurs)
    {
        var picture = new XElement(svg + "g");
        var y = Gap;
        foreach (var @case in work.Cases()) y = DrawPanel(picture, work, @case, isOurs, y) + Gap;
        return new(new XElement(svg + "svg",
            new XAttribute("viewBox", $"{-Margin} 0 {Width + (2 * Margin)} {y}"), new XAttribute("width", Width + (2 * Margin)), new XAttribute("height", y), new XAttribute("role", "img"),
            new XElement(svg + "title", work.Name), new XElement(svg + "style", Style),
            new XElement(svg + "rect", new XAttribute("class", "back"), Number("x", -Margin), new XAttribute("width", "100%"), new XAttribute("height", "100%")), picture));
    }

    /// <returns>Where the panel ends.</returns>
    private static int DrawPanel(XElement picture, WorkResult work, string @case, Func<string, bool> isOurs, int y)
    {
        var figure = work.Figures(@case)[0];
        var rows = work.Entrants(@case).Select(entrant => (Entrant: entrant, Spread: work.Of(entrant, @case, figure))).Where(row => row.Spread is not null)
            .OrderBy(row => figure.MoreIsBetter ? -row.Spread!.Median : row.Spread!.Median).ToList();
        var most = rows.Max(row => row.Spread!.Most);
        var unit = figure.Unit.Length > 0 ? $"{figure.Name}, {figure.Unit}" : figure.Name;
        picture.Add(Text(0, y + 14, @case, "title"), Text(0, y + 32, $"{unit} — {(figure.MoreIsBetter ? "more" : "less")} is better", "unit"));
        y += Title;
        foreach (var (entrant, spread) in rows)
        {
            double At(double value) => most > 0 ? Bars * value / most : 0;
            var middle = y + (Row / 2);
            picture.Add(
                Text(0, middle + 5, entrant),
                new XElement(svg + "rect", Number("x", Names), Number("y", middle - (Bar / 2)), Number("width", Math.Max(1, At(spread!.Median))), Number("height", Bar), new XAttribute("rx", 2),
                    new XAttribute("class", isOurs(entrant) ? "bar ours" : "bar")),
                Line(Names + At(spread.Least), Names + At(spread.Most), middle),
                Text(Names + At(spread.Most) + 8, middle + 5, Report.Number.Of(spread.Median), "unit"));
            y += Row;
        }

        return y;
    }

    private static XElement Line(double from, double to, double y) =>
        new(svg + "line", Number("x1", from), Number("x2", to), Number("y1", y), Number("y2", y), new XAttribute("class", "range"));

    private static XElement Text(double x, double y, string text, string? kind = null) =>
        new(svg + "text", Number("x", x), Number("y", y), kind is null ? null : new XAttribute("class", kind), text);

    private static XAttribute Number(string name, double value) => new(name, value.ToString("0.#", CultureInfo.InvariantCulture));
}
