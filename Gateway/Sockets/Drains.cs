namespace OrleansChat.Gateway.Sockets;

/// <summary>Who waits for an outbox to drain, and how far. Guarded by the outbox's lock.</summary>
internal sealed class Drains
{
    // Seldom more than a few: one for each room whose events are being replayed. Most sockets never have any.
    private List<(long Below, TaskCompletionSource<bool> Drained)>? waits;

    /// <summary>True once fewer than <paramref name="below"/> bytes wait; false if that will not come.</summary>
    public Task<bool> Add(long below)
    {
        var drained = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        (waits ??= []).Add((below, drained));
        return drained.Task;
    }

    public void Remove(Task<bool> drained) => waits?.RemoveAll(wait => wait.Drained.Task == drained);

    /// <summary>So many bytes wait now.</summary>
    public void Reach(long waiting)
    {
        if (waits is null) return;
        foreach (var (below, drained) in waits)
        {
            if (waiting < below) drained.TrySetResult(true);
        }
    }

    public void GiveUp() => waits?.ForEach(wait => wait.Drained.TrySetResult(false));
}
