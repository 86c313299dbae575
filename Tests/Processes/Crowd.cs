using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>Talkers in rooms, and the checks that a run of theirs must pass however often a server went down under it.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int RoomsOfEach = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ChatRecord record = new();
    private readonly List<Talker> talkers = [];
    private readonly List<string> rooms;
    private readonly Lock turn = new();
    private readonly List<(long At, TaskCompletionSource Reached)> waiting = [];
    private Task talking = Task.CompletedTask;
    private volatile bool enough;
    private long answers;

    private Crowd(List<string> rooms) => this.rooms = rooms;

    public static async Task<Crowd> Gather(Uri server, int people, int rooms, Random random)
    {
        var crowd = new Crowd([.. Enumerable.Range(1, rooms).Select(i => $"room-{i}")]);
        try
        {
            await using (var host = await ChatClient.Start(server, new SignIn.Guest("Host")))
            {
                foreach (var room in crowd.rooms) await host.Ask(connection => connection.Create(room));
            }

            for (var i = 0; i < people; i++)
            {
                var theirs = Enumerable.Range(0, RoomsOfEach).Select(k => crowd.rooms[(i + k * 7) % rooms]);
                crowd.talkers.Add(await Talker.Start(server, $"Guest {i}", theirs, crowd.record, new(random.Next())));
            }

            return crowd;
        }
        catch
        {
            await crowd.DisposeAsync();
            throw;
        }
    }

    public long Answers => Interlocked.Read(ref answers);

    public void StartTalking() => talking = Task.WhenAll(talkers.Select(talker => talker.Talk(() => enough, Answered)));

    private void Answered()
    {
        var now = Interlocked.Increment(ref answers);
        lock (turn)
        {
            foreach (var (_, reached) in waiting.Where(it => it.At <= now)) reached.TrySetResult();
            waiting.RemoveAll(it => it.At <= now);
        }
    }

    /// <summary>Waits until so many more posts have been answered: a moment that is measured in work, not in time.</summary>
    public async Task Answer(int more)
    {
        if (more == 0) return;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (turn) waiting.Add((Answers + more, reached));
        await await Task.WhenAny(reached.Task, talking).WaitAsync(Patience);
    }

    /// <summary>Everybody comes to an end, sees all, and can repeat what they posted.</summary>
    public async Task Settle()
    {
        enough = true;
        await talking.WaitAsync(Patience);
        await Task.WhenAll(talkers.Select(talker => talker.RepeatLatest(3))).WaitAsync(Patience);
        var heads = new Dictionary<string, long>();
        foreach (var room in rooms) heads[room] = (await talkers[0].Client.Ask(connection => connection.Status(room))).Head;
        await Task.WhenAll(talkers.Select(talker => talker.Sees(heads))).WaitAsync(Patience);
    }

    /// <summary>Reads everything back from <paramref name="storage"/> and over the wire, and has it judged.</summary>
    public async Task Check(string storage)
    {
        var logs = await Logs.InStorage(storage, rooms);
        var faults = LogChecker.Faults(record, logs).ToList();
        foreach (var room in rooms) faults.AddRange(LogChecker.HistoryFaults(room, await Logs.History(talkers[0].Client, room), logs[room]));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(Answers, record.Posts.Count);
        Assert.All(record.Posts, post => Assert.NotNull(post.Answer));
    }

    public async ValueTask DisposeAsync()
    {
        enough = true;
        await Task.WhenAll(talkers.Select(talker => talker.DisposeAsync().AsTask()));
    }
}
