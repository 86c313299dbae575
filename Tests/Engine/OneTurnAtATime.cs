using OrleansChat.Engine;

namespace OrleansChat.Tests.Engine;

/// <summary>What a room or a user of the one process may rely on.</summary>
public sealed class OneTurnAtATime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Turns turns = new();
    private readonly List<string> happened = [];

    [Fact]
    public void Where_no_turn_is_under_way_one_is_over_when_the_call_returns()
    {
        Assert.True(Do("one").IsCompletedSuccessfully);
        Assert.Equal(["one"], happened);
        Assert.Null(SynchronizationContext.Current);
    }

    [Fact]
    public async Task What_comes_during_a_turn_waits_and_keeps_its_order()
    {
        Task[] later = [];
        await turns.Run(() =>
        {
            later = [Do("two"), Do("three")];
            happened.Add("one");
            return Task.CompletedTask;
        });
        await Task.WhenAll(later).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(["one", "two", "three"], happened);
    }

    [Fact]
    public async Task A_turn_that_waits_lets_others_in_and_goes_on_as_a_turn()
    {
        var signal = new TaskCompletionSource();
        var first = turns.Run(async () =>
        {
            happened.Add("begun");
            await signal.Task;
            Assert.Same(turns, SynchronizationContext.Current);
            happened.Add("ended");
        });
        Assert.True(Do("meanwhile").IsCompletedSuccessfully);
        signal.SetResult();
        await first.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(["begun", "meanwhile", "ended"], happened);
    }

    [Fact]
    public async Task Turns_never_run_at_the_same_time_wherever_they_come_from()
    {
        const int Callers = 8, Each = 2_000;
        var (inside, done) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++) await turns.Run(Step);
        }))).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(2 * Callers * Each, done);

        async Task Step()
        {
            Enter();
            await Task.Yield();
            Enter();
        }

        void Enter()
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            done++; // no lock: nobody else is here
            Interlocked.Decrement(ref inside);
        }
    }

    [Fact]
    public async Task A_turn_that_fails_fails_alone()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => turns.Run<int>(() => throw new InvalidOperationException()));
        Assert.True(Do("next").IsCompletedSuccessfully);
    }

    private Task Do(string what) => turns.Run(() =>
    {
        happened.Add(what);
        return Task.CompletedTask;
    });
}
