using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using OrleansChat.Client;

namespace OrleansChat.Tests.Client;

/// <summary>What a program may rely on when it talks through a <see cref="ChatClient"/>.</summary>
public sealed class Clients : IAsyncLifetime
{
    private const string Stored = """{"seq":7,"at":"2026-11-22T09:00:00.000Z"}""";

    private readonly HurryingTime time = new();
    private Peer peer = null!;

    public async ValueTask InitializeAsync() => peer = await Peer.Start();

    public async ValueTask DisposeAsync() => await peer.DisposeAsync();

    private Task<ChatClient> Start(SignIn? who = null) =>
        ChatClient.Connect(peer.Uri, who ?? new SignIn.Guest("Ada"), new() { Time = time, Patience = TimeSpan.FromHours(1) });

    private async Task<(ChatClient Ada, PeerSocket Server)> Enter(SignIn? who = null)
    {
        var starting = Start(who);
        var server = await peer.Accept();
        await server.Welcome();
        return (await starting.WaitAsync(Peer.Patience), server);
    }

    [Fact]
    public async Task A_post_that_was_not_answered_is_repeated_with_its_key()
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        var post = ada.Post("lobby", "hello");
        var first = await server.Receive("post");
        server.Abort();
        server = await peer.Accept();
        await server.Welcome();
        var second = await server.Receive("post");
        Assert.Equal(first.GetProperty("key").GetString(), second.GetProperty("key").GetString());
        await server.Answer(second, Stored);
        Assert.Equal(7, (await post.WaitAsync(Peer.Patience)).Seq);
    }

    [Theory]
    [InlineData("""{"code":"unavailable","message":"In a moment."}""", 0)]
    [InlineData("""{"code":"unavailable","message":"In a moment.","retryAfter":0.2}""", 0.2)]
    [InlineData("""{"code":"rate_limited","message":"Slower.","retryAfter":30}""", 30)]
    public async Task A_post_that_comes_at_a_bad_time_is_repeated_after_the_wait(string refusal, double wait)
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        var post = ada.Post("lobby", "hello", "k1");
        await server.Refuse(await server.Receive("post"), refusal);
        var again = await server.Receive("post");
        Assert.Equal("k1", again.GetProperty("key").GetString());
        await server.Answer(again, Stored);
        await post.WaitAsync(Peer.Patience);
        Assert.InRange(Assert.Single(time.Pauses), TimeSpan.FromSeconds(wait), TimeSpan.FromSeconds(wait + 1));
    }

    [Fact]
    public async Task A_post_that_is_refused_for_good_is_not_repeated()
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        var post = ada.Post("lobby", "hello");
        await server.Refuse(await server.Receive("post"), """{"code":"banned","message":"You are banned from this room."}""");
        Assert.Equal("banned", (await Assert.ThrowsAsync<ChatException>(() => post.WaitAsync(Peer.Patience))).Code);
    }

    [Fact]
    public async Task A_guest_comes_back_as_the_same_guest()
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        server.Abort();
        var hello = await (await peer.Accept()).Welcome();
        Assert.Equal("t1", hello.GetProperty("token").GetString());
        Assert.False(hello.TryGetProperty("guest", out var _));
        Assert.Equal("t1", ada.GuestToken);
    }

    [Fact]
    public async Task A_guest_whom_the_server_forgot_since_the_last_visit_is_a_new_guest()
    {
        var starting = Start(new SignIn.Guest("Ada", "old"));
        var server = await peer.Accept();
        Assert.Equal("old", (await server.Receive("hello")).GetProperty("token").GetString());
        await server.Close(4003);
        Assert.Equal("Ada", (await (await peer.Accept()).Welcome()).GetProperty("guest").GetString());
        await (await starting.WaitAsync(Peer.Patience)).DisposeAsync();
    }

    [Fact]
    public async Task A_guest_does_not_turn_into_another_one_behind_the_programs_back()
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        var post = ada.Post("lobby", "hello");
        await server.Close(4003);
        await ada.Stopped.WaitAsync(Peer.Patience);
        await Assert.ThrowsAsync<ChatStoppedException>(() => post.WaitAsync(Peer.Patience));
    }

    [Fact]
    public async Task An_account_fetches_a_new_token_when_the_old_one_ran_out()
    {
        var logins = 0;
        peer.Login = body => body.Contains("\"user\":\"ada\"") ? Results.Json(new { token = $"login{++logins}", expires = "2026-11-22T09:00:00Z" }) : Results.NotFound();
        var starting = Start(new SignIn.Account("ada", "secret"));
        var server = await peer.Accept();
        var hello = await server.Receive("hello");
        Assert.Equal("login1", hello.GetProperty("token").GetString());
        await server.Refuse(hello, """{"code":"unauthenticated","message":"Expired."}""");
        server = await peer.Accept();
        Assert.Equal("login2", (await server.Receive("hello")).GetProperty("token").GetString());
        server.Abort();
        await (await peer.Accept()).Welcome();
        await (await starting.WaitAsync(Peer.Patience)).DisposeAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_not_tried_again()
    {
        peer.Login = _ => Results.Json(new { code = "unauthenticated", title = "Wrong." }, contentType: "application/problem+json", statusCode: 401);
        var stopped = await Assert.ThrowsAsync<ChatStoppedException>(() => Start(new SignIn.Account("ada", "wrong")).WaitAsync(Peer.Patience));
        Assert.Equal("unauthenticated", Assert.IsType<ChatException>(stopped.InnerException).Code);
    }

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

    [Fact]
    public async Task Posts_to_a_room_are_sent_in_the_order_of_the_calls_each_after_the_one_before_is_answered()
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        var posts = Enumerable.Range(0, 3).Select(i => ada.Post("lobby", $"{i}")).ToArray();
        var elsewhere = ada.Post("tea", "elsewhere");
        var first = await server.Receive("post");
        Assert.Equal("tea", (await server.Receive("post")).GetProperty("room").GetString());
        await server.Refuse(first, """{"code":"unavailable","message":"In a moment."}""");
        for (var i = 0; i < posts.Length; i++)
        {
            var post = await server.Receive("post");
            Assert.Equal($"{i}", post.GetProperty("text").GetString());
            await server.Answer(post, Stored);
            await posts[i].WaitAsync(Peer.Patience);
        }

        Assert.False(elsewhere.IsCompleted);
    }

    [Fact]
    public async Task A_post_that_is_given_up_while_it_waits_is_not_sent_and_lets_nobody_overtake()
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        using var giveUp = new CancellationTokenSource();
        var (first, second, third) = (ada.Post("lobby", "first"), ada.Post("lobby", "second", cancel: giveUp.Token), ada.Post("lobby", "third"));
        var asked = await server.Receive("post");
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Peer.Patience));
        var ping = ada.Ask(connection => connection.Ping());
        await server.Receive("ping"); // and not the third post
        await server.Answer(asked, Stored);
        await first.WaitAsync(Peer.Patience);
        Assert.Equal("third", (await server.Receive("post")).GetProperty("text").GetString());
    }

    [Fact]
    public async Task What_the_server_would_not_take_in_one_frame_is_refused_here_and_the_line_stays()
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        var refused = await Assert.ThrowsAsync<ChatException>(() => ada.Post("lobby", new('x', 65_536)).WaitAsync(Peer.Patience));
        Assert.Equal("too_long", refused.Code);
        var post = ada.Post("lobby", new('x', 65_000));
        await server.Answer(await server.Receive("post"), Stored);
        await post.WaitAsync(Peer.Patience);
    }

    [Fact]
    public async Task An_edit_that_was_not_answered_is_repeated_unless_the_message_is_as_it_should_be()
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        foreach (var (text, repeated) in new[] { ("Tea", true), ("Coffee", false) })
        {
            var edit = ada.Edit("lobby", 7, " Coffee ");
            await server.Receive("edit");
            server.Abort();
            server = await peer.Accept();
            await server.Welcome();
            var look = await server.Receive("history");
            Assert.Equal((6, 1), (look.GetProperty("after").GetInt64(), look.GetProperty("limit").GetInt32()));
            await server.Answer(look, $$"""{"messages":[{"seq":7,"at":"2026-11-22T09:00:00Z","by":"guest-ada","text":"{{text}}"}],"more":true}""");
            if (repeated) await server.Answer(await server.Receive("edit"), """{"seq":9}""");
            await edit.WaitAsync(Peer.Patience);
        }
    }

    [Fact]
    public async Task A_room_that_somebody_else_made_meanwhile_is_not_taken_for_ones_own()
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        var create = ada.Create("tea");
        await server.Receive("create");
        server.Abort();
        server = await peer.Accept();
        await server.Welcome();
        await server.Refuse(await server.Receive("create"), """{"code":"conflict","message":"It exists."}""");
        await server.Answer(await server.Receive("status"), """
            {"room":"tea","name":"tea","topic":"","visibility":"public","head":1,"more":false,"recent":[],
             "members":[{"user":"bob","name":"Bob","role":"owner","online":true,"lastActive":"2026-11-22T09:00:00Z"}]}
            """);
        Assert.Equal("conflict", (await Assert.ThrowsAsync<ChatException>(() => create.WaitAsync(Peer.Patience))).Code);
    }

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
    public async Task Who_does_not_want_to_wait_for_a_server_that_is_away_hears_why()
    {
        peer.Refusal = System.Net.HttpStatusCode.ServiceUnavailable;
        var options = new ChatClientOptions { ConnectWithin = TimeSpan.FromMilliseconds(300), MaxPause = TimeSpan.FromMilliseconds(1) };
        var stopped = await Assert.ThrowsAsync<ChatStoppedException>(() => ChatClient.Connect(peer.Uri, new SignIn.Guest("Ada"), options).WaitAsync(Peer.Patience));
        Assert.Equal(StopReason.Unreachable, stopped.Reason);
        Assert.Equal(peer.Refusal, Assert.IsType<ChatRefusedException>(stopped.InnerException).Status);
    }

    [Fact]
    public async Task A_servers_web_address_stands_for_its_socket()
    {
        var starting = ChatClient.Connect($"http://{peer.Uri.Authority}", new SignIn.Guest("Ada"));
        await (await peer.Accept()).Welcome();
        await (await starting.WaitAsync(Peer.Patience)).DisposeAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => ChatClient.Connect("ftp://localhost", new SignIn.Guest("Ada")));
    }

    [Fact]
    public async Task What_waits_when_the_client_is_disposed_is_told_so()
    {
        var (ada, server) = await Enter();
        var post = ada.Post("lobby", "hello");
        await server.Receive("post");
        var goodbye = ada.DisposeAsync().AsTask();
        Assert.Equal(1000, await server.Goodbye());
        await goodbye.WaitAsync(Peer.Patience);
        await Assert.ThrowsAsync<ChatStoppedException>(() => post.WaitAsync(Peer.Patience));
    }
}
