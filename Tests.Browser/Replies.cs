using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>Answering what somebody said.</summary>
public sealed class Replies(House house) : Visit(house)
{
    private readonly House house = house;

    protected override Task<ChatServer> FindServer() => house.Unlimited;

    [Fact]
    public async Task An_answer_quotes_what_it_answers_and_leads_there()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await ada.Says("Cake at **four**?");
        await bob.SeesStored("Cake at four?");
        await bob.Presses("Reply", "Cake at four?");
        await Expect(bob.Page.GetByText("Reply to Ada Cake at four?")).ToBeVisibleAsync();
        await Expect(bob.Composer).ToBeFocusedAsync();
        await bob.Says("Yes!");
        await Expect(bob.Page.GetByText("Reply to")).ToBeHiddenAsync();
        var quote = ada.Message("Yes!").GetByRole(AriaRole.Link, new() { Name = "Ada Cake at four?" });
        await quote.ClickAsync();
        await Expect(ada.Page.Locator(".message.target .text")).ToHaveTextAsync("Cake at four?");
    }

    [Fact]
    public async Task Escape_or_the_cross_ends_it_and_the_next_message_answers_nothing()
    {
        var ada = await Guest("Ada");
        await ada.Says("One");
        await ada.SeesStored("One");
        await ada.Presses("Reply", "One");
        await ada.Composer.PressAsync("Escape");
        await Expect(ada.Page.GetByText("Reply to")).ToBeHiddenAsync();
        await ada.Presses("Reply", "One");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Do not reply" }).ClickAsync();
        await ada.Says("Two");
        await ada.SeesStored("One", "Two");
        await Expect(ada.Page.Locator(".answered")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_answered_may_be_far_above_what_is_loaded()
    {
        var bob = await Program("Bob");
        await bob.Join(Room);
        var first = await bob.Post(Room, "The *first* thing");
        for (var i = 1; i <= 120; i++) await bob.Post(Room, $"said {i}");
        await bob.Post(Room, "About the first", reply: first.Seq);
        var ada = await Guest("Ada");
        var quote = ada.Message("About the first").GetByRole(AriaRole.Link, new() { Name = "Bob The first thing" });
        await Expect(quote).ToBeVisibleAsync();
        await Expect(ada.Texts.Filter(new() { HasText = "The first thing" })).ToHaveCountAsync(0);
        await bob.Ask(connection => connection.Edit(Room, first.Seq, "The better thing"));
        await Expect(ada.Message("About the first").GetByRole(AriaRole.Link, new() { Name = "Bob The better thing" })).ToBeVisibleAsync();
        await ada.Message("About the first").Locator("a.answered").ClickAsync();
        await Expect(ada.Page.Locator(".message.target .text")).ToHaveTextAsync("The better thing (edited)");
    }

    [Fact]
    public async Task A_deleted_message_is_not_quoted_whether_it_is_loaded_or_not()
    {
        var bob = await Program("Bob");
        await bob.Join(Room);
        var far = await bob.Post(Room, "A far secret");
        for (var i = 1; i <= 120; i++) await bob.Post(Room, $"said {i}");
        var near = await bob.Post(Room, "A near secret");
        await bob.Post(Room, "first answer", reply: far.Seq);
        await bob.Post(Room, "second answer", reply: near.Seq);
        var ada = await Guest("Ada");
        await Expect(ada.Page.Locator(".answered")).ToHaveTextAsync(["Bob A far secret", "Bob A near secret"]);
        await bob.Ask(connection => connection.Delete(Room, far.Seq));
        await bob.Ask(connection => connection.Delete(Room, near.Seq));
        await Expect(ada.Page.Locator(".answered")).ToHaveTextAsync(["Bob Message deleted", "Bob Message deleted"]);
        await Expect(ada.Page.GetByText("secret")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nobody_reads_in_a_quote_what_somebody_said_whom_they_blocked()
    {
        var (ada, bob, carol) = (await Guest("Ada"), await Guest("Bob"), await Program("Carol"));
        await bob.Says("Something rude");
        await ada.SeesStored("Something rude");
        await carol.Join(Room);
        var rude = (await carol.Ask(connection => connection.History(Room))).Messages[^1];
        await carol.Post(Room, "Please do not", reply: rude.Seq);
        await Expect(ada.Page.Locator(".answered")).ToHaveTextAsync("Bob Something rude");
        await ada.LooksAt("Bob");
        await ada.Clicks("Block");
        await ada.Dialog("Block Bob?").GetByRole(AriaRole.Button, new() { Name = "Block" }).ClickAsync();
        await Expect(ada.Page.Locator(".answered")).ToHaveTextAsync("Bob Message of somebody you blocked");
        await Expect(ada.Page.GetByText("Something rude")).ToHaveCountAsync(0);
    }
}
