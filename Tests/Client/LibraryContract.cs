using OrleansChat.Client;
using OrleansChat.Tests.Processes;

namespace OrleansChat.Tests.Client;

/// <summary>
/// What the library promises, on a real server behind a line that breaks: whatever happens to it, nothing is lost, nothing
/// doubled, and the order stays. Every server of ours passes it.
/// </summary>
public abstract class LibraryContract(ServerProcess server)
{
    private const int Step = 3; // bytes between two breaks; each byte of a frame is there to be broken at, these are enough
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ChatRecord record = new();

    private static ChatClientOptions Hasty => new() { MaxPause = TimeSpan.FromMilliseconds(5) };

    private static Task<ChatClient> Enter(string name, Uri socket) => ChatClient.Connect(socket, new SignIn.Guest(name), Hasty).WaitAsync(Patience);

    [Fact]
    public async Task A_line_that_breaks_at_every_point_of_a_post_loses_and_doubles_nothing()
    {
        await using var line = new BreakingLine(server.Socket);
        await using var ada = await Enter("Ada", line.Socket);
        await using var bob = await Enter("Bob", server.Socket);
        await ada.Create("points");
        var (adas, bobs) = (await Watch(ada, "points"), await Watch(bob, "points"));

        for (var (at, length) = (0, 1); at < length + Step; at += Step)
        {
            var fault = line.BreakWithin("post", at);
            await Say(ada, "points", $"Broken at byte {at} of the post");
            length = await fault.Happened;
        }

        // The answer has about sixty bytes, the event as many again, in either order.
        for (var at = 0; at < 180; at += Step)
        {
            line.BreakAfter("post", at);
            await Say(ada, "points", $"Broken at byte {at} of what the server says then");
        }

        Assert.InRange(line.Breaks, 60, int.MaxValue);
        await Settle(ada, "points", adas, bobs);
    }

    [Fact]
    public async Task What_is_changed_over_a_line_that_breaks_is_changed_and_where_the_server_had_answered_once()
    {
        await using var line = new BreakingLine(server.Socket);
        await using var ada = await Enter("Ada", line.Socket);
        line.BreakAfter("create", 0);
        await ada.Create("changes");
        var message = await ada.Post("changes", "Tea?");
        var changes = await ada.Join("changes", since: message.Seq);

        (string Op, Func<string, Task> Change)[] all =
        [
            ("edit", text => ada.Edit("changes", message.Seq, text)),
            ("react", emoji => ada.React("changes", message.Seq, emoji)),
        ];
        foreach (var (op, change) in all)
        {
            var fault = line.BreakWithin(op, 0);
            await change("🍵");
            var length = await fault.Happened;
            foreach (var (bytes, what) in new[] { (length / 2, "🫖"), (length, "☕") })
            {
                line.BreakWithin(op, bytes);
                await change(what);
            }

            foreach (var (bytes, what) in new[] { (0, "🥛"), (20, "🍰") })
            {
                line.BreakAfter(op, bytes);
                await change(what);
            }
        }

        var now = Assert.Single((await ada.History("changes")).Messages);
        Assert.Equal("🍰", now.Text);
        Assert.Equal(["☕", "🍰", "🍵", "🥛", "🫖"], now.Reactions!.Keys.Order(StringComparer.Ordinal));
        line.BreakAfter("delete", 0);
        await ada.Delete("changes", message.Seq);
        var events = new List<ChatEvent>();
        await foreach (var item in changes.Items())
        {
            events.Add(Assert.IsType<RoomItem.Happened>(item).Event);
            if (events[^1].Kind is "deleted") break;
        }

        Assert.Equal(["🥛", "🍰"], events.Where(e => e.Kind is "reacted" && e.Emoji is "🥛" or "🍰").Select(e => e.Emoji));
        line.BreakAfter("leave", 0);
        await ada.Leave("changes");
        await foreach (var _ in changes.Items()) Assert.True(changes.Ended);
        Assert.Equal(13, line.Breaks);
    }

