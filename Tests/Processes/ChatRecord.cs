using System.Collections.Concurrent;
using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>What the clients of a run did and saw, kept for the <see cref="LogChecker"/>.</summary>
public sealed class ChatRecord
{
    private readonly ConcurrentQueue<Posted> posts = new();
    private readonly ConcurrentQueue<RoomView> views = new();

    public IReadOnlyCollection<Posted> Posts => posts;

    public IReadOnlyCollection<RoomView> Views => views;

    public void Add(Posted post) => posts.Enqueue(post);

    public RoomView View(string user, string room, long from)
    {
        var view = new RoomView(user, room, from);
        views.Enqueue(view);
        return view;
    }
}

/// <summary>A post, and the answer to it; no answer means that nobody knows whether it was stored.</summary>
/// <param name="Key">No other post of this user in this room has it.</param>
/// <param name="Text">No other post of the run has it.</param>
public sealed record Posted(string User, string Room, string Key, string Text, PostAnswer? Answer);

/// <summary>A room as one client saw it: every event in the order of its arrival, over all connections.</summary>
/// <param name="from">The number after which the client's view begins.</param>
public sealed class RoomView(string user, string room, long from)
{
    private readonly Lock turn = new();
    private readonly List<ChatEvent> events = [];
    private readonly List<(long Seq, TaskCompletionSource Reached)> waiting = [];

    public string User => user;

    public string Room => room;

    public long From => from;

    /// <summary>How often the server said that it could not resume.</summary>
    public int Gaps { get; private set; }

    public IReadOnlyList<ChatEvent> Events
    {
        get
        {
            lock (turn) return [.. events];
        }
    }

    public void Saw(ChatEvent e)
    {
        lock (turn)
        {
            events.Add(e);
            foreach (var (seq, reached) in waiting)
            {
                if (seq <= e.Seq) reached.TrySetResult();
            }

            waiting.RemoveAll(it => it.Seq <= e.Seq);
        }
    }

    public void SawGap() => Gaps++;

    /// <summary>Waits until the client has seen this number.</summary>
    public Task Reaches(long seq)
    {
        lock (turn)
        {
            if ((events.Count > 0 ? events[^1].Seq : from) >= seq) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((seq, reached));
            return reached.Task;
        }
    }
}
