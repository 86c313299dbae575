namespace OrleansChat.Gateway.Rooms;

/// <summary>
/// What comes while something is being dealt with gathers, and is dealt with next, all of it together: in order, by one
/// at a time, and without holding up whoever brings it.
/// </summary>
public sealed class Gathering<T>(Action<IReadOnlyList<T>> deal) : IThreadPoolWorkItem
{
    private readonly Lock gate = new();
    private List<T> coming = [];
    private List<T> atHand = []; // only whoever deals looks at it
    private bool dealing;

    /// <param name="here">Deal with it on this thread, if nobody is dealing already: for what takes less than waking another.</param>
    public void Add(T it, bool here)
    {
        lock (gate)
        {
            coming.Add(it);
            if (dealing) return;
            dealing = true;
        }

        if (here) Execute();
        else ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        try
        {
            while (TakeGathered()) deal(atHand);
        }
        catch
        {
            lock (gate) dealing = false; // what comes later is dealt with all the same
            throw;
        }
    }

    private bool TakeGathered()
    {
        lock (gate)
        {
            atHand.Clear();
            (coming, atHand) = (atHand, coming);
            return dealing = atHand.Count > 0;
        }
    }
}
