using System.Net;
using System.Text;
using OrleansChat.Client;

namespace OrleansChat.Tests.Client;

/// <summary>One live connection: what it sends, and what becomes of what comes back.</summary>
public sealed class Connections : IAsyncLifetime
{
    private Peer peer = null!;

    public async ValueTask InitializeAsync() => peer = await Peer.Start();

    public async ValueTask DisposeAsync() => await peer.DisposeAsync();

    private async Task<(ChatConnection Ada, PeerSocket Server)> Connect(ConnectOptions? options = null)
    {
        var ada = await ChatConnection.Connect(peer.Uri, options).WaitAsync(Peer.Patience);
        return (ada, await peer.Accept());
    }

    [Fact]
    public async Task Answers_find_their_questions_in_any_order()
    {
        var (ada, server) = await Connect();
        await using var _ = ada;
        var first = ada.Post("lobby", "one", "k1");
        var second = ada.Post("lobby", "two", "k2");
        var (one, two) = (await server.Receive("post"), await server.Receive("post"));
        await server.Answer(two, """{"seq":2,"at":"2026-11-22T09:00:00.000Z"}""");
        await server.Answer(one, """{"seq":1,"at":"2026-11-22T09:00:00.000Z"}""");
        Assert.Equal(1, (await first.WaitAsync(Peer.Patience)).Seq);
        Assert.Equal(2, (await second.WaitAsync(Peer.Patience)).Seq);
    }

    [Fact]
    public async Task Operations_are_sent_in_the_order_of_the_calls()
    {
        var (ada, server) = await Connect();
        var posts = Enumerable.Range(0, 500).Select(i => ada.Post("lobby", $"{i}")).ToArray();
        for (var i = 0; i < posts.Length; i++) Assert.Equal($"{i}", (await server.Receive()).GetProperty("text").GetString());
        ada.Abort();
        await Assert.ThrowsAsync<ChatClosedException>(() => posts[0].WaitAsync(Peer.Patience));
    }

    [Fact]
    public async Task A_refusal_has_a_code_and_a_wait()
    {
        var (ada, server) = await Connect();
        await using var _ = ada;
        var post = ada.Post("lobby", "hello");
        await server.Refuse(await server.Receive("post"), """{"code":"rate_limited","message":"Slower.","retryAfter":1.5}""");
        var refusal = await Assert.ThrowsAsync<ChatException>(() => post.WaitAsync(Peer.Patience));
        Assert.Equal(("rate_limited", TimeSpan.FromSeconds(1.5)), (refusal.Code, refusal.RetryAfter!.Value));
    }

    [Fact]
    public async Task Pushes_come_in_the_order_of_their_arrival_even_to_a_reader_that_holds_few()
    {
        var (ada, server) = await Connect(new() { PushCapacity = 2 });
        await using var _ = ada;
        for (var seq = 1; seq <= 100; seq++) await server.Say("lobby", seq);
        for (var seq = 1; seq <= 100; seq++)
        {
            var events = Assert.IsType<ChatPush.Events>(await ada.Pushes.ReadAsync().AsTask().WaitAsync(Peer.Patience));
            Assert.Equal(seq, Assert.Single(events.List).Seq);
        }
    }

    [Fact]
    public async Task A_kind_that_nobody_knows_is_passed_over()
    {
        var (ada, server) = await Connect();
        await using var _ = ada;
        await server.Send("""{"ev":"weather","sky":{"clouds":[1,2]}}""");
        await server.Send("""{"ev":"events","room":"lobby","news":1,"events":[{"seq":1,"at":"2026-11-22T09:00:00Z","by":"bob","kind":"danced","steps":9}]}""");
        var events = Assert.IsType<ChatPush.Events>(await ada.Pushes.ReadAsync().AsTask().WaitAsync(Peer.Patience));
        Assert.Equal("danced", events.List[0].Kind);
    }

