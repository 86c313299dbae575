using OrleansChat.Client;

namespace OrleansChat.Tests.Client;

/// <summary>What a <see cref="ChatClient"/> tells of its line, and what comes over it unasked.</summary>
public sealed class ClientNews : AtAPeer
{
    [Fact]
    public async Task The_news_begin_with_how_the_line_is_and_tell_how_it_goes_on()
    {
        var (ada, server) = await Enter();
        await using var news = ada.News().GetAsyncEnumerator();
        Assert.False(Assert.IsType<ChatNews.Connected>(await Next(news)).Again);
        await server.Send("""{"ev":"typing","room":"lobby","user":"bob"}""");
        Assert.Equal(new ChatPush.Typing("lobby", "bob"), await Next(news));
        server.Abort();
        Assert.IsType<ChatNews.Lost>(await Next(news));
        Assert.IsType<ChatNews.Retrying>(await Next(news));
        server = await peer.Accept();
        await server.Welcome();
        Assert.True(Assert.IsType<ChatNews.Connected>(await Next(news)).Again);
        await server.Close(4010);
        Assert.Equal(4010, Assert.IsType<ChatNews.Lost>(await Next(news)).End.Code);
        Assert.Equal(StopReason.SignedOut, Assert.IsType<ChatNews.Stopped>(await Next(news)).Why.Reason);
        Assert.Null(await Next(news));
        await using var late = ada.News().GetAsyncEnumerator();
        Assert.IsType<ChatNews.Stopped>(await Next(late));
        Assert.Null(await Next(late));
        await ada.DisposeAsync();
    }

    [Fact]
    public async Task Of_news_that_nobody_reads_the_oldest_are_dropped()
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        await using var news = ada.News(capacity: 2).GetAsyncEnumerator();
        await Next(news);
        for (var seq = 1; seq <= 5; seq++) await server.Send($$"""{"ev":"read","room":"lobby","user":"bob","seq":{{seq}}}""");
        var ping = ada.Ask(connection => connection.Ping());
        await server.Answer(await server.Receive("ping"), """{"at":"2026-11-22T09:00:00Z"}"""); // all are here
        await ping.WaitAsync(Peer.Patience);
        for (var seq = 4; seq <= 5; seq++) Assert.Equal(new ChatPush.Read("lobby", "bob", seq), await Next(news));
    }

    private static async Task<ChatNews?> Next(IAsyncEnumerator<ChatNews> news) =>
        await news.MoveNextAsync().AsTask().WaitAsync(Peer.Patience) ? news.Current : null;
}
