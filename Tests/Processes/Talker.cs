using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>
/// A client of a run: it is in a few rooms, posts in them one message after the other, as fast as it is answered, and
/// keeps a record of what it posted and saw. Servers may come and go meanwhile.
/// </summary>
internal sealed class Talker : IAsyncDisposable
{
    private readonly ChatClient client;
    private readonly ChatRecord record;
    private readonly Random random;
    private readonly List<RoomView> views = [];
    private readonly List<Task> watching = [];
    private readonly List<Posted> mine = [];
    private readonly CancellationTokenSource gone = new();

    private Talker(ChatClient client, ChatRecord record, Random random) => (this.client, this.record, this.random) = (client, record, random);

    public ChatClient Client => client;

    private string User => client.Welcome.User.Id;

    public static async Task<Talker> Start(Uri server, string name, IEnumerable<string> rooms, ChatRecord record, Random random)
    {
        var options = new ChatClientOptions { MaxPause = TimeSpan.FromMilliseconds(500) };
        var talker = new Talker(await ChatClient.Start(server, new SignIn.Guest(name), options), record, random);
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
    /// <param name="answered">Called for each answer.</param>
    public async Task Talk(Func<bool> enough, Action answered)
    {
        while (!enough())
        {
            var room = views[random.Next(views.Count)].Room;
            var key = $"k{mine.Count}";
            var text = $"{key} of {User}";
            var answer = await client.Post(room, text, key);
            mine.Add(new(User, room, key, text, answer));
            record.Add(mine[^1]);
            answered();
        }
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
