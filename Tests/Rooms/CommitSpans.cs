using System.Diagnostics;
using OrleansChat.Engine;
using OrleansChat.Rooms;
using OrleansChat.Tests.Conformance;
using OrleansChat.Tests.Conformance.Local;

namespace OrleansChat.Tests.Rooms;

/// <summary>A room's commits as spans. Commands gather, and a batch belongs to those whose commands are in it.</summary>
public sealed class CommitSpans() : Conformance.Conformance(LocalEngine.Start)
{
    [Fact]
    public async Task A_batch_is_a_child_of_its_first_commands_operation_and_linked_to_the_others()
    {
        using var spans = new Spans();
        await using var news = await Listen();
        var held = Storage.HoldNextAppend(Den);
        var (ada, hers) = Ask("Hello");
        await held.Reached;
        var (bob, his) = Ask("Hello yourself");
        var (cleo, theirs) = Ask("And you");
        held.Release();
        await Task.WhenAll(hers, his, theirs);

        var (first, second) = (await spans.ChildOf(ada), await spans.ChildOf(bob));
        Assert.Equal(["room.commit", "room.commit"], [first.OperationName, second.OperationName]);
        Assert.Equal((1, 2), (first.GetTagItem("chat.commit.size"), second.GetTagItem("chat.commit.size")));
        Assert.Empty(first.Links);
        Assert.Equal([cleo.Context], second.Links.Select(link => link.Context));
        Assert.Equal("storage.append", (await spans.ChildOf(first)).OperationName);
        Assert.Equal("storage.append", (await spans.ChildOf(second)).OperationName);
        Assert.Equal(first.Id, (await news.Next<RoomNews.Happened>()).Trace);
        Assert.Equal(second.Id, (await news.Next<RoomNews.Happened>()).Trace);
    }

    [Fact]
    public async Task A_commit_that_failed_says_so_without_the_rooms_name()
    {
        using var spans = new Spans();
        Storage.LoseNextAppend(Den);
        var (ada, hers) = Ask("Hello");
        Assert.Equal(ErrorCode.Unavailable, (await hers).Refusal?.Code);
        var commit = await spans.ChildOf(ada);
        var append = await spans.ChildOf(commit);
        Assert.All([commit, append], span =>
        {
            Assert.Equal((ActivityStatusCode.Error, null), (span.Status, span.StatusDescription));
            Assert.Equal("OrleansChat.Storage.StorageUnavailableException", span.GetTagItem("error.type"));
        });
    }

    /// <summary>Ada posts, in an operation that is being recorded.</summary>
    private (Activity Operation, Task<Answer<Receipt>> Answer) Ask(string text) => Spans.Operation(() => Submit(Ada, Den, Post(text)));
}
