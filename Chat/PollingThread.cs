using System.Runtime.CompilerServices;

namespace OrleansChat;

/// <summary>
/// A thread on which .NET polls the process's sockets. A server may have it deal with what they bring, too; then nothing on
/// it may wait for what another socket brings, nor take long.
/// </summary>
public static class PollingThread
{
    /// <summary>Awaited, it is a thread of the pool that goes on; the same one, where it is one already.</summary>
    public static ConfiguredTaskAwaitable Leave() => Task.CompletedTask.ConfigureAwait(
        Thread.CurrentThread.IsThreadPoolThread ? ConfigureAwaitOptions.ContinueOnCapturedContext : ConfigureAwaitOptions.ForceYielding);
}
