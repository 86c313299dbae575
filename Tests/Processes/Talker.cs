using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>
/// A client of a run: it is in a few rooms, posts in each of them one message after the other, and keeps a record of what
/// it posted and saw. Servers may come and go meanwhile.
/// </summary>
internal sealed class Talker : IAsyncDisposable
{
    private readonly ChatClient client;
    private readonly ChatRecord record;
    private readonly Troubles troubles;
    private readonly List<RoomView> views = [];
    private readonly List<Task> watching = [];
    private readonly ConcurrentQueue<Posted> mine = new();
    private readonly CancellationTokenSource gone = new();
    private int keys;

    private Talker(ChatClient client, ChatRecord record, Troubles troubles) => (this.client, this.record, this.troubles) = (client, record, troubles);

    public ChatClient Client => client;

    private string User => client.Welcome.User.Id;

    /// <param name="servers">The first is where it begins.</param>
    public static async Task<Talker> Start(IReadOnlyList<Uri> servers, string name, IEnumerable<string> rooms, ChatRecord record, Troubles troubles)
    {
        var options = new ChatClientOptions
        {
            Others = [.. servers.Skip(1)],
            MaxPause = TimeSpan.FromMilliseconds(500),
            Patience = TimeSpan.FromSeconds(10),
            Connect = new() { KeepAlive = TimeSpan.FromSeconds(5) },
            News = troubles.Take,
        };
        var talker = new Talker(await ChatClient.Connect(servers[0], new SignIn.Guest(name), options), record, troubles);
        foreach (var id in rooms)
        {
            var room = await talker.client.Join(id, since: 0);
            var view = record.View(talker.User, id, 0);
            talker.views.Add(view);
            talker.watching.Add(talker.Watch(room, view));
        }

        return talker;
    }

    private async Task Watch(ChatRoom room, RoomView view)
    {
        try
        {
            await foreach (var item in room.Items(gone.Token))
            {
                if (item is RoomItem.Happened happened) view.Saw(happened.Event);
                else view.SawGap();
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    /// <summary>Posts until it is enough; what is under way then is still answered.</summary>
    /// <param name="pace">The pause between two posts in a room, on average.</param>
    /// <param name="answered">Called for each answer, with the moment since when a server had it.</param>
    public Task Talk(Func<bool> enough, TimeSpan pace, Action<Posted, long> answered) => Task.WhenAll(views.Select(async view =>
    {
        while (!enough())
        {
            var key = $"k{Interlocked.Increment(ref keys)}";
            var text = $"{key} of {User}";
            var (answer, asked) = await Post(view.Room, text, key);
            var post = new Posted(User, view.Room, key, text, answer);
            mine.Enqueue(post);
            record.Add(post);
            answered(post, asked);
            if (pace > TimeSpan.Zero) await Task.Delay(pace * (0.5 + Random.Shared.NextDouble()));
        }
    }));

    private async Task<(PostAnswer Answer, long Asked)> Post(string room, string text, string key)
    {
        long? asked = null;
        var answer = await client.Ask(async connection =>
        {
            asked ??= Stopwatch.GetTimestamp();
            try
            {
                return await connection.Post(room, text, key);
            }
            catch (ChatClosedException)
            {
                asked = null; // the line refused it, and not the room
                throw;
            }
            catch (ChatException e)
            {
                troubles.Refused(e.Code);
                throw;
            }
        });
        return (answer, asked!.Value);
    }

    /// <summary>Repeating a post, whenever, gets the first one's answer.</summary>
    public async Task RepeatLatest(int count)
    {
        foreach (var post in mine.TakeLast(count)) Assert.Equal(post.Answer, await client.Post(post.Room, "said otherwise", post.Key));
    }

    /// <summary>Waits until it has seen every room up to its head.</summary>
    public Task Sees(IReadOnlyDictionary<string, long> heads) => Task.WhenAll(views.Select(view => view.Reaches(heads[view.Room])));

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await Task.WhenAll(watching);
        await client.DisposeAsync();
        gone.Dispose();
    }
}
