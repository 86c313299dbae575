using System.Collections.Concurrent;

namespace OrleansChat.Terminal.Screen;

/// <summary>
/// Everything on the screen happens on one thread, one thing after the other: keys, news, and what follows an
/// <c>await</c>. So nothing of it needs a lock.
/// </summary>
internal sealed class Loop : SynchronizationContext
{
    private readonly BlockingCollection<Action> coming = [];

    public override void Post(SendOrPostCallback d, object? state) => Do(() => d(state));

    public void Do(Action what) => coming.Add(what);

    /// <summary>Runs until <paramref name="main"/> is done. Whenever there is nothing to do for a moment, it draws.</summary>
    public T Run<T>(Func<Task<T>> main, Action draw)
    {
        SetSynchronizationContext(this);
        try
        {
            var running = main();
            running.GetAwaiter().OnCompleted(() => Do(() => { }));
            while (!running.IsCompleted)
            {
                if (!coming.TryTake(out var next))
                {
                    draw();
                    next = coming.Take();
                }

                next();
            }

            return running.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(null);
        }
    }
}
