using System.Runtime.CompilerServices;

namespace OrleansChat.Engine;

/// <summary>
/// One turn at a time: work handed to it runs in order and never two pieces at once, though turns interleave where
/// they await. It gives an object in this process the world that a grain has in Orleans.
/// </summary>
/// <remarks>
/// Where no turn is under way the work begins at once, on the caller's own thread: to wake another thread costs more than
/// most turns take. What is left over when that turn waits or ends goes on on the pool, so that no caller is kept.
/// </remarks>
public sealed class Turns : SynchronizationContext, IThreadPoolWorkItem
{
    private const int InARow = 100; // turns, after which a busy object lets others have the thread

    private readonly Lock gate = new();
    private Queue<(SendOrPostCallback Go, object? With)>? waiting; // there since the first time that somebody had to wait
    private bool taken;

    public Task<T> Run<T>(Func<Task<T>> turn) => Run(static turn => turn(), turn);

    /// <param name="with">Handed to the turn, which then need not be made anew for each time.</param>
    public Task<T> Run<T, TWith>(Func<TWith, Task<T>> turn, TWith with)
    {
        if (!TryTake()) return Later(turn, with);
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return turn(with);
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
        finally
        {
            SetSynchronizationContext(before);
            PassOn();
        }
    }

    public Task Run(Func<Task> turn) => Run<object?>(async () =>
    {
        await turn();
        return null;
    });

    /// <summary>Where a turn goes on after it awaited something.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (gate)
        {
            (waiting ??= new()).Enqueue((d, state));
            if (taken) return;
            taken = true;
        }

        Continue();
    }

    void IThreadPoolWorkItem.Execute()
    {
        SetSynchronizationContext(this); // the pool takes it off again
        for (var i = 0; i < InARow; i++)
        {
            (SendOrPostCallback Go, object? With) next;
            lock (gate)
            {
                taken = waiting!.TryDequeue(out next);
                if (!taken) return;
            }

            next.Go(next.With);
        }

        Continue();
    }

    private bool TryTake()
    {
        lock (gate) return !taken && (taken = true);
    }

    private void PassOn()
    {
        lock (gate)
        {
            taken = waiting is { Count: > 0 };
            if (!taken) return;
        }

        Continue();
    }

    private void Continue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);

    private async Task<T> Later<T, TWith>(Func<TWith, Task<T>> turn, TWith with)
    {
        await new Place(this);
        return await turn(with).ConfigureAwait(false); // whoever asked is no part of the turn
    }

    /// <summary>Awaited, it is there when the turn of whoever awaits it has come.</summary>
    private readonly struct Place(Turns turns) : INotifyCompletion
    {
        public bool IsCompleted => false;

        public Place GetAwaiter() => this;

        public void OnCompleted(Action continuation) => turns.Post(static go => ((Action)go!)(), continuation);

        public void GetResult()
        {
        }
    }
}
