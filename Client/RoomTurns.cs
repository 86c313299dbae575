namespace OrleansChat.Client;

/// <summary>
/// Posts to one room go one after the other, in the order of the calls: whatever happens to the line, none overtakes
/// another. The queue is the callers themselves, each waiting for the one before; it is as long as they let it become.
/// </summary>
internal sealed class RoomTurns
{
    private readonly Dictionary<string, Task> last = [];

    /// <summary>Does the work when everything before it in this room is done, or was given up.</summary>
    public async Task<T> Take<T>(string room, Func<Task<T>> work, CancellationToken cancel)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (last)
        {
            before = last.GetValueOrDefault(room, Task.CompletedTask);
            last[room] = mine.Task;
        }

        try
        {
            await before.WaitAsync(cancel);
            return await work();
        }
        finally
        {
            Pass(room, before, mine);
        }
    }

    /// <summary>Who gives up while waiting does not let the next one go before those who still wait.</summary>
    private void Pass(string room, Task before, TaskCompletionSource mine)
    {
        if (before.IsCompleted) Done(room, mine);
        else _ = before.ContinueWith(_ => Done(room, mine), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void Done(string room, TaskCompletionSource mine)
    {
        lock (last)
        {
            if (last[room] == mine.Task) last.Remove(room);
        }

        mine.SetResult();
    }
}
