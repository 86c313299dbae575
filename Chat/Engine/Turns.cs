namespace OrleansChat.Engine;

/// <summary>
/// One turn at a time: work handed to it runs in order and never two pieces at once, though turns interleave where
/// they await. It gives an object in this process the world that a grain has in Orleans.
/// </summary>
public sealed class Turns
{
    private readonly TaskScheduler scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

    public Task<T> Run<T>(Func<Task<T>> turn) =>
        Task.Factory.StartNew(turn, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();

    public Task Run(Func<Task> turn) =>
        Task.Factory.StartNew(turn, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();
}
