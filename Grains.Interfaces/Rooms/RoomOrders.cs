using System.Diagnostics;
using OrleansChat.Rooms;

namespace OrleansChat.Grains.Interfaces.Rooms;

/// <summary>
/// One edge's commands on their way to the rooms. Calls that set out one after the other may arrive in any order, but a
/// room promises the order in which commands were given: so there is one call at a time to each room, and what is given
/// meanwhile gathers for the next.
/// </summary>
public sealed class RoomOrders(IGrainFactory grains)
{
    private const int MaxWaiting = 10_000; // for one room; senders hear that it is busy
    private const int MaxAtOnce = 500;     // as many as a room commits in one batch

    private readonly Lock gate = new();
    private readonly Dictionary<RoomId, Queue<Given>> underWay = []; // what waits for the call that is under way

    public Task<Answer<Receipt>> Submit(RoomId room, Actor actor, RoomCommand command)
    {
        var given = new Given(new(actor, command, Activity.Current is { Recorded: true } operation ? operation.Id : null));
        lock (gate)
        {
            if (underWay.TryGetValue(room, out var waiting))
            {
                if (waiting.Count >= MaxWaiting) return Task.FromResult<Answer<Receipt>>(Refusal.Unavailable("The room is busy; try again."));
                waiting.Enqueue(given);
                return given.Answer;
            }

            underWay.Add(room, []);
        }

        _ = CarryAll(room, [given]);
        return given.Answer;
    }

    private async Task CarryAll(RoomId room, List<Given> batch)
    {
        Activity.Current = null; // this call carries the commands of many operations; each names its own
        var grain = grains.GetGrain<IRoomGrain>(room.Value);
        while (batch.Count > 0)
        {
            await Carry(grain, batch);
            batch = Next(room);
        }
    }

    private static async Task Carry(IRoomGrain grain, List<Given> batch)
    {
        try
        {
            var answers = await grain.SubmitAll([.. batch.Select(given => given.Order)]);
            for (var i = 0; i < batch.Count; i++) batch[i].Settle(answers[i]);
        }
        catch (Exception)
        {
            foreach (var given in batch) given.Settle(Remote.NoAnswer);
        }
    }

    private List<Given> Next(RoomId room)
    {
        lock (gate)
        {
            var batch = new List<Given>();
            while (batch.Count < MaxAtOnce && underWay[room].TryDequeue(out var given)) batch.Add(given);
            if (batch.Count == 0) underWay.Remove(room);
            return batch;
        }
    }

    /// <summary>A command and the one who waits for its answer.</summary>
    private sealed class Given(RoomOrder order)
    {
        private readonly TaskCompletionSource<Answer<Receipt>> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public RoomOrder Order => order;

        public Task<Answer<Receipt>> Answer => answer.Task;

        public void Settle(Answer<Receipt> with) => answer.TrySetResult(with);
    }
}
