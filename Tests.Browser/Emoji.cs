using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>Emoji by a few letters, in what one writes and as reactions.</summary>
public sealed class Emoji(House house) : Visit(house)
{
    [Fact]
    public async Task A_colon_and_two_letters_offer_emoji_while_one_writes()
    {
        var ada = await Guest("Ada");
        await ada.Composer.PressSequentiallyAsync("Well :sm");
        await Expect(ada.Page.GetByRole(AriaRole.Option).First).ToHaveTextAsync("😃:smiley:");
        await ada.Composer.PressSequentiallyAsync("ile");
        await Expect(ada.Page.GetByRole(AriaRole.Option).First).ToHaveTextAsync("😄:smile:");
        await ada.Composer.PressAsync("Enter");
        await Expect(ada.Composer).ToHaveValueAsync("Well 😄 ");
        await ada.Composer.PressSequentiallyAsync("done :tada:");
        await Expect(ada.Composer).ToHaveValueAsync("Well 😄 done 🎉");
        await ada.Composer.PressSequentiallyAsync(" at 10:30 http://example.org:80");
        await Expect(ada.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
        await ada.Composer.PressAsync("Enter");
        await ada.SeesStored("Well 😄 done 🎉 at 10:30 http://example.org:80");
    }

    [Fact]
    public async Task Any_emoji_can_be_a_reaction_found_and_taken_by_keys_alone()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await ada.Says("It flies");
        await bob.SeesStored("It flies");
        await bob.Composer.PressAsync("Shift+Tab"); // to the latest message
        await Expect(bob.Message("It flies")).ToBeFocusedAsync();
        await bob.Page.Keyboard.PressAsync("+");
        await Expect(bob.Page.GetByRole(AriaRole.Button, new() { Name = "React with 👍" })).ToBeFocusedAsync();
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "More emoji" }).PressAsync("Enter");
        await Expect(Search(bob)).ToBeFocusedAsync();
        await bob.Page.Keyboard.TypeAsync("rocket");
        await Expect(bob.Page.GetByRole(AriaRole.Option, new() { Selected = true })).ToHaveTextAsync("🚀");
        await bob.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.Page.Locator(".reaction")).ToHaveTextAsync("🚀1");
        await Expect(ada.Page.GetByRole(AriaRole.Button, new() { Name = "🚀 1: \u2068Bob\u2069" })).ToBeVisibleAsync();
        await Expect(bob.Message("It flies")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task In_the_picker_arrow_keys_walk_and_Escape_goes_back()
    {
        var ada = await Guest("Ada");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Emoji", Exact = true }).ClickAsync();
        await Expect(Search(ada)).ToBeFocusedAsync();
        await Search(ada).PressAsync("ArrowDown");
        await Expect(Chosen(ada)).ToHaveTextAsync("😀");
        await Search(ada).PressAsync("ArrowRight");
        await Expect(Chosen(ada)).ToHaveTextAsync("😃");
        await Search(ada).PressAsync("ArrowDown");
        await Search(ada).PressAsync("ArrowLeft");
        await Search(ada).PressAsync("ArrowUp");
        await Expect(Chosen(ada)).ToHaveTextAsync("😀");
        await Expect(Search(ada)).ToHaveAttributeAsync("aria-activedescendant", (await Chosen(ada).GetAttributeAsync("id"))!);
        await Search(ada).PressAsync("Escape");
        await Expect(Search(ada)).ToHaveCountAsync(0);
        await Expect(ada.Composer).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_was_chosen_last_is_offered_first_the_next_time()
    {
        var ada = await Guest("Ada");
        await Pick(ada, "avocado");
        await Pick(ada, "cactus");
        await Expect(ada.Composer).ToHaveValueAsync("🥑🌵");
        await ada.Page.ReloadAsync();
        await ada.IsIn();
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Emoji", Exact = true }).ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Group, new() { Name = "Recently used" }).GetByRole(AriaRole.Option)).ToHaveTextAsync(["🌵", "🥑"]);
    }

    [Fact]
    public async Task The_list_of_emoji_is_fetched_only_when_somebody_wants_one()
    {
        var ada = await Visitor("Ada");
        var fetched = new List<string>();
        ada.Page.Request += (_, request) => fetched.Add(new Uri(request.Url).AbsolutePath);
        await ada.Opens(Room);
        await ada.ComesIn();
        await ada.Says("Hello");
        await ada.SeesStored("Hello");
        Assert.Contains("/components/composer/composer.js", fetched);
        Assert.DoesNotContain("/emoji/list.js", fetched);
        await Pick(ada, "cactus");
        Assert.Contains("/emoji/list.js", fetched);
    }

    private static ILocator Search(Person person) => person.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search emoji" });

    private static ILocator Chosen(Person person) => person.Page.GetByRole(AriaRole.Option, new() { Selected = true });

    private static async Task Pick(Person person, string name)
    {
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Emoji", Exact = true }).ClickAsync();
        await Search(person).FillAsync(name);
        await person.Page.GetByRole(AriaRole.Option, new() { Name = name, Exact = true }).ClickAsync();
        await Expect(person.Composer).ToBeFocusedAsync();
    }
}
