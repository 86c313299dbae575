using System.Diagnostics;
using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>Talkers in rooms, and the checks that a run of theirs must pass however often a server went down under it.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int RoomsOfEach = 3;
    private const int ComingAtOnce = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ChatRecord record = new();
    private readonly Talker?[] talkers;
    private readonly List<string> rooms;
    private readonly TimeSpan pace;
    private readonly Lock turn = new();
    private readonly List<(long At, TaskCompletionSource Reached)> waiting = [];
    private Task talking = Task.CompletedTask;
    private volatile bool enough;
    private long answers;

    private Crowd(int people, int rooms, TimeSpan pace)
    {
        talkers = new Talker[people];
        this.rooms = [.. Enumerable.Range(1, rooms).Select(i => $"room-{i}")];
        this.pace = pace;
    }

    public AnswerTimes Times { get; } = new();

    public Troubles Troubles { get; } = new();

    /// <summary>People at one server, who talk as fast as they are answered.</summary>
    public static Task<Crowd> Gather(Uri server, int people, int rooms) => Gather([server], people, rooms, TimeSpan.Zero);

    /// <summary>People spread over servers of one cluster, each of whom knows all of these.</summary>
    /// <param name="pace">The pause between two posts of somebody in a room, on average.</param>
    public static async Task<Crowd> Gather(IReadOnlyList<Uri> servers, int people, int rooms, TimeSpan pace)
    {
        var crowd = new Crowd(people, rooms, pace);
        try
        {
            await using (var host = await ChatClient.Connect(servers[0], new SignIn.Guest("Host")))
            {
                foreach (var room in crowd.rooms) await host.Ask(connection => connection.Create(room));
            }

            await Parallel.ForAsync(0, people, new ParallelOptions { MaxDegreeOfParallelism = ComingAtOnce }, async (i, _) =>
            {
                var theirs = Enumerable.Range(0, RoomsOfEach).Select(k => crowd.rooms[(i + k * 7) % rooms]);
                var first = i % servers.Count;
                crowd.talkers[i] = await Talker.Start([.. servers.Skip(first), .. servers.Take(first)], $"Guest {i}", theirs, crowd.record, crowd.Troubles);
            });
            return crowd;
        }
        catch
        {
            await crowd.DisposeAsync();
            throw;
        }
    }

    public long Answers => Interlocked.Read(ref answers);

    /// <summary>Everybody talks, for the first time or after they had settled.</summary>
    public void StartTalking()
    {
        enough = false;
        talking = Task.WhenAll(Talkers.Select(talker => talker.Talk(() => enough, pace, Answered)));
    }

    private IEnumerable<Talker> Talkers => talkers.OfType<Talker>();

    private void Answered(Posted post, long asked)
    {
        Times.Answered(post.Room, asked, Stopwatch.GetTimestamp());
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
        await Task.WhenAll(Talkers.Select(talker => talker.RepeatLatest(3))).WaitAsync(Patience);
        var heads = new Dictionary<string, long>();
        foreach (var room in rooms) heads[room] = (await Talkers.First().Client.Ask(connection => connection.Status(room))).Head;
        await Task.WhenAll(Talkers.Select(talker => talker.Sees(heads))).WaitAsync(Patience);
    }

    /// <summary>Reads everything back from <paramref name="storage"/> and over the wire, and has it judged.</summary>
    public async Task Check(string storage)
    {
        var logs = await Logs.InStorage(storage, rooms);
        var faults = LogChecker.Faults(record, logs).ToList();
        foreach (var room in rooms) faults.AddRange(LogChecker.HistoryFaults(room, await Logs.History(Talkers.First().Client, room), logs[room]));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(Answers, record.Posts.Count);
        Assert.All(record.Posts, post => Assert.NotNull(post.Answer));
    }

    public async ValueTask DisposeAsync()
    {
        enough = true;
        await Task.WhenAll(Talkers.Select(talker => talker.DisposeAsync().AsTask()));
    }
}
