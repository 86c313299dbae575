using OrleansChat.Users;

namespace OrleansChat.Presence;

/// <summary>
/// Who is online in a room: the people whom some living edge holds. An edge lives as long as its lease; when it runs
/// out, the edge's people go offline unless another edge has them too.
/// </summary>
public sealed class RoomPresence
{
    /// <summary>An edge renews its lease every 5 s; after 20 s without a word it is taken for dead.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private readonly Dictionary<EdgeId, Held> edges = [];
    private readonly Dictionary<UserId, int> holders = []; // how many edges have them

    public IEnumerable<EdgeId> Edges => edges.Keys;

    public int Count => holders.Count;

    public bool IsOnline(UserId user) => holders.ContainsKey(user);

    /// <summary>When the next lease runs out, if there is one.</summary>
    public DateTimeOffset? NextEnd => edges.Count == 0 ? null : edges.Values.Min(held => held.Until);

    public void Renew(EdgeId edge, DateTimeOffset now)
    {
        if (!edges.TryGetValue(edge, out var held)) edges.Add(edge, held = new());
        held.Until = now + Lease;
    }

    /// <summary>Takes an edge's report and gives what changed by it for the room as a whole.</summary>
    public PresenceReport Report(EdgeId edge, PresenceReport report, DateTimeOffset now)
    {
        Renew(edge, now);
        var people = edges[edge].People;
        return new(
            [.. report.Online.Where(user => people.Add(user) && Hold(user))],
            [.. report.Offline.Where(user => people.Remove(user) && Release(user))]);
    }

    /// <summary>Forgets an edge and gives who went offline with it.</summary>
    public PresenceReport End(EdgeId edge) =>
        edges.Remove(edge, out var held) ? new([], [.. held.People.Where(Release)]) : new([], []);

    /// <summary>Forgets the edges whose leases ran out and gives who went offline with them.</summary>
    public PresenceReport Expire(DateTimeOffset now)
    {
        var dead = edges.Where(edge => edge.Value.Until <= now).Select(edge => edge.Key).ToList();
        return new([], [.. dead.SelectMany(edge => End(edge).Offline)]);
    }

    private bool Hold(UserId user)
    {
        var before = holders.GetValueOrDefault(user);
        holders[user] = before + 1;
        return before == 0;
    }

    private bool Release(UserId user)
    {
        if (--holders[user] > 0) return false;
        return holders.Remove(user);
    }

    private sealed class Held
    {
        public DateTimeOffset Until;
        public readonly HashSet<UserId> People = [];
    }
}
