using System.Globalization;
using System.Runtime.CompilerServices;

namespace OrleansChat.Tests.Browser;

/// <summary>What the page costs, in Markdown: written when all that was measured by hand is there.</summary>
public sealed class SpeedReport : IDisposable
{
    /// <summary>Whether this run measures; otherwise it only shows that measuring works, with small numbers.</summary>
    public static readonly bool ByHand = Environment.GetEnvironmentVariable("CHAT_MEASURE") == "1";

    private readonly SortedDictionary<int, string> sections = [];
    private readonly Lock gate = new();
    private Task<ChatServer>? server;
    private string browser = "";

    /// <summary>The server that all is measured at.</summary>
    public Task<ChatServer> Server(Func<Task<ChatServer>> start)
    {
        lock (gate) return server ??= start();
    }

    /// <param name="place">Its place among the sections.</param>
    /// <param name="lines">A table, or sentences.</param>
    public void Add(int place, string title, params IEnumerable<string> lines)
    {
        lock (gate) sections[place] = $"## {title}\n\n{string.Join('\n', lines)}\n";
    }

    public void Used(string version) => browser = version;

    public static string Number(double number, int digits = 0) => number.ToString($"N{digits}", CultureInfo.InvariantCulture);

    public static double Median(IEnumerable<double> values) => At(values, 0.5);

    /// <summary>The value below which this part of all lies.</summary>
    public static double At(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * part)];
    }

    public void Dispose()
    {
        if (!ByHand || sections.Count == 0) return;
        var machine = $"{Environment.ProcessorCount} cores, shared by the browser, the server and those who talk; Chromium {browser}, headless";
        File.WriteAllText(Path(), $"""
            # How fast the page is

            Written by `CHAT_MEASURE=1 dotnet test Tests.Browser -c Release --filter PageSpeed` on {DateTime.UtcNow:yyyy-MM-dd}, on a machine with {machine}.
            What does not depend on the machine (bytes, the bound of the page, memory) is asserted in every run of the tests.

            {string.Join('\n', sections.Values)}
            """.ReplaceLineEndings("\n"));

        static string Path([CallerFilePath] string here = "") => Environment.GetEnvironmentVariable("CHAT_REPORT") is { Length: > 0 } chosen
            ? chosen
            : System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "docs", "page-speed.md");
    }
}
