using System.Collections.Concurrent;

namespace OrleansChat.Engine;

/// <summary>Who takes the news of which topic, in this process.</summary>
public sealed class Subscribers<TTopic, TNews>
    where TTopic : notnull
{
    private readonly Lock gate = new(); // for changes; whoever publishes waits for nobody
    private readonly ConcurrentDictionary<TTopic, Action<TNews>> byTopic = new();

    /// <summary>Topics that somebody takes.</summary>
    public IEnumerable<TTopic> Topics => byTopic.Keys;

    public bool Has(TTopic topic) => byTopic.ContainsKey(topic);

    public void Add(TTopic topic, Action<TNews> receive)
    {
        lock (gate) byTopic[topic] = byTopic.GetValueOrDefault(topic) + receive;
    }

    /// <returns>Whether it was the topic's last.</returns>
    public bool Remove(TTopic topic, Action<TNews> receive)
    {
        lock (gate)
        {
            var rest = byTopic.GetValueOrDefault(topic) - receive;
            if (rest is null) byTopic.TryRemove(topic, out _);
            else byTopic[topic] = rest;
            return rest is null;
        }
    }

    public void Publish(TTopic topic, TNews news) => byTopic.GetValueOrDefault(topic)?.Invoke(news);
}
