using OrleansChat.Storage;

namespace OrleansChat.Tests.Storage;

public sealed class GroupCommits
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task While_a_commit_is_under_way_the_next_batch_gathers()
    {
        using var underWay = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var sizes = new List<int>();
        await using var commits = new GroupCommit<int, int>("test", Commit, () => { });

        var first = commits.Add(0);
        Assert.True(await underWay.WaitAsync(Patience));
        var others = Enumerable.Range(1, 100).Select(commits.Add).ToList();
        goOn.Release(2);
        Assert.Equal(Enumerable.Range(0, 101), await Task.WhenAll([first, .. others]).WaitAsync(Patience));
        Assert.Equal([1, 100], sizes);

        void Commit(IReadOnlyList<Queued<int, int>> batch)
        {
            underWay.Release();
            Assert.True(goOn.Wait(Patience));
            sizes.Add(batch.Count);
            foreach (var queued in batch) queued.Succeed(queued.Order);
        }
    }

    [Fact]
    public async Task What_fails_alone_fails_alone()
    {
        await using var commits = new GroupCommit<int, int>("test", Commit, () => { });
        var all = Enumerable.Range(0, 10).Select(commits.Add).ToList();
        await Assert.ThrowsAsync<ArgumentException>(() => all[3]);
        var others = await Task.WhenAll(all.Where((_, i) => i != 3)).WaitAsync(Patience);
        Assert.Equal([0, 1, 2, 4, 5, 6, 7, 8, 9], others);

        static void Commit(IReadOnlyList<Queued<int, int>> batch)
        {
            foreach (var queued in batch)
            {
                if (queued.Order == 3) queued.Fail(new ArgumentException("three"));
                else queued.Succeed(queued.Order);
            }
        }
    }

    [Fact]
    public async Task A_commit_that_fails_fails_all_of_its_batch_and_none_after_it()
    {
        await using var commits = new GroupCommit<bool, int>("test", Commit, () => { });
        await Assert.ThrowsAsync<StorageUnavailableException>(() => commits.Add(false));
        Assert.Equal(1, await commits.Add(true));

        static void Commit(IReadOnlyList<Queued<bool, int>> batch)
        {
            foreach (var queued in batch) queued.Succeed(1);
            if (!batch[0].Order) throw new IOException("The disk is full.");
        }
    }

    [Fact]
    public async Task Closing_waits_for_what_is_queued_and_takes_no_more()
    {
        var closed = false;
        var commits = new GroupCommit<int, int>("test", batch => { foreach (var queued in batch) queued.Succeed(1); }, () => closed = true);
        var queued = Enumerable.Range(0, 1000).Select(commits.Add).ToList();
        await commits.DisposeAsync();
        Assert.True(closed);
        Assert.Equal(1000, (await Task.WhenAll(queued).WaitAsync(Patience)).Sum());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => commits.Add(1));
    }
}
