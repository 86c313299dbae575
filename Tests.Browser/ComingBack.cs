using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>A guest comes back as who they were; an account signs out and in.</summary>
public sealed class ComingBack(House house) : Visit(house)
{
    [Fact]
    public async Task A_reload_brings_back_the_same_guest_to_the_same_room()
    {
        var ada = await Guest("Ada");
        await ada.Says("It is me");
        await ada.SeesStored("It is me");
        await ada.Page.ReloadAsync();
        await ada.IsIn();
        await ada.SeesStored("It is me");
        await Expect(ada.Page.Locator(".me-name")).ToHaveTextAsync("AdaGuest");
        await Expect(ada.Members("Here now")).ToHaveTextAsync(["Ada"]);
        await ada.Presses("Edit", "It is me"); // only its author may
        await ada.Says("It is still me");
        await Expect(ada.Message("It is still me")).ToContainTextAsync("(edited)");
    }

    [Fact]
    public async Task An_account_registers_signs_out_and_signs_in_again()
    {
        var user = $"ada-{Guid.NewGuid():n}"[..20];
        var ada = await Visitor("Ada");
        await ada.Opens(Room);
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "create an account" }).ClickAsync();
        await ada.Page.GetByLabel("Your name").FillAsync("Ada");
        await ada.Page.GetByLabel("User name").FillAsync(user);
        await ada.Page.GetByLabel("Password").FillAsync("correct horse battery");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await ada.IsIn();
        await Expect(ada.Page.Locator(".me-name")).ToContainTextAsync($"@{user}");
        await ada.Says("Remember me");
        await ada.SeesStored("Remember me");

        await ada.Page.Locator(".me-button").ClickAsync();
        await ada.Clicks("Sign out");
        await ada.SignsIn(user, "correct horse battery");
        await ada.SeesStored("Remember me");
        await Expect(ada.Page.Locator(".me-name")).ToContainTextAsync($"@{user}");
    }

    [Fact]
    public async Task A_guest_who_signs_out_is_asked_first_and_is_then_a_stranger()
    {
        var ada = await Guest("Ada");
        await ada.SignsOut();
        await Expect(ada.Page.GetByLabel("Your name")).ToBeVisibleAsync();
        await ada.Page.ReloadAsync();
        await Expect(ada.Page.GetByLabel("Your name")).ToBeVisibleAsync();
    }
}
