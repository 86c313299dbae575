using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>What somebody chooses for themselves.</summary>
public sealed class OwnSettings(House house) : Visit(house)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task The_colours_that_one_chose_are_there_before_the_page_is()
    {
        var ada = await Guest("Ada");
        var light = await Ground(ada);
        await Opens(ada);
        await ada.Page.GetByLabel("Colours").SelectOptionAsync("Dark");
        await Expect(ada.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        var dark = await Ground(ada);
        Assert.NotEqual(light, dark);
        await ada.Page.RouteAsync("**/app.js", route => route.AbortAsync()); // no module runs
        ada.ExpectsBrokenLines = true;
        await ada.Page.ReloadAsync();
        Assert.Equal(dark, await Ground(ada));
    }

    [Fact]
    public async Task The_page_speaks_the_language_that_one_chose()
    {
        var ada = await Guest("Ada");
        await Opens(ada);
        await ada.Page.GetByLabel("Language").SelectOptionAsync("Deutsch");
        await Expect(ada.Page.GetByRole(AriaRole.Complementary, new() { Name = "Mitglieder" })).ToContainTextAsync("Gerade da");
        await Expect(ada.Page.GetByRole(AriaRole.Main, new() { Name = "Raum" })).ToBeVisibleAsync();
        await Expect(ada.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await ada.Page.Locator(".me-button").ClickAsync();
        await ada.Page.GetByLabel("Sprache").SelectOptionAsync("English");
        await Expect(ada.Page.GetByRole(AriaRole.Complementary, new() { Name = "Members" })).ToContainTextAsync("Here now");
    }

    [Fact]
    public async Task Where_the_browser_forbids_notifications_one_is_told()
    {
        var ada = await Guest("Ada"); // headless: asked, Chromium says no
        await Opens(ada);
        var notify = ada.Page.GetByLabel("Show a notification on the desktop");
        await notify.ClickAsync();
        await Expect(ada.Page.GetByText("does not let the page show notifications")).ToBeVisibleAsync();
        await Expect(notify).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_password_is_changed_by_whoever_knows_the_present_one()
    {
        var (ada, user) = await Account("Ada");
        ada.ExpectsRefusals = true;
        await Opens(ada);
        await ada.Page.GetByText("Change the password").ClickAsync();
        await ada.Page.GetByLabel("Present password").FillAsync("wrong horse battery");
        await ada.Page.GetByLabel("New password").FillAsync("a better password");
        await ada.Clicks("Change it");
        await Expect(ada.Page.GetByText("The present password is wrong.")).ToBeVisibleAsync();
        await ada.Page.GetByLabel("Present password").FillAsync(Password);
        await ada.Clicks("Change it");
        await Expect(ada.Page.GetByText("The password is changed.")).ToBeVisibleAsync();
        await ada.Clicks("Sign out");
        await ada.SignsIn(user, "a better password");
    }

    [Fact]
    public async Task An_account_ends_only_when_its_id_was_typed_and_takes_its_messages_along_if_asked_to()
    {
        var bob = await Guest("Bob");
        var (ada, user) = await Account("Ada");
        await ada.Says("Forget me");
        await bob.SeesStored("Forget me");
        await Opens(ada);
        await ada.Clicks("Delete the account");
        await Expect(ada.Page.GetByRole(AriaRole.Button, new() { Name = "Delete my account" })).ToBeDisabledAsync();
        await ada.Page.GetByLabel("Erase everything I said, too").CheckAsync();
        await ada.Page.GetByLabel("Type your user id").FillAsync(user);
        await ada.Clicks("Delete my account");
        await Expect(ada.Page.GetByRole(AriaRole.Button, new() { Name = "Come in" })).ToBeVisibleAsync();
        await Expect(bob.Page.GetByText("Forget me")).ToHaveCountAsync(0);
        await Expect(bob.Page.Locator(".member-name")).ToHaveTextAsync(["Bob"]);
    }

    [Fact]
    public async Task Ctrl_and_a_slash_show_what_the_keys_do()
    {
        var ada = await Guest("Ada");
        await ada.Page.Keyboard.PressAsync("Control+/");
        await Expect(ada.Dialog("Settings").GetByText("Jump to a room or a person")).ToBeInViewportAsync();
        await ada.Page.Keyboard.PressAsync("Escape");
        await Expect(ada.Composer).ToBeFocusedAsync();
    }

    private static Task Opens(Person person) => person.Page.Locator(".me-button").ClickAsync();

    private static Task<string> Ground(Person person) => person.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    /// <summary>Somebody with an account, in the test's room.</summary>
    private async Task<(Person Person, string User)> Account(string name)
    {
        var user = $"{name.ToLowerInvariant()}-{Guid.NewGuid():n}"[..20];
        var person = await Visitor(name);
        await person.Opens(Room);
        await person.Clicks("create an account");
        await person.Page.GetByLabel("Your name").FillAsync(name);
        await person.Page.GetByLabel("User name").FillAsync(user);
        await person.Page.GetByLabel("Password").FillAsync(Password);
        await person.Clicks("Create account");
        await person.IsIn();
        return (person, user);
    }
}
