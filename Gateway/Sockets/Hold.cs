namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// Somebody who has several things to say to one socket holds its outbox in between: the answer to a post and the event
/// that it became leave in one write, and so do the answers to posts that were stored together. A write costs more than all
/// else that is done for a frame.
/// </summary>
public struct Hold(Outbox outbox)
{
    private bool holds;

    public void Take()
    {
        if (holds) return;
        holds = true;
        outbox.Hold();
    }

    public void LetGo()
    {
        if (!holds) return;
        holds = false;
        outbox.LetGo();
    }

    /// <summary>Nothing is held back by somebody who waits.</summary>
    public Task Over(Task wait)
    {
        if (!wait.IsCompleted) LetGo();
        return wait;
    }

    /// <inheritdoc cref="Over(Task)"/>
    public ValueTask<T> Over<T>(ValueTask<T> wait)
    {
        if (!wait.IsCompleted) LetGo();
        return wait;
    }
}
