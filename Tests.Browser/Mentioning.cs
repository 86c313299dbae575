using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>Speaking to somebody by name, whatever the server calls them.</summary>
public sealed class Mentioning(House house) : Visit(house)
{
    [Fact]
    public async Task The_first_letters_offer_the_members_and_Enter_takes_the_name_and_not_the_message()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob Bright"));
        await Expect(ada.Members("Here now")).ToHaveCountAsync(2);
        await ada.Composer.PressSequentiallyAsync("Hello @br");
        await Expect(ada.Page.GetByRole(AriaRole.Option)).ToHaveTextAsync(["BBBob Bright"]);
        var chosen = await ada.Page.GetByRole(AriaRole.Option).GetAttributeAsync("id");
        await Expect(ada.Composer).ToHaveAttributeAsync("aria-activedescendant", chosen!);
        await ada.Composer.PressAsync("Enter");
        await Expect(ada.Composer).ToHaveValueAsync("Hello @Bob Bright ");
        await ada.Sees();
        await ada.Composer.PressSequentiallyAsync("and welcome");
        await ada.Composer.PressAsync("Enter");
        await bob.SeesStored("Hello @Bob Bright and welcome");
        await Expect(bob.Page.Locator(".mention.mine")).ToHaveTextAsync("@Bob Bright");
        await Expect(ada.Page.Locator(".mention:not(.mine)")).ToHaveTextAsync("@Bob Bright");
    }

    [Fact]
    public async Task Whoever_is_spoken_to_elsewhere_is_called()
    {
        var kitchen = await NewRoom("Kitchen");
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await bob.Opens(kitchen);
        await Expect(bob.RoomRow("Kitchen")).ToHaveAttributeAsync("aria-current", "page");
        await ada.Says("@bob, come back!"); // typed, in small letters, and not chosen from the list
        await Expect(bob.RoomRow("Garden").GetByText("you were mentioned")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Arrow_keys_choose_Tab_takes_and_Escape_closes_without_coming_back()
    {
        var ada = await Guest("Ada");
        foreach (var name in new[] { "Bea", "Ben", "Bill" }) await (await Program(name)).Join(Room);
        await Expect(ada.Members("Here now")).ToHaveCountAsync(4);
        await ada.Composer.PressSequentiallyAsync("@be");
        await Expect(ada.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        await ada.Composer.PressAsync("ArrowDown");
        await ada.Composer.PressAsync("Tab");
        await Expect(ada.Composer).ToHaveValueAsync("@Ben ");
        await ada.Composer.PressSequentiallyAsync("@bi");
        await Expect(ada.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await ada.Composer.PressAsync("Escape");
        await ada.Composer.PressSequentiallyAsync("ll");
        await Expect(ada.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
        await Expect(ada.Composer).ToHaveValueAsync("@Ben @bill");
    }

    [Fact]
    public async Task To_edit_it_one_sees_the_name_again_and_still_speaks_to_the_same()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await Expect(ada.Members("Here now")).ToHaveCountAsync(2);
        await ada.Says("@Bob helo");
        await bob.SeesStored("@Bob helo");
        await ada.Composer.PressAsync("ArrowUp");
        await Expect(ada.Composer).ToHaveValueAsync("@Bob helo");
        await ada.Says("@Bob hello");
        await bob.SeesStored("@Bob hello (edited)");
        await Expect(bob.Page.Locator(".mention.mine")).ToHaveTextAsync("@Bob");
    }

    [Fact]
    public async Task Of_two_people_with_one_name_it_speaks_to_the_one_that_was_chosen()
    {
        var (ada, first) = (await Guest("Ada"), await Guest("Bob"));
        var second = await Guest("Bob");
        await Expect(ada.Members("Here now")).ToHaveCountAsync(3);
        await second.Says("It is me"); // who spoke last is offered first
        await ada.SeesStored("It is me");
        await ada.Composer.PressSequentiallyAsync("@bo");
        await Expect(ada.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        await ada.Composer.PressAsync("Enter");
        await ada.Composer.PressSequentiallyAsync("you");
        await ada.Composer.PressAsync("Enter");
        await first.SeesStored("It is me", "@Bob you");
        await second.SeesStored("It is me", "@Bob you");
        await Expect(second.Page.Locator(".mention.mine")).ToHaveCountAsync(1);
        await Expect(first.Page.Locator(".mention.mine")).ToHaveCountAsync(0);
        await Expect(first.Page.Locator(".mention")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_name_that_is_shared_and_was_not_chosen_speaks_to_nobody()
    {
        var ada = await Guest("Ada");
        foreach (var _ in new[] { 1, 2 }) await (await Program("Bob")).Join(Room);
        await Expect(ada.Members("Here now")).ToHaveCountAsync(3);
        await ada.Composer.FillAsync("@Bob, which one?");
        await ada.Composer.PressAsync("Enter");
        await ada.SeesStored("@Bob, which one?");
        await Expect(ada.Page.Locator(".mention")).ToHaveCountAsync(0);
    }
}
