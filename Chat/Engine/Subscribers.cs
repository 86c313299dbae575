using System.Collections.Immutable;

namespace OrleansChat.Engine;

/// <summary>Who takes the news of which topic, in this process.</summary>
public sealed class Subscribers<TTopic, TNews>
    where TTopic : notnull
{
    private readonly Lock gate = new();
    private ImmutableDictionary<TTopic, ImmutableList<Action<TNews>>> byTopic = ImmutableDictionary<TTopic, ImmutableList<Action<TNews>>>.Empty;

    /// <summary>Topics that somebody takes.</summary>
    public IEnumerable<TTopic> Topics => byTopic.Keys;

    public bool Has(TTopic topic) => byTopic.ContainsKey(topic);

    /// <returns>Ends the subscription, and tells whether it was the topic's last.</returns>
    public Func<bool> Add(TTopic topic, Action<TNews> receive)
    {
        lock (gate) byTopic = byTopic.SetItem(topic, byTopic.GetValueOrDefault(topic, []).Add(receive));
        return () =>
        {
            lock (gate)
            {
                var rest = byTopic.GetValueOrDefault(topic, []).Remove(receive);
                byTopic = rest.IsEmpty ? byTopic.Remove(topic) : byTopic.SetItem(topic, rest);
                return rest.IsEmpty;
            }
        };
    }

    public void Publish(TTopic topic, TNews news)
    {
        foreach (var receive in byTopic.GetValueOrDefault(topic, [])) receive(news);
    }
}
