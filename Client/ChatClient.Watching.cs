using System.Collections.Concurrent;

namespace OrleansChat.Client;

/// <summary>Subscriptions that belong to a connection, and are made again on the next.</summary>
public sealed partial class ChatClient
{
    private readonly ConcurrentDictionary<string, bool> watched = new();

    /// <summary>Asks for node metrics as they arrive, as <see cref="ChatPush.Metrics"/>, over all connections; for administrators.</summary>
    /// <param name="topic">There is one as yet.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task Watch(string topic = "metrics", CancellationToken cancel = default)
    {
        await Ask(connection => connection.Watch(topic, cancel), cancel);
        watched[topic] = true;
    }

    /// <summary>Takes it back.</summary>
    /// <param name="topic">What was watched.</param>
    /// <param name="cancel">Gives up.</param>
    public Task Unwatch(string topic = "metrics", CancellationToken cancel = default)
    {
        watched.TryRemove(topic, out _);
        return Ask(connection => connection.Unwatch(topic, cancel), cancel);
    }

    private async Task Rewatch(ChatConnection connection, string topic)
    {
        try
        {
            await connection.Watch(topic, stopping.Token);
        }
        catch (ChatException)
        {
            watched.TryRemove(topic, out _); // an administrator no more
        }
        catch (Exception e) when (e is ChatClosedException or OperationCanceledException)
        {
            // the next connection does it
        }
    }
}
