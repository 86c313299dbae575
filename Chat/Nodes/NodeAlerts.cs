namespace OrleansChat.Nodes;

/// <summary>
/// How the alerts of the nodes stand. It follows from their hours alone: whoever gets these judges alike, so that
/// nothing of it is stored or handed over.
/// </summary>
public sealed class NodeAlerts
{
    private readonly Dictionary<string, OfNode> nodes = [];

    internal OfNode Of(string node)
    {
        if (!nodes.TryGetValue(node, out var of)) nodes.Add(node, of = new(node));
        return of;
    }

    internal void Keep(IEnumerable<string> names)
    {
        foreach (var gone in nodes.Keys.Except(names).ToList()) nodes.Remove(gone);
    }

    internal sealed class OfNode(string node)
    {
        /// <summary>
        /// What was crossed longer ago was told by whoever judged then. What is newer is told, perhaps again, which a
        /// room takes for once.
        /// </summary>
        private const long News = 300_000; // ms

        private const long Gap = 10_000; // ms between readings, after which a stretch is none

        private readonly Dictionary<string, AlertState> states = [];
        private NodeMoment? last;
        private int filled;
        private long? lost; // its last word

        /// <summary>The crossings in the readings that came since the last time; or, where a past was filled in, in all of them.</summary>
        public IEnumerable<Alert> Judge(AlertRules rules, NodeHour hour, int filledNow, TimeSpan silent)
        {
            var newest = hour.Time(hour.Count - 1);
            if (filledNow != filled || newest < last?.At) last = null; // a past was filled in, or the node's clock set back
            filled = filledNow;
            if (last is null) states.Clear();
            if (lost is { } word && silent < rules.Lost)
            {
                lost = null;
                yield return new(node, AlertRules.LostRule, true, word, $"✓ {node} is back.");
            }

            var first = hour.Count;
            while (first > 0 && !(hour.Time(first - 1) <= last?.At)) first--;
            for (var i = first; i < hour.Count; i++)
            {
                var now = hour[i];
                foreach (var alert in rules.OfReadings.Select(rule => Crossing(rule, now, newest)).OfType<Alert>()) yield return alert;
                last = now;
            }

            if (lost is not null || !(silent >= rules.Lost)) yield break;
            lost = newest;
            if ((silent - rules.Lost.Value).TotalMilliseconds <= News)
            {
                yield return new(node, AlertRules.LostRule, false, newest, $"⚠ {node} is lost: nothing was heard of it for {silent.TotalSeconds:0} seconds.");
            }
        }

        private Alert? Crossing(AlertRule rule, NodeMoment now, long newest)
        {
            var state = states.GetValueOrDefault(rule.Name);
            var after = now.At - last?.At > Gap;
            state = states[rule.Name] = rule.Next(after ? state with { Since = null } : state, now, last);
            if (state.Crossed is not { } value || now.At < newest - News) return null;
            return new(node, rule.Name, !state.Stands, now.At, $"{(state.Stands ? "⚠" : "✓")} {node}: {(state.Stands ? rule.Say : rule.SayOver)(value)}.");
        }
    }
}
