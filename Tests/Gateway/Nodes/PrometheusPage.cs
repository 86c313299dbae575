using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansChat.Tests.Gateway.Nodes;

/// <summary>
/// A page in Prometheus' text format 0.0.4, read strictly: every line is understood, every sample belongs to a declared
/// family and stands beside its siblings, no series comes twice, and histograms rise to their count.
/// </summary>
public sealed partial class PrometheusPage
{
    private readonly Dictionary<string, string> types = [];
    private readonly Dictionary<string, double> series = [];

    public PrometheusPage(string text)
    {
        Assert.EndsWith("\n", text);
        var over = new HashSet<string>();
        var current = "";
        foreach (var line in text[..^1].Split('\n'))
        {
            var family = line.StartsWith('#') ? Comment(line) : Sample(line);
            if (family is null || family == current) continue;
            Assert.True(over.Add(family), $"{family} is in two places.");
            current = family;
        }

        foreach (var (family, type) in types.Where(t => t.Value == "histogram")) CheckHistogram(family, type);
    }

    public IReadOnlyDictionary<string, string> Types => types;

    /// <summary>All series by their names with their labels, in the order of the page.</summary>
    public IReadOnlyDictionary<string, double> Series => series;

    /// <summary>The value of a series, written as <c>name</c> or <c>name{label="value"}</c>; 0 where it is not there.</summary>
    public double this[string name] => series.GetValueOrDefault(name);

    private string? Comment(string line)
    {
        if (line == "# EOF") return null;
        var match = CommentLine().Match(line);
        Assert.True(match.Success, line);
        var family = match.Groups["name"].Value;
        if (match.Groups["type"].Success) Assert.True(types.TryAdd(family, match.Groups["type"].Value), $"{family} is declared twice.");
        return family;
    }

    private string Sample(string line)
    {
        var match = SampleLine().Match(line);
        Assert.True(match.Success, line);
        var (name, labels) = (match.Groups["name"].Value, match.Groups["labels"].Value.TrimEnd(','));
        var family = types.ContainsKey(name) ? name : Suffix().Replace(name, "");
        Assert.True(types.ContainsKey(family), $"{name} has no type.");
        var value = match.Groups["value"].Value is "+Inf" or "-Inf" or "NaN" ? double.NaN : double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture);
        Assert.True(series.TryAdd(labels.Length == 0 ? name : $"{name}{{{labels}}}", value), $"{line} comes twice.");
        return family;
    }

    private void CheckHistogram(string family, string type)
    {
        var buckets = series.Where(s => s.Key.StartsWith($"{family}_bucket{{", StringComparison.Ordinal)).GroupBy(s => Bound().Replace(s.Key, ""));
        foreach (var one in buckets)
        {
            Assert.Equal(one.Select(bucket => bucket.Value).Order(), one.Select(bucket => bucket.Value));
            Assert.Contains("le=\"+Inf\"", one.Last().Key, StringComparison.Ordinal);
            var count = one.Key.Replace("_bucket", "_count", StringComparison.Ordinal).Replace("{}", "", StringComparison.Ordinal);
            Assert.True(series.TryGetValue(count, out var all) && all == one.Last().Value, $"{type} {one.Key} does not rise to {count}.");
        }
    }

    [GeneratedRegex("""^# (HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) .*|TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram|summary|untyped))$""")]
    private static partial Regex CommentLine();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\[\\"n])*"(,|(?=\})))*)\})? (?<value>[+-]?[0-9.]+([eE][+-]?[0-9]+)?|[+-]Inf|NaN)( [0-9]+)?$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(""",?le="[^"]*",?""")]
    private static partial Regex Bound();
}