    [Fact]
    public async Task A_direct_room_is_followed_like_any_other_from_where_one_says()
    {
        await using var line = new BreakingLine(server.Socket);
        await using var ada = await Enter("Ada", line.Socket);
        await using var bob = await Enter("Bob", server.Socket);
        var room = await ada.Direct(bob.Me.Id);
        await Say(ada, room, "Before anybody follows it");
        var (adas, bobs) = (await Watch(ada, room), await Watch(bob, room));
        for (var i = 0; i < 5; i++)
        {
            var broken = line.BreakAfter("post", 20 * i);
            await Say(ada, room, $"Over a line that breaks, {i}");
            await Say(bob, room, $"Over one that does not, {i}");
            await broken.Happened; // at the latest within what Bob said
        }

        await Settle(ada, room, adas, bobs);
        Assert.Equal(5, line.Breaks);
        await using var joan = await Enter("Joan", server.Socket);
        await using var later = await Enter("Eve", server.Socket);
        var fresh = string.CompareOrdinal(joan.Me.Id, later.Me.Id) < 0 ? $"dm:{joan.Me.Id}+{later.Me.Id}" : $"dm:{later.Me.Id}+{joan.Me.Id}";
        var opened = await joan.Join(fresh).WaitAsync(Patience); // by its id alone, and it was not there
        await Say(later, fresh, "Hello");
        await foreach (var item in opened.Items())
        {
            if (item is RoomItem.Happened { Event.Text: "Hello" }) break;
        }

        var stranger = await Assert.ThrowsAsync<ChatException>(() => ada.Join(fresh).WaitAsync(Patience));
        Assert.Equal("bad_request", stranger.Code);
    }

    [Fact]
    public async Task Posts_that_are_under_way_when_the_server_is_killed_are_stored_once_each_and_in_order()
    {
        await using var answered = new BreakingLine(server.Socket);
        await using var asked = new BreakingLine(server.Socket);
        await using var ada = await Enter("Ada", answered.Socket);
        await using var bob = await Enter("Bob", asked.Socket);
        await ada.Create("killed");
        var (adas, bobs) = (await Watch(ada, "killed"), await Watch(bob, "killed"));

        // The server has the first of Ada's and she has no answer; it has none of Bob's; the others wait for their turn.
        var (had, missed) = (answered.FallSilentAfter("post"), asked.FallSilentBefore("post"));
        var posts = Enumerable.Range(0, 10).SelectMany(i => new[] { Say(ada, "killed", $"Ada's {i}"), Say(bob, "killed", $"Bob's {i}") }).ToArray();
        await Task.WhenAll(had.Happened, missed.Happened);
        await server.Kill();
        Assert.All(posts, post => Assert.False(post.IsCompleted));
        await server.Begin();
        await Task.WhenAll(posts).WaitAsync(Patience);

        await Settle(ada, "killed", adas, bobs);
        foreach (var who in new[] { ada, bob })
        {
            var told = (await ada.History("killed")).Messages.Where(message => message.By == who.Me.Id).Select(message => message.Text);
            Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{who.Me.Name}'s {i}"), told);
        }
    }

    [Fact]
    public async Task An_account_is_made_once_and_is_then_the_same_one_until_it_signs_out()
    {
        var joan = new SignIn.NewAccount("joan", "Joan", "correct horse battery");
        await using var first = await ChatClient.Connect(server.Address, joan, Hasty).WaitAsync(Patience);
        await using var second = await ChatClient.Connect(server.Address, joan, Hasty).WaitAsync(Patience);
        Assert.Equal(("joan", "joan", "Joan"), (first.Me.Id, second.Me.Id, second.Me.Name));
        var refused = await Assert.ThrowsAsync<ChatStoppedException>(
            () => ChatClient.Connect(server.Address, joan with { Password = "wrong horse battery" }, Hasty).WaitAsync(Patience));
        Assert.Equal((StopReason.SignInRefused, "conflict"), (refused.Reason, Assert.IsType<ChatException>(refused.InnerException).Code));

        await first.SignOut().WaitAsync(Patience);
        Assert.Equal(StopReason.SignedOut, (await first.Stopped).Reason);
        Assert.Equal("joan", Assert.Single(await second.Who(["joan"]).WaitAsync(Patience)).User);
    }

    private async Task Say(ChatClient client, string room, string text)
    {
        var key = Guid.NewGuid().ToString("N");
        record.Add(new(client.Me.Id, room, key, text, await client.Post(room, text, key).WaitAsync(Patience)));
    }

    /// <summary>Everything that somebody sees of a room, from its first event on.</summary>
    private async Task<RoomView> Watch(ChatClient client, string room)
    {
        var view = record.View(client.Me.Id, room, 0);
        _ = See((await client.Join(room, since: 0).WaitAsync(Patience)).Items(), view);
        return view;
    }

    private static async Task See(IAsyncEnumerable<RoomItem> items, RoomView view)
    {
        try
        {
            await foreach (var item in items)
            {
                if (item is RoomItem.Happened happened) view.Saw(happened.Event);
                else view.SawGap();
            }
        }
        catch (ChatStoppedException)
        {
            // the test is over
        }
    }

    /// <summary>Everybody sees the room up to its head; then the log that is stored says whether all is as promised.</summary>
    private async Task Settle(ChatClient asking, string room, params RoomView[] views)
    {
        var head = (await asking.Status(room).WaitAsync(Patience)).Head;
        foreach (var view in views) await view.Reaches(head).WaitAsync(Patience);
        Assert.Empty(LogChecker.Faults(record, await Logs.InStorage(server.Storage, [room])));
    }
}
