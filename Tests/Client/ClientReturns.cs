using System.Collections.Concurrent;
using OrleansChat.Client;

namespace OrleansChat.Tests.Client;

/// <summary>When a <see cref="ChatClient"/> comes back after its line broke, after which wait, and to which server.</summary>
public sealed class ClientReturns : AtAPeer
{
    [Theory]
    [InlineData(1002)]
    [InlineData(1003)]
    [InlineData(1007)]
    [InlineData(1009)]
    [InlineData(4002)]
    [InlineData(4010)]
    public async Task Some_goodbyes_are_for_good(int code)
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        await server.Close(code);
        var why = await ada.Stopped.WaitAsync(Peer.Patience);
        Assert.Equal(code, Assert.IsType<ChatClosedException>(why.InnerException).End.Code);
        await Assert.ThrowsAsync<ChatStoppedException>(() => ada.Post("lobby", "hello").WaitAsync(Peer.Patience));
    }

    [Theory]
    [InlineData(1001, 0, 1)]
    [InlineData(1012, 0.2, 0.3)] // after the bye below
    [InlineData(4001, 0, 1)]
    [InlineData(4008, 0, 1)]
    [InlineData(4009, 5, 6)]
    public async Task After_other_goodbyes_one_comes_back(int code, double from, double to)
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        if (code == 1012) await server.Send("""{"ev":"bye","reason":"The node is going down.","retryAfter":0.2}""");
        await server.Close(code);
        await (await peer.Accept()).Welcome();
        Assert.InRange(time.Pauses.SingleOrDefault(), TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to));
    }

    [Fact]
    public async Task A_server_that_is_away_is_awaited_with_growing_pauses()
    {
        peer.Refusal = System.Net.HttpStatusCode.ServiceUnavailable;
        var starting = Start();
        while (time.Pauses.Count < 20) await Task.Yield();
        peer.Refusal = null;
        await (await peer.Accept()).Welcome();
        await (await starting.WaitAsync(Peer.Patience)).DisposeAsync();
        Assert.All(time.Pauses, pause => Assert.InRange(pause, TimeSpan.Zero, TimeSpan.FromSeconds(15)));
        Assert.Contains(time.Pauses, pause => pause > TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Who_does_not_want_to_wait_for_a_server_that_is_away_hears_why()
    {
        peer.Refusal = System.Net.HttpStatusCode.ServiceUnavailable;
        var options = new ChatClientOptions { ConnectWithin = TimeSpan.FromMilliseconds(300), MaxPause = TimeSpan.FromMilliseconds(1) };
        var stopped = await Assert.ThrowsAsync<ChatStoppedException>(() => ChatClient.Connect(peer.Uri, new SignIn.Guest("Ada"), options).WaitAsync(Peer.Patience));
        Assert.Equal(StopReason.Unreachable, stopped.Reason);
        Assert.Equal(peer.Refusal, Assert.IsType<ChatRefusedException>(stopped.InnerException).Status);
    }

    [Fact]
    public async Task What_is_watched_is_watched_again_on_the_next_connection()
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        var watch = ada.Watch();
        await server.Answer(await server.Receive("watch"), "{}");
        await watch.WaitAsync(Peer.Patience);
        server.Abort();
        server = await peer.Accept();
        await server.Welcome();
        Assert.Equal("metrics", (await server.Receive("watch")).GetProperty("topic").GetString());
    }

    [Fact]
    public async Task A_client_goes_elsewhere_at_once_when_its_server_goes_down()
    {
        await using var other = await Peer.Start();
        var ends = new ConcurrentQueue<int?>();
        await using var ada = await EnterWith(other, news =>
        {
            if (news is ChatNews.Lost lost) ends.Enqueue(lost.End.Code);
        });
        await ada.Server.Send("""{"ev":"bye","reason":"The node is going down.","retryAfter":0.9}""");
        await ada.Server.Close(1012);
        Assert.Equal("t1", (await (await other.Accept()).Welcome()).GetProperty("token").GetString());
        Assert.Empty(time.Pauses);
        Assert.Equal([1012], ends);
    }

    [Fact]
    public async Task A_client_whose_server_is_gone_tries_the_others_in_turn_until_one_takes_it()
    {
        await using var other = await Peer.Start();
        await using var ada = await EnterWith(other);
        other.Refusal = System.Net.HttpStatusCode.ServiceUnavailable;
        ada.Server.Abort();
        await (await peer.Accept()).Welcome(); // the other one refused, and the first one is back
    }

    [Fact]
    public async Task A_client_that_is_told_to_be_slower_waits_and_does_not_try_its_luck_elsewhere()
    {
        await using var other = await Peer.Start();
        await using var ada = await EnterWith(other);
        await ada.Server.Close(4008);
        var again = await peer.Accept();
        await again.Refuse(await again.Receive("hello"), """{"code":"rate_limited","message":"Slower.","retryAfter":30}""");
        await (await peer.Accept()).Welcome();
        Assert.Contains(time.Pauses, pause => pause >= TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_client_that_reads_too_slowly_stays_where_it_is()
    {
        await using var other = await Peer.Start();
        await using var ada = await EnterWith(other);
        await ada.Server.Close(4008);
        await (await peer.Accept()).Welcome();
    }

    private async Task<Visit> EnterWith(Peer other, Action<ChatNews>? news = null)
    {
        var starting = ChatClient.Connect(peer.Uri, new SignIn.Guest("Ada"), new() { Time = time, Patience = TimeSpan.FromHours(1), Others = [other.Uri], News = news });
        var server = await peer.Accept();
        await server.Welcome();
        return new(await starting.WaitAsync(Peer.Patience), server);
    }

    private sealed record Visit(ChatClient Client, PeerSocket Server) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Client.DisposeAsync();
    }
}
