using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansChat.Bench.Peers;

namespace OrleansChat.Bench.Load;

/// <summary>Everybody who is connected to a server, on one thread: what comes is read, and each mark in it is told.</summary>
public sealed class Crowd : IDisposable
{
    private const int ReadSize = 256 * 1024;
    private static readonly TimeSpan betweenNudges = TimeSpan.FromSeconds(10);

    private readonly Epoll epoll = new();
    private readonly byte[] buffer = new byte[Mark.Length + ReadSize];
    private readonly ConcurrentQueue<(Client Client, byte[] Bytes)> early = new(); // came together with the answer that let them in
    private readonly Peer peer;
    private readonly byte[]? nudge;
    private long nudged = Stopwatch.GetTimestamp();

    private Crowd(Peer peer, IReadOnlyList<Client> clients)
    {
        (this.peer, Clients) = (peer, clients);
        nudge = peer.SignOfLife;
    }

    public IReadOnlyList<Client> Clients { get; }

    /// <summary>When what is told now was received: a timestamp of <see cref="Stopwatch"/>.</summary>
    public long Received { get; private set; }

    /// <summary>Connects everybody, some at once.</summary>
    public static Crowd Connect(Peer peer, int port, IReadOnlyList<Client> clients) => Connect(peer, _ => port, clients);

    /// <summary>Connects everybody, each to a port of their own choice.</summary>
    public static Crowd Connect(Peer peer, Func<Client, int> port, IReadOnlyList<Client> clients)
    {
        var crowd = new Crowd(peer, clients);
        ConnectAll(clients, atOnce: 16, client => crowd.Connect(client, port(client)));
        return crowd;
    }

    /// <summary>Nobody yet: they come one by one.</summary>
    public static Crowd Of(Peer peer, IReadOnlyList<Client> clients) => new(peer, clients);

    /// <summary>Runs each client's way in, so many at once, on threads that share the caller's core.</summary>
    public static void ConnectAll(IReadOnlyList<Client> clients, int atOnce, Action<Client> connect)
    {
        var next = -1;
        var failures = new ConcurrentQueue<Exception>();
        var threads = Enumerable.Range(0, Math.Min(atOnce, clients.Count)).Select(_ => new Thread(() =>
        {
            for (int i; failures.IsEmpty && (i = Interlocked.Increment(ref next)) < clients.Count;)
            {
                try
                {
                    connect(clients[i]);
                }
                catch (Exception e)
                {
                    failures.Enqueue(e);
                }
            }
        })
        { IsBackground = true }).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        if (failures.TryDequeue(out var first)) throw new InvalidOperationException($"A client did not come in: {first.Message}", first);
    }

    /// <summary>One client's way in. May be called from any thread.</summary>
    public void Connect(Client client, int port)
    {
        using var dialogue = new Dialogue(port, client.Number);
        peer.Enter(dialogue, client);
        (client.Socket, var unheard) = dialogue.Release();
        (client.Frames, client.RestLength) = (new(), 0);
        client.Unsent = default;
        client.File = (int)client.Socket.SafeHandle.DangerousGetHandle(); // last: from here on it gives signs of life
        if (unheard.Length > 0) early.Enqueue((client, unheard));
        epoll.Watch(client.File, client.Number);
    }

    /// <summary>Posts a text to the client's room.</summary>
    /// <param name="moment">When it was to be sent: the mark.</param>
    public void Post(Client client, long moment, int length) => Send(client, ClientFrame.Text(peer.Post(client, Mark.Text(moment, length))));

    /// <summary>Waits for at most so long and reads what has come.</summary>
    /// <param name="heard">Told of each mark, in the order of each client's receiving.</param>
    /// <returns>Whether something had come.</returns>
    public bool Turn(int milliseconds, Action<Client, long> heard)
    {
        var ready = epoll.Wait(milliseconds);
        while (early.TryDequeue(out var came)) // before what came after it
        {
            came.Bytes.CopyTo(buffer, Mark.Length);
            Hear(came.Client, came.Bytes.Length, heard);
        }

        for (var i = 0; i < ready; i++)
        {
            var client = Clients[epoll.Ready(i)];
            Flush(client);
            Read(client, heard);
        }

        if (nudge is not null && Stopwatch.GetElapsedTime(nudged) > betweenNudges) NudgeAll();
        return ready > 0;
    }

    /// <summary>Reads what comes for so long, and forgets it.</summary>
    public void Idle(TimeSpan time)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < time;) Turn(20, static (_, _) => { });
    }

    /// <summary>Cuts a client's connection, as a network does.</summary>
    public static void Cut(Client client)
    {
        client.File = Client.Absent;
        client.Socket?.Dispose();
        client.Socket = null;
    }

    public void Dispose()
    {
        foreach (var client in Clients) client.Socket?.Dispose();
        epoll.Dispose();
    }

    private void NudgeAll()
    {
        nudged = Stopwatch.GetTimestamp();
        foreach (var client in Clients.Where(client => client.File != Client.Absent)) Send(client, nudge!);
    }

    private void Read(Client client, Action<Client, long> heard)
    {
        int count;
        do
        {
            count = Epoll.Receive(client.File, buffer.AsSpan(Mark.Length, ReadSize));
            if (count < 0) return;
            if (count == 0) throw new InvalidOperationException($"The server closed the connection of client {client.Number}.");
            Hear(client, count, heard);
        }
        while (count == ReadSize);
    }

    /// <summary>Looks for marks in what lies in the buffer, behind the place for what was left of the last time.</summary>
    private void Hear(Client client, int count, Action<Client, long> heard)
    {
        Received = Stopwatch.GetTimestamp();
        count = client.Frames.Take(buffer.AsSpan(Mark.Length, count));
        var from = Mark.Length - client.RestLength;
        client.Rest.AsSpan(0, client.RestLength).CopyTo(buffer.AsSpan(from));
        var bytes = buffer.AsSpan(from, client.RestLength + count);
        for (int end; (end = Mark.Find(bytes, out var moment)) >= 0; bytes = bytes[end..]) heard(client, moment);
        client.RestLength = Mark.Unfinished(bytes);
        bytes[^client.RestLength..].CopyTo(client.Rest);
    }

    private static void Send(Client client, ReadOnlyMemory<byte> bytes)
    {
        client.Unsent = client.Unsent.IsEmpty ? bytes : (byte[])[.. client.Unsent.Span, .. bytes.Span];
        Flush(client);
    }

    private static void Flush(Client client)
    {
        if (!client.Unsent.IsEmpty) client.Unsent = client.Unsent[Math.Max(0, Epoll.Send(client.File, client.Unsent.Span))..];
    }
}
