namespace OrleansChat.Nodes;

/// <summary>
/// What is known of the nodes: each one's last reading, when it was heard, and its hour. How long ago something was heard
/// is by the clock of this process, when it was read by the node's: no two need agree. Not for more than one thread.
/// </summary>
public sealed class NodeMetrics(TimeProvider time)
{
    /// <summary>A node that is well reports every two seconds; after so much silence it counts as lost.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <summary>After so much silence nothing is kept of it.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    /// <summary>Between nodes a past travels in messages of so many readings: ten minutes, some 60 kB.</summary>
    private const int Stretch = 300;

    // What is looked at: so much as it was, and of what is older one of every so much.
    private const long Fine = 300_000, Coarse = 10_000; // ms

    private readonly SortedDictionary<string, Known> nodes = new(StringComparer.Ordinal);

    /// <summary>A node's reading, of <see cref="NodeReading.Silent"/> seconds ago, or of now. What is known already changes nothing.</summary>
    public void Take(NodeReading reading)
    {
        var heard = time.GetTimestamp() - (long)((reading.Silent ?? 0) * time.TimestampFrequency);
        if (!nodes.TryGetValue(reading.Node, out var known)) nodes.Add(reading.Node, known = new());
        else if (reading.At == known.Latest.At || heard <= known.Heard) return;
        (known.Latest, known.Heard) = (reading with { Silent = null, Lost = null, Past = null }, heard);
        known.Hour.Add(reading);
    }

    /// <summary>What others kept of a node's past.</summary>
    public void Take(NodePast past)
    {
        Take(past.Latest);
        var known = nodes[past.Latest.Node];
        known.Hour = known.Hour.With(past);
        known.Filled++;
    }

    /// <summary>The last reading of every node, in the order of their names. Who was silent for an hour is forgotten.</summary>
    public IReadOnlyList<NodeReading> Latest()
    {
        Forget();
        return nodes.Values.Select(Now).ToArray(); // travels between nodes, which a list of the compiler's own making cannot
    }

    /// <summary>A node's hour, to be looked at: see <see cref="INodeMetrics.Past"/>.</summary>
    public NodePast? Past(string node)
    {
        if (!nodes.TryGetValue(node, out var known)) return null;
        var hour = known.Hour;
        var runs = new List<Range>();
        var fine = hour.Time(hour.Count - 1) - Fine;
        for (int start = 0, index = 1; index <= hour.Count; index++)
        {
            if (index < hour.Count && hour.Time(index) < fine && hour.Time(index) / Coarse == hour.Time(start) / Coarse) continue;
            runs.Add(start..index);
            start = index;
        }

        return hour.Columns(Now(known), runs);
    }

    /// <summary>The last word of a node, for somebody who has not heard of it: a past without a time.</summary>
    public NodePast? LastWord(string node) => nodes.TryGetValue(node, out var known) ? known.Hour.Columns(Now(known), []) : null;

    /// <summary>
    /// A node's past for somebody who lacks it, in pieces that a message can hold. The latest comes first, so that
    /// whoever has so many seconds of it lacks nothing within them.
    /// </summary>
    public IEnumerable<NodePast> Stretches(string node)
    {
        if (!nodes.TryGetValue(node, out var known)) yield break;
        for (var end = known.Hour.Count; end > 0; end -= Stretch)
        {
            var start = Math.Max(0, end - Stretch);
            yield return known.Hour.Columns(Now(known), [.. Enumerable.Range(start, end - start).Select(index => index..(index + 1))]);
        }
    }

    /// <summary>What is to be told of the nodes by <paramref name="rules"/>, in the order in which it happened.</summary>
    /// <param name="alerts">How things stood when this was asked before.</param>
    public IReadOnlyList<Alert> Judge(AlertRules rules, NodeAlerts alerts)
    {
        Forget();
        alerts.Keep(nodes.Keys);
        return [.. nodes.Values.SelectMany(known => alerts.Of(known.Latest.Node).Judge(rules, known.Hour, known.Filled, time.GetElapsedTime(known.Heard)))];
    }

    private void Forget()
    {
        foreach (var (name, _) in nodes.Where(node => time.GetElapsedTime(node.Value.Heard) >= Forgotten).ToList()) nodes.Remove(name);
    }

    private NodeReading Now(Known known)
    {
        var silent = time.GetElapsedTime(known.Heard);
        var (hour, last) = (known.Hour, known.Hour.Count - 1);
        return known.Latest with
        {
            Silent = Math.Round(silent.TotalSeconds, 1),
            Lost = silent >= Silence ? true : null,
            Past = Math.Round(silent.TotalSeconds + ((hour.Time(last) - hour.Time(0)) / 1000.0), 1),
        };
    }

    private sealed class Known
    {
        public NodeReading Latest { get; set; } = null!;

        /// <summary>By <see cref="TimeProvider.GetTimestamp"/> of this process.</summary>
        public long Heard { get; set; }

        public NodeHour Hour { get; set; } = new();

        /// <summary>How often something came to its past.</summary>
        public int Filled { get; set; }
    }
}
