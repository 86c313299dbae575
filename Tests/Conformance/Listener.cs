using System.Threading.Channels;
using OrleansChat.Engine;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Conformance;

/// <summary>Somebody at an edge who listens to news, and waits for them only so long.</summary>
public abstract class Listener<TNews> : IAsyncDisposable
    where TNews : class
{
    private readonly Channel<TNews> heard = Channel.CreateUnbounded<TNews>();
    private FeedSubscription? subscription;

    /// <summary>The head that the feed answered with when it was opened.</summary>
    public long Head => subscription?.Head ?? 0;

    /// <summary>How much has come that nobody asked for yet.</summary>
    public int Waiting => heard.Reader.Count;

    /// <summary>The next piece of news of this kind; others before it are passed over.</summary>
    public async Task<T> Next<T>()
        where T : TNews
    {
        while (true)
        {
            if (await Next() is T news) return news;
        }
    }

    public async Task<TNews> Next()
    {
        using var patience = new CancellationTokenSource(Conformance.Patience);
        return await heard.Reader.ReadAsync(patience.Token);
    }

    public ValueTask DisposeAsync() => subscription?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected async Task Open(Func<Action<TNews>, Task<FeedSubscription>> open) =>
        subscription = await open(news => heard.Writer.TryWrite(news)).WaitAsync(Conformance.Patience);
}

public sealed class UserListener : Listener<UserNews>
{
    public static async Task<UserListener> To(UserId user, IChat edge)
    {
        var listener = new UserListener();
        await listener.Open(receive => edge.Feed.Follow(user, receive));
        return listener;
    }
}

public sealed class RoomListener : Listener<RoomNews>
{
    private long last;

    public static async Task<RoomListener> To(RoomId room, IChat edge)
    {
        var listener = new RoomListener();
        await listener.Open(receive => edge.Feed.Open(room, receive));
        listener.last = listener.Head;
        return listener;
    }

    /// <summary>The events not asked for yet, up to <paramref name="seq"/>. Some may come twice; a hole fails.</summary>
    public async Task<IReadOnlyList<RoomEvent>> EventsUpTo(long seq) => (await NewsUpTo(seq)).Events;

    /// <summary>The events up to <paramref name="seq"/>, and all other news that came before the last of them.</summary>
    public async Task<(IReadOnlyList<RoomEvent> Events, IReadOnlyList<RoomNews> Others)> NewsUpTo(long seq)
    {
        var (events, others) = (new List<RoomEvent>(), new List<RoomNews>());
        while (last < seq)
        {
            var news = await Next();
            if (news is not RoomNews.Happened happened)
            {
                others.Add(news);
                continue;
            }

            foreach (var e in happened.Events.Where(e => e.Seq > last))
            {
                Assert.Equal(++last, e.Seq);
                events.Add(e);
            }
        }

        return (events, others);
    }
}
