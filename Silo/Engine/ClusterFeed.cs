using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Streams;
using OrleansChat.Engine;
using OrleansChat.Grains.Interfaces;
using OrleansChat.Grains.Interfaces.Edges;
using OrleansChat.Grains.Interfaces.Rooms;
using OrleansChat.Grains.Interfaces.Users;
using OrleansChat.Grains.Streams;
using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Silo.Engine;

/// <summary>
/// The news of the cluster at this edge. They all come on one stream, which is the edge's own for this life, and are
/// handed to those who take them.
/// </summary>
public sealed partial class ClusterFeed(string node, IGrainFactory grains, IStreamProvider streams, ILogger<ClusterFeed> log) : IFeed
{
    private const int RenewalsAtOnce = 32;

    private readonly Subscribers<RoomId, RoomNews> rooms = new();
    private readonly Subscribers<UserId, UserNews> users = new();
    private readonly ConcurrentDictionary<RoomId, bool> unrenewed = new(); // rooms that may have forgotten this edge
    private StreamSubscriptionHandle<EdgeBatch>? subscription;
    private long echoed;  // the last of the edge's words to itself that was sent
    private long heard;   // … and that came back

    public EdgeId Edge { get; } = EdgeId.New(node);

    /// <summary>Whether the edge's stream brings what is sent on it, as far as is known.</summary>
    public bool Hears => subscription is not null && echoed - Volatile.Read(ref heard) <= 1;

    public async Task<FeedSubscription> Open(RoomId room, Action<RoomNews> receive)
    {
        // Taken before the head is read, so that nothing after it can be missed.
        var subscriber = new FromHeadOn(receive);
        rooms.Add(room, subscriber.Receive);
        try
        {
            var head = await Remote.Call(Room(room).Attach(Edge));
            subscriber.Begin(head);
            return new(head, async () =>
            {
                if (rooms.Remove(room, subscriber.Receive)) await Remote.Call(Room(room).Detach(Edge));
            });
        }
        catch
        {
            rooms.Remove(room, subscriber.Receive);
            throw;
        }
    }

    public async Task<FeedSubscription> Follow(UserId user, Action<UserNews> receive)
    {
        users.Add(user, receive);
        try
        {
            await User(user).Attach(Edge);
            return new(0, async () =>
            {
                if (users.Remove(user, receive)) await User(user).Detach(Edge);
            });
        }
        catch
        {
            users.Remove(user, receive);
            throw;
        }
    }

    /// <summary>Takes the edge's stream, and makes the edge known.</summary>
    public async Task Begin()
    {
        await Remote.Call(Resubscribe());
        await Remote.Call(Directory.Beat(Edge));
    }

    /// <summary>
    /// Says that the edge lives, renews the leases of its rooms, and takes the stream anew when the last word to itself
    /// did not come back: a stream may be lost with the nodes that carried it.
    /// </summary>
    public async Task Beat()
    {
        await Remote.Call(Directory.Beat(Edge));
        if (Volatile.Read(ref heard) < echoed)
        {
            LogSilence(log);
            await Remote.Call(Resubscribe());
        }

        await Remote.Call(Stream.OnNextAsync(new([new EdgeNews.Echo(++echoed).Write()])));
        await RenewLeases();
    }

    /// <summary>Renews the leases of all rooms that somebody here holds open.</summary>
    public Task RenewLeases() => Parallel.ForEachAsync(rooms.Topics, new ParallelOptions { MaxDegreeOfParallelism = RenewalsAtOnce }, async (room, _) => await Renew(room));

    public async Task End()
    {
        await Remote.Call(Directory.Leave(Edge));
        if (subscription is not null) await Remote.Call(subscription.UnsubscribeAsync());
    }

    private IEdgesGrain Directory => grains.GetGrain<IEdgesGrain>(0);

    private IAsyncStream<EdgeBatch> Stream => streams.GetStream<EdgeBatch>(EdgeStreams.Of(Edge));

    private IRoomGrain Room(RoomId id) => grains.GetGrain<IRoomGrain>(id.Value);

    private RemoteUser User(UserId id) => new(grains.GetGrain<IUserGrain>(id.Value));

    private async Task Subscribe() => subscription = await Stream.SubscribeAsync((batch, _) =>
    {
        foreach (var news in batch.News) Read(news);
        return Task.CompletedTask;
    });

    private void Read(byte[] news)
    {
        try
        {
            Receive(EdgeNews.Read(news));
        }
        catch (JsonException e)
        {
            LogUnreadable(log, e); // a newer node's kind of news, in the middle of an upgrade: the log has what matters
        }
    }

    private async Task Resubscribe()
    {
        foreach (var lost in await Stream.GetAllSubscriptionHandles()) await lost.UnsubscribeAsync();
        await Subscribe();
        Volatile.Write(ref heard, echoed);
    }

    private void Receive(EdgeNews news)
    {
        switch (news)
        {
            case EdgeNews.OfRoom(var room, var told) when rooms.Has(room):
                rooms.Publish(room, told);
                if (told is RoomNews.Announced) _ = Renew(room);
                break;
            case EdgeNews.OfUser(var user, var told):
                users.Publish(user, told);
                break;
            case EdgeNews.Echo(var number):
                Volatile.Write(ref heard, number);
                break;
        }
    }

    /// <summary>Attaches again; what fails is repeated by the next beat.</summary>
    private async Task Renew(RoomId room)
    {
        try
        {
            var head = await Remote.Call(Room(room).Attach(Edge));
            if (unrenewed.TryRemove(room, out _)) rooms.Publish(room, new RoomNews.Announced(head)); // the edge says again who is here
            if (!rooms.Has(room)) await Remote.Call(Room(room).Detach(Edge)); // let go while it was renewed
        }
        catch (UnavailableException e)
        {
            if (rooms.Has(room)) unrenewed[room] = true;
            LogNotRenewed(log, e);
        }
    }

    [LoggerMessage(EventId = 110, EventName = "EdgeHeardNothing", Level = LogLevel.Warning, Message = "The edge's stream fell silent; it is taken anew.")]
    private static partial void LogSilence(ILogger log);

    [LoggerMessage(EventId = 115, EventName = "NewsUnreadable", Level = LogLevel.Warning, Message = "A piece of news could not be read.")]
    private static partial void LogUnreadable(ILogger log, Exception reason);

    [LoggerMessage(EventId = 111, EventName = "LeaseNotRenewed", Level = LogLevel.Information, Message = "A room's lease could not be renewed.")]
    private static partial void LogNotRenewed(ILogger log, Exception reason);
}
