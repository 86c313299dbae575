using System.Diagnostics;
using HdrHistogram;

namespace OrleansChat.Bench.Load;

/// <summary>A crowd that talks: in a closed loop, as fast as the server delivers, or in an open one, at its own pace.</summary>
public sealed class Talk
{
    private const int Posters = 16; // of each room, in turn
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30); // without a single delivery
    private static readonly long longest = TimeSpan.FromMinutes(2).Ticks * 100; // nanoseconds

    private readonly Crowd crowd;
    private readonly Room[] rooms;
    private readonly Func<double> serverCpu;
    private readonly LongHistogram latencies = new(longest, 3);
    private readonly int sleep; // milliseconds for which the load may wait
    private long posted;
    private long delivered;
    private long busy; // ticks in which something had come
    private int window;

    /// <param name="serverCpu">The server's processor time so far, in seconds.</param>
    /// <param name="awake">
    /// Whether the load has a core to itself and never sleeps. Else each delivery wakes it up, and to wake a core is work of
    /// whoever sends, on a virtual machine more than all else; clients on other machines do not cost a server that.
    /// </param>
    public Talk(Crowd crowd, Func<double> serverCpu, bool awake = false)
    {
        (this.crowd, this.serverCpu) = (crowd, serverCpu);
        sleep = awake && Machine.HasLoadCore ? 0 : 10;
        rooms = [.. crowd.Clients.GroupBy(client => client.Room).OrderBy(room => room.Key).Select(room => new Room([.. room]))];
    }

    /// <summary>Talks until the server has used so much processor time: a runtime compiles as it goes. On a busy machine that takes longer, but not for ever.</summary>
    public void WarmUp(int postsUnderWay, TimeSpan processorTime)
    {
        var (began, cpu) = (Stopwatch.GetTimestamp(), serverCpu());
        do Talking(postsUnderWay, processorTime / 4);
        while (serverCpu() - cpu < processorTime.TotalSeconds && Stopwatch.GetElapsedTime(began) < 3 * processorTime);
    }

    /// <summary>Every room always has so many posts under way that not all of its members have had.</summary>
    /// <exception cref="InvalidOperationException">Nobody had anything in all that time.</exception>
    public Outcome Closed(int postsUnderWay, TimeSpan time)
    {
        var outcome = Measure(() => Talking(postsUnderWay, time));
        return outcome.Deliveries > 0 ? outcome : throw new InvalidOperationException($"Nothing was delivered in {outcome.Seconds:0.0} s.");
    }

    /// <summary>The same, and what is under way at the end of that time is waited for and counts: a short stretch leaves nothing to whoever comes next.</summary>
    public Outcome ToTheEnd(int postsUnderWay, TimeSpan time) => Measure(() =>
    {
        Talking(postsUnderWay, time);
        Drain();
    });

    private void Talking(int postsUnderWay, TimeSpan time)
    {
        window = postsUnderWay;
        foreach (var room in rooms) Fill(room);
        var until = Stopwatch.GetTimestamp() + Ticks(time);
        while (Stopwatch.GetTimestamp() < until) Turn(sleep, FillRoomOf);
        window = 0;
    }

    /// <summary>
    /// Posts leave at even intervals, whether or not the server keeps up, and each delivery is late by the time since its
    /// post was to leave: what waits behind a slow moment counts as waiting.
    /// </summary>
    public Outcome Open(double postsPerSecond, TimeSpan time)
    {
        Drain();
        return Measure(() =>
        {
            var began = Stopwatch.GetTimestamp();
            var interval = Stopwatch.Frequency / postsPerSecond;
            var count = (long)(time.TotalSeconds * postsPerSecond);
            for (long i = 0; i < count;)
            {
                for (; i < count && began + (long)(i * interval) <= Stopwatch.GetTimestamp(); i++)
                {
                    Post(rooms[i % rooms.Length], began + (long)(i * interval));
                }

                Turn(0, Note);
            }

            Drain();
        });
    }

    /// <summary>Waits until everybody has everything that was posted.</summary>
    public void Drain()
    {
        while (rooms.Any(room => room.UnderWay > 0)) Turn(sleep, Note);
    }

    private Outcome Measure(Action work)
    {
        latencies.Reset();
        var (before, postedBefore) = (delivered, posted);
        var (wall, busyBefore, server) = (Stopwatch.GetTimestamp(), busy, serverCpu());
        work();
        var seconds = Stopwatch.GetElapsedTime(wall).TotalSeconds;
        return new(
            posted - postedBefore, delivered - before, seconds, serverCpu() - server, (busy - busyBefore) / seconds / Stopwatch.Frequency,
            latencies.TotalCount > 0 ? latencies.GetValueAtPercentile(50) / 1e6 : 0,
            latencies.TotalCount > 0 ? latencies.GetValueAtPercentile(99) / 1e6 : 0);
    }

    private long lastDelivery = Stopwatch.GetTimestamp();

    private void Turn(int milliseconds, Action<Client, long> heard)
    {
        var (before, began) = (delivered, Stopwatch.GetTimestamp());
        if (crowd.Turn(milliseconds, heard)) busy += Stopwatch.GetTimestamp() - began;
        if (delivered != before) lastDelivery = Stopwatch.GetTimestamp();
        else if (Stopwatch.GetElapsedTime(lastDelivery) > patience) throw new InvalidOperationException($"Nothing more is delivered: {delivered} of {rooms.Sum(room => room.Posted * room.Members.Length)} were.");
    }

    private void FillRoomOf(Client client, long moment)
    {
        Note(client, moment);
        Fill(rooms[client.Room]);
    }

    private void Note(Client client, long moment)
    {
        delivered++;
        rooms[client.Room].Delivered++;
        latencies.RecordValue(Math.Clamp(crowd.Received - moment, 1, longest - 1));
    }

    private void Fill(Room room)
    {
        while (room.UnderWay < window) Post(room, Stopwatch.GetTimestamp());
    }

    private void Post(Room room, long moment)
    {
        posted++;
        crowd.Post(room.Members[room.Posted++ % Math.Min(Posters, room.Members.Length)], moment, Scale.Text);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private sealed class Room(Client[] members)
    {
        public Client[] Members => members;

        public long Posted { get; set; }

        public long Delivered { get; set; }

        /// <summary>Posts that not everybody has had.</summary>
        public long UnderWay => Posted - (Delivered / members.Length);
    }
}

/// <summary>What was measured over some time.</summary>
/// <param name="Seconds">Wall clock.</param>
/// <param name="CpuSeconds">The server's processor time.</param>
/// <param name="LoadShare">For how much of the time the load, where it never sleeps, had something to read, 0–1: near 1 it is the load that is measured.</param>
/// <param name="Median">Milliseconds from when a post was to leave until a member had it.</param>
/// <param name="P99">The same, of the 99th percentile.</param>
public sealed record Outcome(long Posts, long Deliveries, double Seconds, double CpuSeconds, double LoadShare, double Median, double P99);
