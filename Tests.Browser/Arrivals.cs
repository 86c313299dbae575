using Microsoft.Playwright;
using OrleansChat.Client;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>What comes in while somebody is elsewhere: further up, in another room, or not there at all.</summary>
public sealed class Arrivals(House house) : Visit(house)
{
    private readonly House house = house;

    protected override Task<ChatServer> FindServer() => house.Unlimited;

    [Fact]
    public async Task Five_hundred_messages_that_come_while_one_reads_above_move_nothing()
    {
        var (ada, bob) = (await Guest("Ada"), await Program("Bob"));
        await bob.Join(Room);
        await Say(bob, "before", 60);
        await Expect(ada.Texts.Last).ToHaveTextAsync("before 60");
        await ada.Page.Locator(".log-scroller").EvaluateAsync("scroller => scroller.scrollTop = 100");
        var reading = ada.Message("before 10");
        await Expect(reading).ToBeInViewportAsync();
        var stood = (await reading.BoundingBoxAsync())!.Y;

        await Say(bob, "meanwhile", 500);
        await Expect(ada.Page.GetByRole(AriaRole.Button, new() { Name = "500 new messages" })).ToBeVisibleAsync();
        Assert.Equal(stood, (await reading.BoundingBoxAsync())!.Y, 1.0);
        Assert.InRange(await ada.Texts.CountAsync(), 60, 400);

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "500 new messages" }).ClickAsync();
        await Expect(ada.Texts.Last).ToHaveTextAsync("meanwhile 500");
        await Expect(ada.Texts.Last).ToBeInViewportAsync();
        await bob.Post(Room, "and another");
        await Expect(ada.Texts.Last).ToHaveTextAsync("and another");
        await Expect(ada.Texts.Last).ToBeInViewportAsync(); // one stays at the end
    }

    [Fact]
    public async Task What_one_looks_at_is_not_unread_for_as_long_as_a_frame()
    {
        var (ada, bob) = (await Guest("Ada"), await Program("Bob"));
        await bob.Join(Room);
        await ada.Page.EvaluateAsync("""
            () => {
              window.badges = 0;
              new MutationObserver(changes => {
                for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) if (node.querySelector?.(".badge")) window.badges++;
              }).observe(document.querySelector("#rooms"), { childList: true, subtree: true });
            }
            """);
        await Say(bob, "said", 30);
        await Expect(ada.Texts.Last).ToHaveTextAsync("said 30");
        Assert.Equal(0, await ada.Page.EvaluateAsync<int>("window.badges"));
        await ada.GoesInto(await NewRoom("Kitchen"));
        await Say(bob, "said later", 2);
        await Expect(ada.RoomRow("Garden").Locator(".badge")).ToContainTextAsync("2 unread");
        Assert.NotEqual(0, await ada.Page.EvaluateAsync<int>("window.badges")); // which is seen where there is one
    }

    [Fact]
    public async Task From_the_past_one_comes_back_to_the_end_by_scrolling_and_misses_nothing()
    {
        var (ada, bob) = (await Guest("Ada"), await Program("Bob"));
        await bob.Join(Room);
        var receipts = await Say(bob, "said", 300);
        await ada.Page.GotoAsync($"/#{Room}/{receipts[99].Seq}");
        await Expect(ada.Message("said 100")).ToBeInViewportAsync();
        await ada.Page.ReloadAsync(); // so that only what is around it was loaded
        await Expect(ada.Page.Locator(".message.target .text")).ToHaveTextAsync("said 100");
        await Expect(ada.Texts).Not.ToHaveTextAsync(["said 300"]);
        await bob.Post(Room, "the end");
        var seen = new SortedSet<int>();
        while (await ada.Page.GetByText("the end").CountAsync() == 0)
        {
            seen.UnionWith((await ada.Texts.AllTextContentsAsync()).Select(text => int.Parse(text[5..], System.Globalization.CultureInfo.InvariantCulture)));
            var last = await ada.Texts.Last.TextContentAsync();
            await ada.Page.Locator(".log-scroller").EvaluateAsync("scroller => scroller.scrollTop = scroller.scrollHeight");
            await Expect(ada.Texts.Last).Not.ToHaveTextAsync(last!);
        }

        Assert.Equal(Enumerable.Range(1, 300).Where(i => i >= seen.Min), seen.Union((await ada.Texts.AllTextContentsAsync())
            .Where(text => text != "the end").Select(text => int.Parse(text[5..], System.Globalization.CultureInfo.InvariantCulture))).Order());
        await bob.Post(Room, "live again");
        await Expect(ada.Texts.Last).ToHaveTextAsync("live again");
    }

    [Fact]
    public async Task A_mark_stands_before_the_new_messages_and_leads_to_the_first()
    {
        var kitchen = await NewRoom("Kitchen");
        var (ada, bob) = (await Guest("Ada", kitchen), await Program("Bob"));
        await bob.Join(kitchen);
        await bob.Post(kitchen, "old");
        await ada.SeesStored("old");
        await ada.GoesInto(Room);
        await Say(bob, "new", 120, kitchen);
        await Expect(ada.RoomRow("Kitchen").Locator(".badge")).ToContainTextAsync("120 unread");
        await ada.GoesTo("Kitchen");
        await Expect(ada.Page.GetByText("120 new messages")).ToBeVisibleAsync();
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Go to the first" }).ClickAsync();
        await Expect(ada.Message("new 1").First).ToBeInViewportAsync();
        await Expect(ada.Page.GetByText("New messages", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(ada.Page.Locator(".mark + .message .text")).ToHaveTextAsync("new 1");
        await Expect(ada.Page.GetByText("120 new messages")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_link_leads_to_a_message_that_is_long_past()
    {
        var bob = await Program("Bob");
        await bob.Join(Room);
        var receipts = await Say(bob, "said", 200);
        var ada = await Visitor("Ada");
        await ada.Opens($"{Room}/{receipts[41].Seq}");
        await ada.ComesIn();
        await Expect(ada.Page.Locator(".message.target .text")).ToHaveTextAsync("said 42");
        await Expect(ada.Message("said 42")).ToBeInViewportAsync();
        await ada.Says("I was led here");
        await Expect(ada.Texts.Last).ToHaveTextAsync("I was led here");
        await Expect(ada.Texts.Last).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_link_to_a_message_that_is_gone_says_so()
    {
        var bob = await Program("Bob");
        await bob.Join(Room);
        var receipts = await Say(bob, "said", 3);
        await bob.Ask(connection => connection.Delete(Room, receipts[1].Seq));
        var ada = await Visitor("Ada");
        await ada.Opens($"{Room}/{receipts[1].Seq}");
        await ada.ComesIn();
        await Expect(ada.Page.GetByText("That message is not there any more.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_was_away_for_more_than_can_be_resumed_is_told_that_it_was_loaded_anew()
    {
        using var wire = new Wire(Server.Address);
        var (ada, bob) = (await Guest("Ada", over: wire), await Program("Bob"));
        await bob.Join(Room);
        var before = await bob.Post(Room, "before");
        await ada.SeesStored("before");
        await HasRead("Ada", before.Seq, bob);
        ada.ExpectsBrokenLines = true;
        wire.Cut();
        await Say(bob, "meanwhile", 1_050);
        wire.Restore();
        await Expect(ada.Page.GetByText("You were away for long: this room was loaded anew.")).ToBeVisibleAsync();
        await Expect(ada.Page.GetByText("1050 new messages")).ToBeVisibleAsync();
        await Expect(ada.Texts.Last).ToHaveTextAsync("meanwhile 1050");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Go to the first" }).ClickAsync();
        await Expect(ada.Page.Locator(".mark + .message .text")).ToHaveTextAsync("meanwhile 1");
    }

    /// <summary>The server knows that they have: what is unread later is counted from there.</summary>
    private async Task HasRead(string name, long seq, ChatClient asking)
    {
        for (var tries = 0; ; tries++)
        {
            var status = await asking.Ask(connection => connection.Status(Room));
            if (status.Members.Single(member => member.Name == name).Read >= seq) return;
            Assert.True(tries < 200, $"{name}'s read mark never came.");
            await Task.Delay(50);
        }
    }

    private async Task<List<PostAnswer>> Say(ChatClient client, string text, int times, string? room = null)
    {
        var receipts = new List<PostAnswer>();
        for (var i = 1; i <= times; i++) receipts.Add(await client.Post(room ?? Room, $"{text} {i}"));
        return receipts;
    }
}