    [Fact]
    public async Task A_large_message_in_pieces_is_read_whole()
    {
        var (ada, server) = await Connect();
        await using var _ = ada;
        var text = new string('ä', 300_000);
        var bytes = Encoding.UTF8.GetBytes($$"""{"room":"lobby","user":"{{text}}","ev":"typing"}""");
        for (var at = 0; at < bytes.Length; at += 10_001)
        {
            var piece = bytes.AsMemory(at, Math.Min(10_001, bytes.Length - at));
            await server.Send(piece, at + piece.Length == bytes.Length);
        }

        Assert.Equal(new ChatPush.Typing("lobby", text), await ada.Pushes.ReadAsync().AsTask().WaitAsync(Peer.Patience));
    }

    [Fact]
    public async Task Anything_can_be_sent_and_its_answer_is_seen()
    {
        var (ada, server) = await Connect();
        await using var _ = ada;
        await ada.Send("not json");
        Assert.Equal("not json", await server.ReceiveText());
        await server.Send("""{"re":null,"error":{"code":"bad_request","message":"Not JSON."}}""");
        var answer = Assert.IsType<ChatPush.StrayAnswer>(await ada.Pushes.ReadAsync().AsTask().WaitAsync(Peer.Patience));
        Assert.Equal((null, "bad_request"), (answer.Re, answer.Error!.Code));
    }

    [Fact]
    public async Task Giving_up_on_one_answer_disturbs_no_other()
    {
        var (ada, server) = await Connect();
        await using var _ = ada;
        using var giveUp = new CancellationTokenSource();
        var first = ada.Ping(giveUp.Token);
        var ping = await server.Receive("ping");
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Peer.Patience));
        var second = ada.Ping();
        await server.Answer(ping, """{"at":"2026-11-22T09:00:00.000Z"}""");
        await server.Answer(await server.Receive("ping"), """{"at":"2026-11-22T09:00:01.000Z"}""");
        Assert.Equal(1, (await second.WaitAsync(Peer.Patience)).At.Second);
    }

    [Fact]
    public async Task The_end_has_the_servers_code_and_all_that_came_before_it()
    {
        var (ada, server) = await Connect();
        var post = ada.Post("lobby", "hello");
        await server.Receive("post");
        await server.Say("lobby", 1);
        await server.Close(4008, "too slow");
        var end = await ada.Closed.WaitAsync(Peer.Patience);
        Assert.Equal((4008, "too slow"), (end.Code, end.Reason));
        Assert.True(ada.Pushes.TryRead(out var _));
        Assert.Equal(4008, (await Assert.ThrowsAsync<ChatClosedException>(() => post)).End.Code);
        await Assert.ThrowsAsync<ChatClosedException>(() => ada.Ping());
        await ada.DisposeAsync();
    }

    [Fact]
    public async Task A_broken_line_ends_without_a_code()
    {
        var (ada, server) = await Connect();
        server.Abort();
        Assert.Null((await ada.Closed.WaitAsync(Peer.Patience)).Code);
        await ada.DisposeAsync();
    }

    [Fact]
    public async Task Leaving_sends_what_was_asked_for_and_then_says_goodbye()
    {
        var (ada, server) = await Connect();
        await ada.Send("last words");
        var goodbye = ada.DisposeAsync().AsTask();
        Assert.Equal("last words", await server.ReceiveText());
        Assert.Equal(1000, await server.Goodbye());
        await goodbye.WaitAsync(Peer.Patience);
    }

    [Fact]
    public async Task The_upgrade_names_the_protocol_the_origin_and_what_else_is_wanted()
    {
        var (ada, server) = await Connect(new() { Origin = "https://chat.example", Headers = new Dictionary<string, string> { ["X-Test"] = "1" } });
        await using var _ = ada;
        Assert.Equal("chat.v1", server.Headers.SecWebSocketProtocol);
        Assert.Equal("https://chat.example", server.Headers.Origin);
        Assert.Equal("1", server.Headers["X-Test"]);
        server.Abort();
    }

    [Fact]
    public async Task A_refused_upgrade_says_with_what()
    {
        peer.Refusal = HttpStatusCode.Forbidden;
        var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => ChatConnection.Connect(peer.Uri).WaitAsync(Peer.Patience));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }
}
