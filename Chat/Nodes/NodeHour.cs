namespace OrleansChat.Nodes;

/// <summary>
/// The last hour of one node. A reading takes 188 bytes and one for each core: with eight cores an hour of them is
/// 353 kB, where as many <see cref="NodeReading"/>s would be five times that. All times are the node's own.
/// </summary>
internal sealed class NodeHour
{
    /// <summary>An hour of a reading every two seconds.</summary>
    public const int Kept = 1_800;

    private const long Hour = 3_600_000; // ms

    /// <summary>Of a machine with more cores the first ones are kept.</summary>
    private const int MaxCores = 256;

    private const float Levels = 200; // of a core's share: what nobody can tell apart in a picture
    private const byte Unknown = byte.MaxValue;
    private static readonly int Width = NodeFigure.All.Count;

    private readonly long[] times = new long[Kept];
    private readonly float[] figures = new float[Kept * Width];
    private byte[] shares = [];
    private int cores;
    private int first;

    public int Count { get; private set; }

    /// <summary>Milliseconds since 1970; the 0th is the oldest.</summary>
    public long Time(int index) => times[Slot(index)];

    public void Add(NodeReading reading)
    {
        var row = Take(reading.At.ToUnixTimeMilliseconds());
        for (var i = 0; i < Width; i++) figures[(row * Width) + i] = (float?)NodeFigure.All[i].Of(reading) ?? float.NaN;
        var count = Math.Min(MaxCores, reading.Cores?.Count ?? 0);
        Widen(count);
        for (var core = 0; core < cores; core++) shares[(row * cores) + core] = core < count ? Level(reading.Cores![core]) : Unknown;
    }

    /// <summary>One of its readings.</summary>
    public NodeMoment this[int index]
    {
        get
        {
            var row = Slot(index);
            return new(times[row], figures.AsMemory(row * Width, Width));
        }
    }

    /// <summary>The same hour and what of <paramref name="past"/> it lacks.</summary>
    public NodeHour With(NodePast past)
    {
        var all = new NodeHour();
        all.Widen(Math.Max(cores, Math.Min(MaxCores, past.Cores.Count)));
        var columns = NodeFigure.All.Select(figure => past.Figures.GetValueOrDefault(figure.Name)).ToArray();
        for (int mine = 0, theirs = 0; mine < Count || theirs < past.Times.Count;)
        {
            if (theirs == past.Times.Count || (mine < Count && Time(mine) <= past.Times[theirs]))
            {
                if (theirs < past.Times.Count && Time(mine) == past.Times[theirs]) theirs++;
                all.Copy(this, Slot(mine++));
            }
            else all.Copy(past, columns, theirs++);
        }

        return all;
    }

    /// <summary>As columns: for each run of readings, given by its first and the one after its last, the mean at the time of the last.</summary>
    public NodePast Columns(NodeReading latest, IReadOnlyList<Range> runs)
    {
        var named = new Dictionary<string, IReadOnlyList<float?>>();
        for (var i = 0; i < Width; i++)
        {
            var figure = i;
            var column = Column(runs, row => figures[(row * Width) + figure], digits: 4);
            if (Array.Exists(column, value => value is not null)) named.Add(NodeFigure.All[i].Name, column);
        }

        return new(latest, [.. runs.Select(run => Time(run.End.Value - 1))], named,
            [.. Enumerable.Range(0, cores).Select(core => Column(runs, row => Share(shares[(row * cores) + core]), digits: 3))]);
    }

    private float?[] Column(IReadOnlyList<Range> runs, Func<int, float> value, int digits)
    {
        var column = new float?[runs.Count];
        for (var i = 0; i < runs.Count; i++)
        {
            var (sum, known) = (0.0, 0);
            for (var index = runs[i].Start.Value; index < runs[i].End.Value; index++)
            {
                if (value(Slot(index)) is not (not float.NaN and var one)) continue;
                sum += one;
                known++;
            }

            if (known > 0) column[i] = (float)Math.Round(sum / known, digits);
        }

        return column;
    }

    /// <summary>The place of a new reading, the latest.</summary>
    private int Take(long time)
    {
        while (Count > 0 && Time(Count - 1) >= time) Count--; // its clock was set back: that time comes again
        while (Count == Kept || (Count > 0 && Time(0) <= time - Hour))
        {
            first = (first + 1) % Kept;
            Count--;
        }

        var row = Slot(Count++);
        times[row] = time;
        return row;
    }

    private void Copy(NodeHour hour, int from)
    {
        var row = Take(hour.times[from]);
        hour.figures.AsSpan(from * Width, Width).CopyTo(figures.AsSpan(row * Width));
        var there = shares.AsSpan(row * cores, cores);
        there.Fill(Unknown);
        hour.shares.AsSpan(from * hour.cores, hour.cores).CopyTo(there);
    }

    private void Copy(NodePast past, IReadOnlyList<float?>?[] columns, int from)
    {
        var row = Take(past.Times[from]);
        for (var i = 0; i < Width; i++) figures[(row * Width) + i] = columns[i]?[from] ?? float.NaN;
        for (var core = 0; core < cores; core++) shares[(row * cores) + core] = core < past.Cores.Count ? Level(past.Cores[core][from]) : Unknown;
    }

    /// <summary>A core more than ever before: all rows get a place for it.</summary>
    private void Widen(int count)
    {
        if (count <= cores) return;
        var wider = new byte[Kept * count];
        Array.Fill(wider, Unknown);
        for (var row = 0; row < Kept; row++) shares.AsSpan(row * cores, cores).CopyTo(wider.AsSpan(row * count));
        (shares, cores) = (wider, count);
    }

    private int Slot(int index) => (first + index) % Kept;

    private static byte Level(double? share) => share is { } known ? (byte)Math.Round(Math.Clamp(known, 0, 1) * Levels) : Unknown;

    private static float Share(byte level) => level == Unknown ? float.NaN : level / Levels;
}

/// <summary>What is kept of one reading.</summary>
/// <param name="At">Milliseconds since 1970, by the node's clock.</param>
public readonly record struct NodeMoment(long At, ReadOnlyMemory<float> Figures)
{
    /// <summary>A figure by its name.</summary>
    public double? this[string name] => NodeFigure.Places.TryGetValue(name, out var place) && Figures.Span[place] is not float.NaN and var value ? value : null;
}
