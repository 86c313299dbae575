namespace OrleansChat.Tests.Engine;

/// <summary>Whoever must not stay on a thread that polls sockets leaves it, and nobody else is moved.</summary>
public sealed class PollingThreads
{
    [Fact]
    public async Task A_thread_that_is_not_the_pools_is_left()
    {
        var after = new TaskCompletionSource<(bool OfPool, bool Same)>();
        new Thread(() => _ = Go()) { IsBackground = true }.Start();
        Assert.Equal((true, false), await after.Task);

        async Task Go()
        {
            var before = Thread.CurrentThread;
            await PollingThread.Leave();
            after.SetResult((Thread.CurrentThread.IsThreadPoolThread, Thread.CurrentThread == before));
        }
    }

    [Fact]
    public async Task On_the_pool_it_costs_no_other_thread()
    {
        Assert.True(await Task.Run(async () =>
        {
            var before = Thread.CurrentThread;
            var leaving = PollingThread.Leave();
            Assert.True(leaving.GetAwaiter().IsCompleted);
            await leaving;
            return Thread.CurrentThread == before;
        }));
    }
}
