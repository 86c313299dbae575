using System.Text.Json;
using OrleansChat.Hooks;

namespace OrleansChat.Tests.Gateway.Hooks;

/// <summary>A room's events arrive at a program outside: in order, signed, at least once, and if not, the room hears so.</summary>
public sealed class OutgoingHooks : IAsyncLifetime
{
    private static readonly string[] Hasty = ["Chat:Limits:Enabled=false", "Chat:Hooks:AllowPrivate=true", "Chat:Hooks:FirstPause=00:00:00.01", "Chat:Hooks:Timeout=00:00:00.5"];

    private ChatServer server = null!;
    private Receiver receiver = null!;
    private Person ada = null!;

    public async ValueTask InitializeAsync()
    {
        server = await ChatServer.Start(Hasty);
        receiver = await Receiver.Start();
        ada = await server.Enter("ada");
    }

    public async ValueTask DisposeAsync()
    {
        await ada.DisposeAsync();
        await server.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task Events_arrive_in_the_protocols_own_form_signed_from_the_webhooks_making_on()
    {
        var room = await ada.NewRoom();
        await ada.Say(room, "before it was there");
        var (id, secret) = await server.NewHook(room, ada.Token, receiver.Address);
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", secret);
        await ada.Say(room, "Grüße 🎉");
        var delivery = await receiver.Next();
        Assert.True(delivery.IsSignedWith(secret));
        Assert.False(delivery.IsSignedWith($"whsec_{Convert.ToBase64String(new byte[32])}"));
        Assert.Equal($"{id}-4-4", delivery.Id);
        Assert.Equal(("events", room), (delivery.Body.GetProperty("ev").GetString(), delivery.Body.GetProperty("room").GetString()));
        var e = Assert.Single(delivery.Body.GetProperty("events").EnumerateArray());
        Assert.Equal((4, ada.Id, "message", "Grüße 🎉"), (e.GetProperty("seq").GetInt64(), e.GetProperty("by").GetString(), e.GetProperty("kind").GetString(), e.GetProperty("text").GetString()));

        var again = await server.NewHook(room, ada.Token, receiver.Address);
        Assert.NotEqual(secret, again.Secret);
        await Delivered(room, id, 5);
    }

    [Fact]
    public async Task Only_the_kinds_that_were_asked_for_arrive_and_the_others_are_no_hindrance()
    {
        var room = await ada.NewRoom();
        var (id, _) = await server.NewHook(room, ada.Token, receiver.Address, "deleted", "edited");
        await ada.Say(room, "one");
        await ada.Say(room, "two");
        await ada.Chat.Edit(room, 3, "One");
        await ada.Chat.Delete(room, 4);
        await ada.Say(room, "three");
        var deliveries = await receiver.UpTo(6);
        Assert.Equal([5, 6], deliveries.SelectMany(delivery => delivery.Seqs));
        await Delivered(room, id, 7);
    }

    [Fact]
    public async Task Through_failures_silence_and_broken_lines_everything_arrives_in_order_and_one_request_at_a_time()
    {
        var room = await ada.NewRoom();
        var (id, _) = await server.NewHook(room, ada.Token, receiver.Address);
        receiver.Plan(
            Receiver.Says(500), Receiver.Disconnects, Receiver.Says(302, "Location", "http://127.0.0.1:1/"), Receiver.Sleeps, Receiver.Says(404), Receiver.Says(204),
            Receiver.Says(503), Receiver.Says(200), Receiver.Disconnects);
        for (var i = 0; i < 60; i++) await ada.Say(room, $"{i}");

        var deliveries = await receiver.UpTo(62);
        await Delivered(room, id, 62);
        while (receiver.Left > 0) deliveries.Add(await receiver.Next());
        Assert.Equal(1, receiver.AtOnce);
        Assert.Equal(Enumerable.Range(3, 60).Select(seq => (long)seq), deliveries.SelectMany(delivery => delivery.Seqs).Distinct());
        Assert.Single(deliveries.Take(6).Select(delivery => (delivery.Id, string.Join(',', delivery.Seqs))).Distinct()); // what failed is sent again as it was
        Assert.True(deliveries.Count >= 8);
        Assert.False((await server.HookOf(room, ada.Token, id)).TryGetProperty("error", out _));
    }

    [Fact]
    public async Task While_it_fails_the_list_says_why_and_a_receivers_wish_for_peace_is_granted()
    {
        var room = await ada.NewRoom();
        receiver.Plan(Receiver.Says(429, "Retry-After", "3600"));
        var (id, _) = await server.NewHook(room, ada.Token, receiver.Address);
        await ada.Say(room, "too soon");
        await receiver.Next();
        var hook = await Until(room, id, hook => hook.TryGetProperty("error", out _));
        Assert.Equal(("It answered 429.", true, 2), (hook.GetProperty("error").GetString(), hook.GetProperty("on").GetBoolean(), hook.GetProperty("delivered").GetInt64()));
        var trouble = (await server.Storage.FindHook(HookId.Parse(id)))!.Value.Hook.Outgoing!.Trouble!;
        Assert.InRange(trouble.RetryAt - trouble.Since, TimeSpan.FromSeconds(3599), TimeSpan.FromSeconds(3601));

        await Switch(room, id, on: true); // somebody mended it, and does not wait
        Assert.Equal([3], (await receiver.Next()).Seqs);
        await Delivered(room, id, 3);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_left_alone_the_room_hears_so_and_on_again_nothing_was_lost()
    {
        var room = await ada.NewRoom();
        var (id, _) = await server.NewHook(room, ada.Token, receiver.Address);
        receiver.Plan(Receiver.Says(410));
        await ada.Say(room, "the last straw");
        var said = (await ada.EventsUpTo(room, 4))[^1];
        Assert.Equal(($"bot-{id}", $"The webhook “Mirror” is switched off, because nothing arrives at 127.0.0.1 any more. It answered 410."), (said.By, said.Text));
        var hook = await Until(room, id, hook => !hook.GetProperty("on").GetBoolean());
        Assert.Equal("It answered 410.", hook.GetProperty("error").GetString());
        await receiver.Next();
        await ada.Say(room, "unheard");
        Assert.Equal(0, receiver.Left);

        await Switch(room, id, on: true);
        Assert.Equal([3, 4, 5], (await receiver.UpTo(5)).SelectMany(delivery => delivery.Seqs));
        await Delivered(room, id, 5);
        Assert.Equal(5, (await ada.Entry(room)).Head); // it said so once
    }

    [Fact]
    public async Task One_that_fails_for_too_long_is_switched_off()
    {
        await using var impatient = await ChatServer.Start([.. Hasty, "Chat:Hooks:GiveUpAfter=00:00:00.05"]);
        await using var bob = await impatient.Enter("bob");
        var room = await bob.NewRoom();
        receiver.Plan([.. Enumerable.Repeat(Receiver.Says(500), 100)]);
        var (id, _) = await impatient.NewHook(room, bob.Token, receiver.Address);
        await bob.Say(room, "unheard");
        Assert.Equal($"bot-{id}", (await bob.EventsUpTo(room, 4))[^1].By);
        Assert.True((await receiver.Next()).Seqs.SequenceEqual((await receiver.Next()).Seqs)); // not at the first failure
    }

    [Fact]
    public async Task A_bot_that_is_removed_hears_that_and_nothing_more()
    {
        var room = await ada.NewRoom();
        var (id, _) = await server.NewHook(room, ada.Token, receiver.Address);
        await ada.Say(room, "for all ears");
        await ada.Chat.Kick(room, $"bot-{id}");
        await ada.Say(room, "among ourselves");
        Assert.Equal([3, 4], (await receiver.UpTo(4)).SelectMany(delivery => delivery.Seqs));
        await Until(room, id, hook => !hook.GetProperty("on").GetBoolean());

        await Switch(room, id, on: true); // and what was said meanwhile it never hears
        await ada.Say(room, "welcome back");
        Assert.Equal([7], (await receiver.UpTo(7)).SelectMany(delivery => delivery.Seqs));
    }

    [Fact]
    public async Task A_text_that_is_deleted_before_it_arrives_does_not_arrive()
    {
        var room = await ada.NewRoom();
        receiver.Plan(Receiver.Says(503, "Retry-After", "3600"));
        var (id, _) = await server.NewHook(room, ada.Token, receiver.Address);
        await ada.Say(room, "a slip of the tongue");
        await receiver.Next();
        await Until(room, id, hook => hook.TryGetProperty("error", out _));
        await ada.Chat.Delete(room, 3);
        await Switch(room, id, on: true);
        var delivery = (await receiver.UpTo(4))[0];
        Assert.DoesNotContain("slip", delivery.Signed, StringComparison.Ordinal);
        Assert.True(delivery.Body.GetProperty("events")[0].GetProperty("deleted").GetBoolean());
    }

    [Fact]
    public async Task A_revoked_one_sends_nothing_more()
    {
        var room = await ada.NewRoom();
        var (gone, _) = await server.NewHook(room, ada.Token, receiver.Address);
        await ada.Say(room, "one");
        await receiver.UpTo(3);
        await Delivered(room, gone, 3);
        Assert.Equal("ok", (await server.Send(HttpMethod.Delete, $"/api/v1/rooms/{room}/hooks/{gone}", ada.Token)).Word);
        var (id, _) = await server.NewHook(room, ada.Token, receiver.Address);
        await ada.Say(room, "two");
        await Delivered(room, id, 6);
        Assert.Equal([6], (await receiver.Next()).Seqs); // from the new one alone, if the old one heard of its end
        Assert.StartsWith(id, (await Last()).Id, StringComparison.Ordinal);

        async Task<Delivery> Last()
        {
            await ada.Say(room, "three");
            return await receiver.Next();
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    [InlineData("10.0.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("[fe80::1]")]
    [InlineData("[fd00::1]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("0.0.0.0")]
    public async Task Nothing_inside_can_be_reached(string host)
    {
        await using var strict = await ChatServer.Start("Chat:Hooks:FirstPause=00:10:00");
        await using var bob = await strict.Enter("bob");
        var room = await bob.NewRoom();
        var (id, _) = await strict.NewHook(room, bob.Token, new Uri($"http://{host}:{receiver.Address.Port}/"));
        await bob.Say(room, "knock, knock");
        var hook = await Until(strict, bob.Token, room, id, hook => hook.TryGetProperty("error", out _));
        Assert.Equal("Its address is inside, and webhooks go to the internet only (Chat:Hooks:AllowPrivate).", hook.GetProperty("error").GetString());
        Assert.Equal(0, receiver.Left);
    }

    private async Task Switch(string room, string id, bool on) =>
        Assert.Equal("ok", (await server.Send(HttpMethod.Patch, $"/api/v1/rooms/{room}/hooks/{id}", ada.Token, new StringContent(JsonSerializer.Serialize(new { on }), null, "application/json"))).Word);

    private async Task Delivered(string room, string id, long seq) => await Until(room, id, hook => hook.GetProperty("delivered").GetInt64() >= seq);

    private Task<JsonElement> Until(string room, string id, Func<JsonElement, bool> seen) => Until(server, ada.Token, room, id, seen);

    private static async Task<JsonElement> Until(ChatServer server, string token, string room, string id, Func<JsonElement, bool> seen)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var hook = await server.HookOf(room, token, id);
            if (seen(hook)) return hook;
            Assert.True(TimeProvider.System.GetElapsedTime(since) < ChatServer.Patience, hook.GetRawText());
            await Task.Delay(10);
        }
    }
}
