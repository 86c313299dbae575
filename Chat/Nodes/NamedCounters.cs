namespace OrleansChat.Nodes;

/// <summary>
/// Two counters each of things that have names and come and go: interfaces, disks. The names lie in one buffer, which
/// is used again, since a string for each of them every two seconds would be garbage.
/// </summary>
public sealed class NamedCounters
{
    private readonly List<Entry> entries = [];
    private byte[] names = new byte[256];
    private int named;

    /// <summary>Whether all of them are here. A sum over some of them would be a wrong one.</summary>
    public bool Known { get; set; }

    public int Count => entries.Count;

    public ReadOnlySpan<byte> Name(int index) => names.AsSpan(entries[index].Start, entries[index].Length);

    public (long First, long Second) this[int index] => (entries[index].First, entries[index].Second);

    public void Add(ReadOnlySpan<byte> name, long first, long second)
    {
        if (names.Length - named < name.Length) Array.Resize(ref names, Math.Max(names.Length * 2, named + name.Length));
        name.CopyTo(names.AsSpan(named));
        entries.Add(new(named, name.Length, first, second));
        named += name.Length;
    }

    public void Clear()
    {
        entries.Clear();
        named = 0;
        Known = false;
    }

    /// <summary>
    /// What has been counted since <paramref name="before"/> by those that were there before. Absent where a counter
    /// went back: it wrapped, or its thing was taken away and put in again, and nobody knows how much that was.
    /// </summary>
    public (long First, long Second)? Since(NamedCounters before)
    {
        if (!Known || !before.Known) return null;
        var (first, second) = (0L, 0L);
        for (var i = 0; i < entries.Count; i++)
        {
            if (before.Find(Name(i), i) is not { } then) continue; // its counters are of a time of which we know nothing
            var now = entries[i];
            if (now.First < then.First || now.Second < then.Second) return null;
            first += now.First - then.First;
            second += now.Second - then.Second;
        }

        return (first, second);
    }

    /// <param name="likely">Where it was the last time: they seldom change.</param>
    private Entry? Find(ReadOnlySpan<byte> name, int likely)
    {
        if (likely < entries.Count && Name(likely).SequenceEqual(name)) return entries[likely];
        for (var i = 0; i < entries.Count; i++)
        {
            if (Name(i).SequenceEqual(name)) return entries[i];
        }

        return null;
    }

    private readonly record struct Entry(int Start, int Length, long First, long Second);
}
