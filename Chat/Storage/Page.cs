using System.Text;
using OrleansChat.Rooms;

namespace OrleansChat.Storage;

/// <summary>How many messages go on a page.</summary>
internal static class Page
{
    /// <summary>
    /// The rows up to <paramref name="limit"/>, and up to the size of a page in text, but at least one; and whether
    /// any came after them. No more is read than that takes.
    /// </summary>
    /// <param name="rows">Those that the page must not lack first.</param>
    public static (List<T> Rows, bool More) Cut<T>(IEnumerable<T> rows, int limit, Func<T, string?> text)
    {
        var kept = new List<T>();
        var bytes = 0;
        foreach (var row in rows)
        {
            bytes += Encoding.UTF8.GetByteCount(text(row) ?? "");
            if (kept.Count == limit || (kept.Count > 0 && bytes > HistoryQuery.MaxBytes)) return (kept, true);
            kept.Add(row);
        }

        return (kept, false);
    }
}
