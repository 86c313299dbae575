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
