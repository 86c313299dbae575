using OrleansChat.Rooms;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// One connection's operations under way. Those on one room are carried out and answered in their order; posts may set
/// out closely behind each other, since the room keeps them in order itself. Different rooms do not wait for each other.
/// </summary>
/// <param name="outbox">Where the answers go; it is the lock too, since it locks another object itself.</param>
/// <remarks>What need not wait is carried out and answered on the caller's own thread, before these methods return.</remarks>
internal sealed class Lanes(int inFlight, Outbox outbox)
{
    private Lane? lanes; // those in which something is under way: few, and most of the time none
    private TaskCompletionSource? idle;
    private TaskCompletionSource? place; // there while somebody waits for one
    private int underWay;
    private int taken; // places

    /// <summary>Waits for a place: the connection's frames wait unread meanwhile. Only one may wait.</summary>
    public Task Place(CancellationToken cancel)
    {
        lock (outbox)
        {
            if (taken == inFlight) return (place = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancel);
            taken++;
            return Task.CompletedTask;
        }
    }

    /// <summary>
    /// Sets an errand out in its turn, and lets it answer in its turn. It takes the place that <see cref="Place"/> gave,
    /// and gives it back.
    /// </summary>
    public void Run(RoomId? room, bool closely, Errand errand) => Enter(room, closely, errand);

    /// <summary>Something of the socket's own that waits its turn on a room.</summary>
    public void Queue(RoomId room, Func<Task> act) => Enter(room, closely: false, new Act(act));

    /// <summary>Done when nothing is under way.</summary>
    public Task Idle()
    {
        lock (outbox) return underWay == 0 ? Task.CompletedTask : (idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    private void Enter(RoomId? room, bool closely, Errand errand)
    {
        Lane lane;
        bool first;
        lock (outbox)
        {
            underWay++;
            lane = LaneOf(room);
            errand.Closely = closely && lane.Last?.Closely != false;
            lane.Add(errand);
            first = !errand.Closely && lane.First == errand && lane.TryWork();
        }

        if (errand.Closely)
        {
            errand.SetOut();
            lock (outbox)
            {
                errand.IsOut = true;
                first = lane.First == errand && lane.TryWork();
            }
        }

        if (first) _ = Work(lane);
    }

    private Lane LaneOf(RoomId? room)
    {
        if (room is not { } id) return new Lane(null);
        for (var lane = lanes; lane is not null; lane = lane.Beside)
        {
            if (lane.Room == id) return lane;
        }

        return lanes = new Lane(id) { Beside = lanes };
    }

    /// <summary>Lets the errands of a lane answer one after another, and those set out that had to wait.</summary>
    private async Task Work(Lane lane)
    {
        var hold = new Hold(outbox);
        do
        {
            var errand = lane.First!;
            if (!errand.IsOut) errand.SetOut();
            await hold.Over(errand.Done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (errand.Behind is not null) hold.Take(); // the next answer may be there as well
            await hold.Over(errand.Answer()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (Next(lane));
        hold.LetGo();
    }

    /// <summary>False: nothing more is there, or whoever sets the next one out goes on.</summary>
    private bool Next(Lane lane)
    {
        lock (outbox)
        {
            if (--underWay == 0) idle?.TrySetResult();
            if (lane.First is not Act) GivePlaceBack();
            if (!lane.Remove() && lane.Room is not null) Close(lane);
            return lane.GoesOn();
        }
    }

    private void GivePlaceBack()
    {
        if (place is null) taken--;
        else place.TrySetResult();
        place = null;
    }

    private void Close(Lane lane)
    {
        if (lanes == lane)
        {
            lanes = lane.Beside;
            return;
        }

        var before = lanes!;
        while (before.Beside != lane) before = before.Beside!;
        before.Beside = lane.Beside;
    }

    /// <summary>The errands of one room, in their order. Guarded by the lock, but for who works on the first.</summary>
    private sealed class Lane(RoomId? room)
    {
        private bool working;

        public RoomId? Room => room;

        /// <summary>Another lane of the connection.</summary>
        public Lane? Beside { get; set; }

        public Errand? First { get; private set; }

        public Errand? Last { get; private set; }

        public void Add(Errand errand)
        {
            if (First is null) First = errand;
            else Last!.Behind = errand;
            Last = errand;
        }

        /// <returns>Whether there is another one.</returns>
        public bool Remove()
        {
            First = First!.Behind;
            if (First is null) Last = null;
            return First is not null;
        }

        /// <summary>Makes the caller the one who works here, unless somebody does already.</summary>
        public bool TryWork() => !working && (working = true);

        /// <summary>Whether there is more to work on.</summary>
        public bool GoesOn() => working = First is { } next && (next.IsOut || !next.Closely);
    }

    private sealed class Act(Func<Task> act) : Errand
    {
        public override Task Done => Task.CompletedTask;

        public override void SetOut()
        {
        }

        public override Task Answer() => act();
    }
}

/// <summary>Something that is under way for a connection: it sets out, and comes back with an answer.</summary>
internal abstract class Errand
{
    /// <summary>The one after it in its lane.</summary>
    internal Errand? Behind { get; set; }

    /// <summary>It does not wait for those before it, all of which are out already.</summary>
    internal bool Closely { get; set; }

    /// <summary>Whether one that goes closely has set out.</summary>
    internal bool IsOut { get; set; }

    public abstract void SetOut();

    /// <summary>There once it has set out: when it has something to answer.</summary>
    public abstract Task Done { get; }

    public abstract Task Answer();
}
