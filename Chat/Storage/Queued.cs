namespace OrleansChat.Storage;

/// <summary>
/// An order on its way through a <see cref="GroupCommit{TOrder, TOutcome}"/>. Its outcome is noted while the batch is
/// carried out, and told only once the batch is durable.
/// </summary>
public sealed class Queued<TOrder, TOutcome>(TOrder order)
{
    private readonly TaskCompletionSource<TOutcome> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TOutcome? outcome;
    private Exception? failure;

    public TOrder Order => order;

    internal Task<TOutcome> Told => told.Task;

    public void Succeed(TOutcome with) => outcome = with;

    /// <summary>This order failed alone, and changed nothing.</summary>
    public void Fail(Exception why) => failure = why;

    internal void Tell()
    {
        if (failure is null) told.TrySetResult(outcome!);
        else told.TrySetException(failure);
    }

    internal void TellUnknown(StorageUnavailableException why) => told.TrySetException(why);
}
