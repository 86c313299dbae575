using OrleansChat.Rooms;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// One connection's operations under way. Those on one room are carried out and answered in their order; posts may set
/// out closely behind each other, since the room keeps them in order itself. Different rooms do not wait for each other.
/// </summary>
internal sealed class Lanes(int inFlight)
{
    private const int Prune = 64; // lanes, after which those at rest are forgotten

    private readonly Lock gate = new();
    private readonly Dictionary<RoomId, Lane> lanes = [];
    private readonly SemaphoreSlim places = new(inFlight);
    private TaskCompletionSource? idle;
    private int underWay;

    /// <summary>Waits for a place: the connection's frames wait unread meanwhile.</summary>
    public Task Place(CancellationToken cancel) => places.WaitAsync(cancel);

    /// <summary>
    /// Sets an operation out: <paramref name="carry"/> in its turn, then <paramref name="answer"/> in its turn. It takes
    /// the place that <see cref="Place"/> gave, and gives it back.
    /// </summary>
    public void Run<T>(RoomId? room, bool closely, Func<Task<T>> carry, Func<T, Task> answer) =>
        Start(room, closely, async (before, together) =>
        {
            try
            {
                if (!together) await before;
                var carried = carry();
                await before;
                await answer(await carried);
            }
            finally
            {
                places.Release();
            }
        });

    /// <summary>Something of the socket's own that waits its turn on a room.</summary>
    public void Queue(RoomId room, Func<Task> act) => Start(room, closely: false, async (before, _) =>
    {
        await before;
        await act();
    });

    /// <summary>Done when nothing is under way.</summary>
    public Task Idle()
    {
        lock (gate) return underWay == 0 ? Task.CompletedTask : (idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    private void Start(RoomId? room, bool closely, Func<Task, bool, Task> go)
    {
        Task before;
        bool together;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            underWay++;
            var lane = room is null ? Lane.Free : lanes.GetValueOrDefault(room.Value, Lane.Free);
            before = lane.Tail;
            together = closely && (lane.Close || before.IsCompleted);
            if (room is not null)
            {
                if (lanes.Count > Prune) ForgetResting();
                lanes[room.Value] = new(done.Task, together);
            }
        }

        _ = Finish(go(before, together), done);
    }

    private async Task Finish(Task going, TaskCompletionSource done)
    {
        await going.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        done.SetResult();
        lock (gate)
        {
            if (--underWay == 0) idle?.TrySetResult();
        }
    }

    private void ForgetResting()
    {
        foreach (var (room, lane) in lanes)
        {
            if (lane.Tail.IsCompleted) lanes.Remove(room);
        }
    }

    /// <param name="Tail">Done when the last operation in it is answered.</param>
    /// <param name="Close">Whether all that are under way in it may be followed closely.</param>
    private readonly record struct Lane(Task Tail, bool Close)
    {
        public static readonly Lane Free = new(Task.CompletedTask, true);
    }
}
