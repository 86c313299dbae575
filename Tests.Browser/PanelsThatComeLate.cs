using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>What few people open is fetched when they do.</summary>
public sealed class PanelsThatComeLate(House house) : Visit(house)
{
    private const string Modules = "**/panels.js";

    [Fact]
    public async Task Without_a_connection_one_is_told_so_and_the_next_press_opens_it()
    {
        var ada = await Guest("Ada");
        ada.ExpectsBrokenLines = true;
        await ada.Page.RouteAsync(Modules, route => route.AbortAsync());
        await ada.Page.Locator(".me-button").ClickAsync();
        await Expect(ada.Page.GetByText("There is no connection.")).ToBeVisibleAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await ada.Page.UnrouteAsync(Modules);
        await ada.Page.Locator(".me-button").ClickAsync();
        await Expect(ada.Dialog("Settings")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_emoji_that_did_not_come_for_a_reaction_come_with_the_next_press()
    {
        var ada = await Guest("Ada");
        ada.ExpectsBrokenLines = true;
        await ada.Says("It flies");
        await ada.SeesStored("It flies");
        await ada.Page.RouteAsync("**/emoji/picker.js", route => route.AbortAsync());
        await ada.Presses("React", "It flies");
        await ada.Presses("More emoji", "It flies");
        await Expect(ada.Page.GetByText("There is no connection.")).ToBeVisibleAsync();
        await ada.Page.UnrouteAsync("**/emoji/picker.js");
        await ada.Presses("More emoji", "It flies");
        await Expect(ada.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search emoji" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_emoji_that_did_not_come_for_a_colon_come_with_the_next_key()
    {
        var ada = await Guest("Ada");
        ada.ExpectsBrokenLines = true;
        await ada.Page.RouteAsync("**/emoji/find.js", route => route.AbortAsync());
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ada.Page.RequestFailed += (_, _) => failed.TrySetResult();
        await ada.Composer.PressSequentiallyAsync("Well :");
        await failed.Task.WaitAsync(TimeSpan.FromMilliseconds(Person.Patience));
        await ada.Page.UnrouteAsync("**/emoji/find.js");
        await ada.Composer.PressSequentiallyAsync("smile");
        await Expect(ada.Page.GetByRole(AriaRole.Option).First).ToHaveTextAsync("😄:smile:");
    }

    [Fact]
    public async Task Where_the_words_of_a_language_do_not_come_the_page_speaks_English()
    {
        var ada = await Visitor("Ada", new() { Locale = "de-DE" });
        ada.ExpectsBrokenLines = true;
        await ada.Page.RouteAsync("**/words/de.js", route => route.AbortAsync());
        await ada.Opens(Room);
        await ada.ComesIn();
        await Expect(ada.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    [Fact]
    public async Task Two_presses_while_it_comes_open_one()
    {
        var ada = await Guest("Ada");
        var asked = new TaskCompletionSource<IRoute>(TaskCreationOptions.RunContinuationsAsynchronously);
        await ada.Page.RouteAsync("**/panels.js", route => asked.TrySetResult(route));
        await ada.Page.Locator(".me-button").ClickAsync();
        await ada.Page.Locator(".me-button").ClickAsync();
        await (await asked.Task).ContinueAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
        await ada.Page.Keyboard.PressAsync("Escape");
        await Expect(ada.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }
}
