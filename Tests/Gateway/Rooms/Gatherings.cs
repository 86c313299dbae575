using OrleansChat.Gateway.Rooms;

namespace OrleansChat.Tests.Gateway.Rooms;

/// <summary>How a passing burst becomes few frames.</summary>
public sealed class Gatherings
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_comes_while_something_is_dealt_with_is_dealt_with_together_next()
    {
        using var first = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var dealt = new List<int[]>();
        var all = new TaskCompletionSource();
        var gathering = new Gathering<int>(gathered =>
        {
            dealt.Add([.. gathered]);
            first.Release();
            Assert.True(goOn.Wait(Soon));
            if (dealt.Count == 2) all.SetResult();
        });
        gathering.Add(1, here: false);
        Assert.True(await first.WaitAsync(Soon));
        for (var i = 2; i <= 100; i++) gathering.Add(i, here: true); // which holds up nobody: somebody deals already
        goOn.Release(2);
        await all.Task.WaitAsync(Soon);
        Assert.Equal([1], dealt[0]);
        Assert.Equal(Enumerable.Range(2, 99), dealt[1]);
    }

    [Fact]
    public void What_is_dealt_with_here_is_done_when_add_returns()
    {
        var dealt = new List<string>();
        var gathering = new Gathering<string>(gathered => dealt.AddRange(gathered));
        gathering.Add("one", here: true);
        Assert.Equal(["one"], dealt);
        gathering.Add("two", here: true);
        Assert.Equal(["one", "two"], dealt);
    }

    [Fact]
    public async Task Only_one_deals_at_a_time_and_everything_keeps_its_order()
    {
        const int each = 5_000;
        var (dealing, count) = (0, 0);
        var last = new int[4];
        var done = new TaskCompletionSource();
        var gathering = new Gathering<(int Who, int What)>(gathered =>
        {
            Assert.Equal(1, Interlocked.Increment(ref dealing));
            foreach (var (who, what) in gathered) Assert.Equal(++last[who], what);
            count += gathered.Length;
            Interlocked.Decrement(ref dealing);
            if (count == last.Length * each) done.SetResult();
        });
        await Task.WhenAll(Enumerable.Range(0, last.Length).Select(who => Task.Run(() =>
        {
            for (var i = 1; i <= each; i++) gathering.Add((who, i), here: i % 2 == 0);
        }))).WaitAsync(Soon);
        await done.Task.WaitAsync(Soon);
    }

    [Fact]
    public void What_cannot_be_dealt_with_does_not_keep_the_next_from_it()
    {
        var dealt = new List<int>();
        var gathering = new Gathering<int>(gathered =>
        {
            if (gathered.Contains(1)) throw new InvalidOperationException("One is too much.");
            dealt.AddRange(gathered);
        });
        Assert.Throws<InvalidOperationException>(() => gathering.Add(1, here: true));
        gathering.Add(2, here: true);
        Assert.Equal([2], dealt);
    }
}
