using OrleansChat.Client;

namespace OrleansChat.Tests.Client;

/// <summary>A joined room is a sequence in order and without a hole, whatever happens to the line.</summary>
public sealed class JoinedRooms : IAsyncLifetime
{
    private Peer peer = null!;
    private ChatClient ada = null!;
    private PeerSocket server = null!;
    private ChatRoom room = null!;

    public async ValueTask InitializeAsync()
    {
        peer = await Peer.Start();
        var starting = ChatClient.Connect(peer.Uri, new SignIn.Guest("Ada"), new()
        {
            Time = new HurryingTime(),
            Patience = TimeSpan.FromHours(1),
            RoomCapacity = 8,
        });
        server = await peer.Accept();
        await server.Welcome();
        ada = await starting.WaitAsync(Peer.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        server.Abort();
        await ada.DisposeAsync();
        await peer.DisposeAsync();
    }

    private async Task<IAsyncEnumerator<RoomItem>> Join(params long[] seqs)
    {
        var joining = ada.Join("lobby", since: seqs[0] - 1);
        await server.Answer(
            await server.Receive("join"),
            $$"""{"room":{{PeerSocket.Entry("lobby", seqs.LastOrDefault())}},"events":[{{PeerSocket.Messages(seqs)}}],"gap":false}""");
        room = await joining.WaitAsync(Peer.Patience);
        return room.Items().GetAsyncEnumerator();
    }

    private static async Task<RoomItem?> Next(IAsyncEnumerator<RoomItem> items) =>
        await items.MoveNextAsync().AsTask().WaitAsync(Peer.Patience) ? items.Current : null;

    private static async Task Expect(IAsyncEnumerator<RoomItem> items, params IEnumerable<long> seqs)
    {
        foreach (var seq in seqs) Assert.Equal(seq, Assert.IsType<RoomItem.Happened>(await Next(items)).Event.Seq);
    }

    [Fact]
    public async Task What_comes_with_the_join_and_after_it_is_one_sequence()
    {
        var lobby = await Join(41, 42);
        await server.Say("lobby", 43, 44);
        await server.Say("lobby", 45);
        await Expect(lobby, 41, 42, 43, 44, 45);
    }

    [Fact]
    public async Task A_new_connection_resumes_after_the_last_number()
    {
        var lobby = await Join(41, 42);
        server.Abort();
        server = await peer.Accept();
        var hello = await server.Welcome(PeerSocket.Entry("lobby", 44));
        Assert.Equal("""{"lobby":42}""", hello.GetProperty("resume").GetRawText());
        await server.Say("lobby", 43, 44);
        await Expect(lobby, 41, 42, 43, 44);
    }

    [Fact]
    public async Task What_comes_twice_is_seen_once()
    {
        var lobby = await Join(1, 2);
        await server.Say("lobby", 1, 2, 3);
        await server.Say("lobby", 3, 4);
        await Expect(lobby, 1, 2, 3, 4);
    }

    [Fact]
    public async Task A_hole_is_filled_before_anything_after_it_is_seen()
    {
        var lobby = await Join(1, 2);
        await server.Say("lobby", 4);
        server = await peer.Accept();
        var hello = await server.Welcome(PeerSocket.Entry("lobby", 4));
        Assert.Equal("""{"lobby":2}""", hello.GetProperty("resume").GetRawText());
        await server.Say("lobby", 3, 4);
        await Expect(lobby, 1, 2, 3, 4);
    }

    [Fact]
    public async Task A_gap_is_told_in_its_place_and_its_messages_are_reloaded_as_they_are_asked_for()
    {
        var lobby = await Join(1, 2);
        await MissUpTo(5000);
        await server.Say("lobby", 5001);
        await Expect(lobby, 1, 2);
        Assert.Equal(new RoomItem.Gap(2, 5000), await Next(lobby));
        var reload = Reloaded(lobby, 3, 4000);
        await Page(after: 2, more: true, 3, 4000);
        await reload;
        reload = Reloaded(lobby, 4999);
        await Page(after: 4000, more: true, 4999, 5001); // an event that came while we asked, and still comes itself
        await reload;
        await Expect(lobby, 5001);
    }

    [Fact]
    public async Task A_gap_in_a_room_that_is_ones_own_no_more_ends_with_the_room()
    {
        var lobby = await Join(1);
        await MissUpTo(5000);
        await Expect(lobby, 1);
        Assert.IsType<RoomItem.Gap>(await Next(lobby));
        var next = Next(lobby);
        await server.Refuse(await server.Receive("history"), """{"code":"not_found","message":"There is no such room."}""");
        await server.Send("""{"ev":"gone","room":"lobby"}""");
        Assert.Null(await next);
    }

    [Fact]
    public async Task A_reader_who_stops_within_a_gap_goes_on_where_they_left_off()
    {
        var lobby = await Join(1);
        await MissUpTo(5000);
        await Expect(lobby, 1);
        Assert.IsType<RoomItem.Gap>(await Next(lobby));
        var reload = Reloaded(lobby, 30);
        await Page(after: 1, more: false, 30, 40);
        await reload;
        await lobby.DisposeAsync();
        lobby = room.Items().GetAsyncEnumerator();
        reload = Reloaded(lobby, 40);
        await Page(after: 30, more: false, 40);
        await reload;
    }

    [Fact]
    public async Task A_room_has_one_reader_at_a_time()
    {
        var lobby = await Join(1);
        await Expect(lobby, 1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Next(room.Items().GetAsyncEnumerator()));
        await lobby.DisposeAsync();
        await server.Say("lobby", 2);
        await Expect(room.Items().GetAsyncEnumerator(), 2);
    }

    [Fact]
    public async Task Who_joins_without_a_number_hears_what_happens_next()
    {
        var joining = ada.Join("lobby");
        await server.Answer(
            await server.Receive("join"),
            $$"""{"room":{{PeerSocket.Entry("lobby", 42)}},"events":[{{PeerSocket.Messages(41, 42)}}],"gap":false}""");
        var lobby = await joining.WaitAsync(Peer.Patience);
        await server.Say("lobby", 43);
        await Expect(lobby.Items().GetAsyncEnumerator(), 43);
    }

    private async Task MissUpTo(long head)
    {
        server.Abort();
        server = await peer.Accept();
        await server.Welcome(PeerSocket.Entry("lobby", head, gap: true));
    }

    private async Task Page(long after, bool more, params long[] seqs)
    {
        var asked = await server.Receive("history");
        Assert.Equal(after, asked.GetProperty("after").GetInt64());
        await server.Answer(asked, $$"""{"messages":[{{PeerSocket.Messages(seqs)}}],"more":{{(more ? "true" : "false")}}}""");
    }

    private static async Task Reloaded(IAsyncEnumerator<RoomItem> items, params long[] seqs)
    {
        foreach (var seq in seqs) Assert.Equal(seq, Assert.IsType<RoomItem.Reloaded>(await Next(items)).Message.Seq);
    }

    [Fact]
    public async Task A_slow_reader_resumes_and_misses_nothing()
    {
        var lobby = await Join(1);
        for (var seq = 2; seq <= 20; seq++) await server.Say("lobby", seq);
        var asked = ada.History("lobby"); // its answer comes after them all: the reader is behind before it begins
        await server.Answer(await server.Receive("history"), """{"messages":[],"more":false}""");
        await asked.WaitAsync(Peer.Patience);
        var reading = Expect(lobby, Enumerable.Range(1, 20).Select(seq => (long)seq));
        for (var read = 1L; read < 20;)
        {
            server = await peer.Accept();
            read = (await server.Welcome(PeerSocket.Entry("lobby", 20))).GetProperty("resume").GetProperty("lobby").GetInt64();
            Assert.True(read >= 8);
            await server.Say("lobby", Enumerable.Range((int)read + 1, 20 - (int)read).Select(seq => (long)seq));
            if (20 - read <= 8) break; // they all fit
        }

        await reading.WaitAsync(Peer.Patience);
    }

    [Fact]
    public async Task A_reader_may_post_while_events_pour_in()
    {
        var lobby = await Join(1);
        await server.Say("lobby", Enumerable.Range(2, 100).Select(seq => (long)seq));
        await Expect(lobby, 1);
        var post = ada.Post("lobby", "seen it");
        await server.Answer(await server.Receive("post"), """{"seq":102,"at":"2026-11-22T09:00:00.000Z"}""");
        Assert.Equal(102, (await post.WaitAsync(Peer.Patience)).Seq);
    }

    [Fact]
    public async Task Being_kicked_is_the_last_one_hears()
    {
        var lobby = await Join(1);
        await server.Send("""{"ev":"events","room":"lobby","events":[{"seq":2,"at":"2026-11-22T09:00:00Z","by":"bob","kind":"kicked","user":"guest-ada","reason":"noise"}]}""");
        await Expect(lobby, 1, 2);
        Assert.Null(await Next(lobby));
    }

    [Fact]
    public async Task A_destroyed_room_ends()
    {
        var lobby = await Join(1);
        await server.Send("""{"ev":"gone","room":"lobby"}""");
        await Expect(lobby, 1);
        Assert.Null(await Next(lobby));
    }

    [Fact]
    public async Task A_room_that_was_lost_while_away_ends()
    {
        var lobby = await Join(1);
        server.Abort();
        server = await peer.Accept();
        await server.Welcome();
        await Expect(lobby, 1);
        Assert.Null(await Next(lobby));
    }

    [Fact]
    public async Task When_the_client_stops_its_rooms_say_why()
    {
        var lobby = await Join(1);
        await server.Close(4010, "signed out");
        await Expect(lobby, 1);
        await Assert.ThrowsAsync<ChatStoppedException>(() => Next(lobby));
    }
}
