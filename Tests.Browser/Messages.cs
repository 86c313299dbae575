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
    public async Task With_the_keyboard_one_walks_to_a_message_and_a_single_key_does_something_with_it()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await ada.Says("One");
        await ada.Says("Two");
        await bob.SeesStored("One", "Two");
        await ada.SeesStored("One", "Two");
        var keyboard = ada.Page.Keyboard;
        await keyboard.PressAsync("Shift+Tab");
        await Expect(ada.Message("Two")).ToBeFocusedAsync();
        await keyboard.PressAsync("ArrowUp");
        await Expect(ada.Message("One")).ToBeFocusedAsync();
        await keyboard.PressAsync("r");
        await Expect(ada.Page.GetByText("Reply to Ada One")).ToBeVisibleAsync();
        await keyboard.PressAsync("Escape");
        await keyboard.PressAsync("Shift+Tab"); // to where one was
        await keyboard.PressAsync("e");
        await Expect(ada.Composer).ToHaveValueAsync("One");
        await keyboard.PressAsync("Escape");
        await keyboard.PressAsync("Shift+Tab");
        await keyboard.PressAsync("Delete");
        await ada.Sees("Deleted · Undo", "Two");
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter");
        await ada.Sees("One", "Two");
        await Expect(ada.Message("One")).ToBeFocusedAsync();
        await keyboard.PressAsync("Escape");
        await Expect(ada.Composer).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_link_to_a_message_can_be_copied_and_leads_there()
    {
        var ada = await Guest("Ada");
        await ada.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await ada.Says("Remember this");
        await ada.SeesStored("Remember this");
        await ada.Presses("Copy link", "Remember this");
        await Expect(ada.Page.GetByText("The link is copied.")).ToBeVisibleAsync();
        var link = await ada.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        var bob = await Visitor("Bob");
        await bob.Page.GotoAsync(link);
        await bob.ComesIn();
        await Expect(bob.Page.Locator(".message.target .text")).ToHaveTextAsync("Remember this");
    }

    [Fact]
    public async Task On_a_touch_screen_a_press_shows_what_can_be_done_in_the_size_of_a_finger()
    {
        var ada = await Visitor("Ada", new() { HasTouch = true, IsMobile = true, ViewportSize = new() { Width = 360, Height = 740 } });
        await ada.Opens(Room);
        await ada.ComesIn();
        await ada.Says("Touch me");
        await ada.SeesStored("Touch me");
        var reply = ada.Message("Touch me").GetByRole(AriaRole.Button, new() { Name = "Reply" });
        await Expect(reply).ToBeHiddenAsync();
        await ada.Message("Touch me").Locator(".text").TapAsync();
        await Expect(reply).ToBeInViewportAsync(new() { Ratio = 1 });
        var size = (await reply.BoundingBoxAsync())!;
        Assert.InRange(Math.Min(size.Width, size.Height), 44, 60);
        await reply.TapAsync();
        await Expect(ada.Page.GetByText("Reply to Ada Touch me")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_exact_time_is_there_for_the_eye_and_for_a_screen_reader()
    {
        var ada = await Guest("Ada");
        await ada.Says("When?");
        await ada.SeesStored("When?");
        var time = ada.Message("When?").Locator("time");
        var exact = await time.GetAttributeAsync("title");
        Assert.Matches(@"^\w+,? \d+ \w+ \d{4}.* \d\d:\d\d$", exact);
        await Expect(time.Locator(".spoken")).ToHaveTextAsync(exact!);
    }

    [Fact]
    public async Task A_press_on_a_name_shows_who_that_is()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await bob.Says("Hello");
        await ada.SeesStored("Hello");
        await ada.Message("Hello").GetByRole(AriaRole.Button, new() { Name = "Bob" }).ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Heading, new() { Name = "Bob" })).ToBeVisibleAsync();
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
        await Expect(bob.Page.Locator(".reaction")).ToHaveAttributeAsync("aria-label", "🎉 2: You, \u2068Ada\u2069");
        await ada.Page.Locator(".reaction").ClickAsync();
        await bob.Page.Locator(".reaction").ClickAsync();
        await Expect(ada.Page.Locator(".reaction")).ToHaveCountAsync(0);
    }
}
