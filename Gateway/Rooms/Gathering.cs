using System.Runtime.InteropServices;

namespace OrleansChat.Gateway.Rooms;

/// <summary>
/// What comes while something is being dealt with gathers, and is dealt with next, all of it together: in order, by one
/// at a time, and without holding up whoever brings it.
/// </summary>
public sealed class Gathering<T>(Gathering<T>.Deal deal) : IThreadPoolWorkItem
{
    private readonly Lock gate = new();
    private List<T>? coming; // there since the first time that something came meanwhile
    private List<T>? atHand; // only whoever deals looks at it
    private bool dealing;

    /// <param name="gathered">What came, in order; at least one. It is theirs only until they return.</param>
    public delegate void Deal(ReadOnlySpan<T> gathered);

    /// <param name="here">Deal with it on this thread, if nobody is dealing already: for what takes less than waking another.</param>
    public void Add(T it, bool here)
    {
        lock (gate)
        {
            here &= !dealing && coming is not { Count: > 0 };
            if (!here) (coming ??= []).Add(it);
            if (dealing) return;
            dealing = true;
        }

        if (here) DealWith(new ReadOnlySpan<T>(in it));
        else ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute() => DealWith([]);

    /// <summary>Deals with what came first, and then with what has gathered, until nothing has.</summary>
    private void DealWith(ReadOnlySpan<T> first)
    {
        try
        {
            if (first.Length > 0) deal(first);
            while (TakeGathered()) deal(CollectionsMarshal.AsSpan(atHand));
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
            atHand?.Clear();
            (coming, atHand) = (atHand, coming);
            return dealing = atHand is { Count: > 0 };
        }
    }
}
