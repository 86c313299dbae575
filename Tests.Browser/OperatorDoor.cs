using Microsoft.Playwright;
using OrleansChat.Client;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>The door to the operators' pages, at a server that has none: who has come in is at the chat.</summary>
public sealed class OperatorDoor(House house) : Visit(house)
{
    private const string Door = "/operator.html";
    private const string Password = "correct horse battery";

    [Fact]
    public async Task An_administrator_comes_in_with_the_keyboard_alone()
    {
        var root = await AtTheDoor("Root");
        await root.Page.Keyboard.TypeAsync("admin");
        await root.Page.Keyboard.PressAsync("Tab");
        await root.Page.Keyboard.TypeAsync(Server.AdminPassword);
        await root.Page.Keyboard.PressAsync("Enter");
        await Expect(root.Page).ToHaveURLAsync(Server.Address.ToString());
    }

    [Fact]
    public async Task Others_are_told_why_they_do_not_come_in_and_keep_no_sign_in()
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        var name = $"bob{Guid.NewGuid():n}"[..12];
        await new ChatAccounts(http).Register(name, "Bob", Password);
        var bob = await AtTheDoor("Bob");
        bob.ExpectsRefusals = true;
        await Tries(bob, name, "wrong horse battery");
        await Expect(bob.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The name or the password is wrong.");
        var signedOut = bob.Page.WaitForResponseAsync("**/api/v1/logout");
        await Tries(bob, name, Password);
        await Expect(bob.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("You are no administrator.");
        Assert.Equal(204, (await signedOut).Status);
        await Expect(bob.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeEnabledAsync();
        await Expect(bob.Page).ToHaveURLAsync(new Uri(Server.Address, Door).ToString());
    }

    private async Task<Person> AtTheDoor(string name)
    {
        var person = await Visitor(name);
        await person.Page.GotoAsync(Door);
        await Expect(person.Page.GetByLabel("User name")).ToBeFocusedAsync();
        return person;
    }

    private static async Task Tries(Person person, string user, string password)
    {
        await person.Page.GetByLabel("User name").FillAsync(user);
        await person.Page.GetByLabel("Password").FillAsync(password);
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
