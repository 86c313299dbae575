using System.Collections.Concurrent;
using System.Globalization;
using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>What clients of a run noticed of its faults: connections that ended, by their close codes, and refused posts.</summary>
internal sealed class Troubles
{
    private readonly ConcurrentDictionary<string, int> seen = new();

    public void Take(ChatNews news)
    {
        if (news is ChatNews.Lost { End: var end }) Lost(end);
    }

    private void Lost(ConnectionEnd end) => Count(end.Code is { } code ? $"closed {code.ToString(CultureInfo.InvariantCulture)}" : "broken off");

    public void Refused(string code) => Count($"`{code}`");

    private void Count(string what) => seen.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <summary>Tells what was noticed since the last call, and begins anew.</summary>
    public string Tell()
    {
        List<string> told = [];
        foreach (var what in seen.Keys.Order(StringComparer.Ordinal))
        {
            if (seen.TryRemove(what, out var count)) told.Add($"{what} × {count}");
        }

        return told.Count > 0 ? string.Join(", ", told) : "nothing";
    }
}
