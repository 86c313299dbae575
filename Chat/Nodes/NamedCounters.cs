namespace OrleansChat.Nodes;

/// <summary>
/// Counters of things that have names and come and go: interfaces, disks. Names and counts lie in buffers which are
/// used again, since a string for each thing every two seconds would be garbage.
/// </summary>
/// <param name="width">Counters that each thing has.</param>
public sealed class NamedCounters(int width)
{
    private readonly List<Entry> entries = [];
    private byte[] names = new byte[256];
    private int named;
    private long[] counts = new long[8 * width];

    /// <summary>Whether all of them are here. A sum over some of them would be a wrong one.</summary>
    public bool Known { get; set; }

    public int Count => entries.Count;

    public ReadOnlySpan<byte> Name(int index) => names.AsSpan(entries[index].Start, entries[index].Length);

    public ReadOnlySpan<long> this[int index] => counts.AsSpan(index * width, width);

    public void Add(ReadOnlySpan<byte> name, params ReadOnlySpan<long> numbers)
    {
        if (names.Length - named < name.Length) Array.Resize(ref names, Math.Max(names.Length * 2, named + name.Length));
        if (counts.Length == entries.Count * width) Array.Resize(ref counts, counts.Length * 2);
        name.CopyTo(names.AsSpan(named));
        numbers.CopyTo(counts.AsSpan(entries.Count * width, width));
        entries.Add(new(named, name.Length));
        named += name.Length;
    }

    public void Clear()
    {
        entries.Clear();
        named = 0;
        Known = false;
    }

    /// <summary>
    /// What has been counted since <paramref name="before"/> by those that were there before, summed up. False where a
    /// counter went back: it wrapped, or its thing was taken away and put in again, and nobody knows how much that was.
    /// </summary>
    /// <param name="sums">One for each counter.</param>
    public bool Since(NamedCounters before, Span<long> sums)
    {
        sums.Clear();
        if (!Known || !before.Known) return false;
        for (var i = 0; i < entries.Count; i++)
        {
            if (before.Find(Name(i), i) is not { } then) continue; // its counters are of a time of which we know nothing
            for (var n = 0; n < width; n++)
            {
                var counted = this[i][n] - before[then][n];
                if (counted < 0) return false;
                sums[n] += counted;
            }
        }

        return true;
    }

    /// <param name="likely">Where it was the last time: they seldom change.</param>
    private int? Find(ReadOnlySpan<byte> name, int likely)
    {
        if (likely < entries.Count && Name(likely).SequenceEqual(name)) return likely;
        for (var i = 0; i < entries.Count; i++)
        {
            if (Name(i).SequenceEqual(name)) return i;
        }

        return null;
    }

    private readonly record struct Entry(int Start, int Length);
}
