using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>One of very many clients: it is in one room, posts when it is told to, and keeps the times of what it sees.</summary>
internal sealed class Visitor
{
    private readonly ConcurrentQueue<double> seen = new();
    private readonly ConcurrentQueue<double> answered = new();
    private readonly Queue<ChatEvent> early = new(); // what came between the answer to join and the beginning of the view
    private ChatRecord record = null!;
    private string user = "";
    private int posts;

    public ChatConnection Connection { get; private set; } = null!;

    public RoomView View { get; private set; } = null!;

    public string Room { get; private set; } = "";

    /// <summary>Milliseconds from somebody's post until it was here.</summary>
    public IEnumerable<double> Seen => seen;

    public IEnumerable<double> Answered => answered;

    public static async Task<Visitor> Enter(GatewayProcess gateway, string room, ChatRecord record)
    {
        var visitor = new Visitor { record = record, Room = room };
        visitor.Connection = await gateway.Connect(visitor.Take);
        visitor.user = (await visitor.Connection.Hello(guest: "Visitor")).User.Id;
        var joined = await visitor.Connection.Join(room);
        visitor.Begin(record.View(visitor.user, room, joined.Events[^1].Seq));
        return visitor;
    }

    private void Begin(RoomView view)
    {
        lock (early)
        {
            while (early.TryDequeue(out var e)) view.Saw(e);
            View = view;
        }
    }

    private void Take(ChatPush push)
    {
        if (push is not ChatPush.Events events) return;
        foreach (var e in events.List)
        {
            if (e.Text is { } text) seen.Enqueue(Since(text));
            lock (early)
            {
                if (View is null) early.Enqueue(e);
                else View.Saw(e);
            }
        }
    }

    /// <summary>A text begins with the moment in which it was sent.</summary>
    private static double Since(string text) =>
        Stopwatch.GetElapsedTime(long.Parse(text.AsSpan(0, text.IndexOf(' ')), CultureInfo.InvariantCulture)).TotalMilliseconds;

    public async Task Post()
    {
        var (key, began) = ($"k{posts++}", Stopwatch.GetTimestamp());
        var text = $"{began} {key} of {user}";
        var answer = await Connection.Post(Room, text, key);
        answered.Enqueue(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        record.Add(new(user, Room, key, text, answer));
    }
}
