using OrleansChat.Engine;

namespace OrleansChat.Tests.Conformance;

/// <summary>An operation is one trace, wherever its parts take place.</summary>
public abstract class Tracing(Func<Task<EngineUnderTest>> start) : Conformance(start)
{
    [Fact]
    public async Task The_commit_and_the_append_are_part_of_the_operations_trace_and_the_news_bring_it_to_every_edge()
    {
        using var spans = new Spans();
        await using var here = await Listen();
        await using var there = await Listen(edge: 1);
        var (operation, posted) = Spans.Operation(() => Say(Ada, "Hello"));
        await posted;
        var commit = await spans.Next(span => span.OperationName == "room.commit" && span.TraceId == operation.TraceId);
        Assert.Equal("storage.append", (await spans.ChildOf(commit)).OperationName);
        Assert.Equal(commit.Id, (await here.Next<RoomNews.Happened>()).Trace);
        Assert.Equal(commit.Id, (await there.Next<RoomNews.Happened>()).Trace);
    }
}
