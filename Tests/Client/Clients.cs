using OrleansChat.Client;

namespace OrleansChat.Tests.Client;

/// <summary>What a program may rely on when it asks something of a <see cref="ChatClient"/>.</summary>
public sealed class Clients : AtAPeer
{
    private const string Stored = """{"seq":7,"at":"2026-11-22T09:00:00.000Z"}""";

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
        // Where nothing is asked for, a wait by chance may be none.
        Assert.InRange(time.Pauses.SingleOrDefault(), TimeSpan.FromSeconds(wait), TimeSpan.FromSeconds(wait + 1));
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
