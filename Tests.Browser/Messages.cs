using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>What can be done with what was said.</summary>
public sealed class Messages(House house) : Visit(house)
{
    [Fact]
    public async Task An_edit_is_seen_by_the_other_as_edited()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await ada.Says("Helo");
        await bob.SeesStored("Helo");
        await ada.Presses("Edit", "Helo");
        await Expect(ada.Composer).ToHaveValueAsync("Helo");
        await ada.Says("Hello");
        await ada.Says("How are you?"); // without waiting for the answer to the edit
        await bob.SeesStored("Hello (edited)", "How are you?");
        await ada.SeesStored("Hello (edited)", "How are you?");
    }

    [Fact]
    public async Task Arrow_up_edits_ones_latest_message_and_Escape_leaves_it()
    {
        var ada = await Guest("Ada");
        await ada.Says("Helo");
        await ada.SeesStored("Helo");
        await ada.Composer.PressAsync("ArrowUp");
        await Expect(ada.Page.GetByText("Editing your message")).ToBeVisibleAsync();
        await ada.Composer.PressAsync("Escape");
        await Expect(ada.Page.GetByText("Editing your message")).ToBeHiddenAsync();
        await Expect(ada.Composer).ToHaveValueAsync("");
        await ada.Composer.PressAsync("ArrowUp");
        await ada.Says("Hello");
        await ada.SeesStored("Hello (edited)");
    }

    [Fact]
    public async Task Nobody_is_offered_to_change_anothers_message()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await ada.Says("Mine");
        await bob.Message("Mine").HoverAsync();
        await Expect(bob.Message("Mine").GetByRole(AriaRole.Button, new() { Name = "React" })).ToBeVisibleAsync();
        await Expect(bob.Message("Mine").GetByRole(AriaRole.Button, new() { Name = "Edit" })).ToHaveCountAsync(0);
        await Expect(bob.Message("Mine").GetByRole(AriaRole.Button, new() { Name = "Delete" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_message_that_is_refused_stays_until_it_is_discarded()
    {
        var ada = await Guest("Ada");
        await ada.Says("A bell: \a");
        await Expect(ada.Page.GetByText("Not sent:")).ToBeVisibleAsync();
        await ada.Says("Ding");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await ada.SeesStored("Ding");
    }

    [Fact]
    public async Task Reactions_are_counted_and_taken_back()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await ada.Says("Cake at four");
        await bob.SeesStored("Cake at four");
        await bob.Presses("React", "Cake at four");
        await bob.Presses("React with 🎉", "Cake at four");
        await Expect(ada.Page.Locator(".reaction")).ToHaveTextAsync("🎉1");
        await ada.Page.Locator(".reaction").ClickAsync();
        await Expect(bob.Page.Locator(".reaction")).ToHaveTextAsync("🎉2");
        await Expect(bob.Page.Locator(".reaction")).ToHaveAttributeAsync("aria-label", "🎉 2: You, Ada");
        await ada.Page.Locator(".reaction").ClickAsync();
        await bob.Page.Locator(".reaction").ClickAsync();
        await Expect(ada.Page.Locator(".reaction")).ToHaveCountAsync(0);
    }
}
