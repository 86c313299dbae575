using System.Net;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>Whoever keeps a room connects it with programs; whoever has an account gives programs tokens. Secrets are shown once.</summary>
public sealed class Webhooks(House house) : Visit(house)
{
    private static readonly HttpClient Outside = new();

    [Fact]
    public async Task A_program_posts_to_the_address_that_was_shown_once_as_a_bot_that_everybody_sees()
    {
        var (ada, bob) = (await Owner("Ada"), await Guest("Bob"));
        await ada.Clicks("Room settings");
        await ada.Page.GetByText("New webhook").ClickAsync();
        await ada.Page.GetByLabel("Name of the bot").FillAsync("Nightly build");
        await ada.Clicks("Create webhook");
        var shown = ada.Page.GetByLabel("Address to post to");
        await Expect(shown).ToBeFocusedAsync();
        var address = new Uri(await shown.InputValueAsync());
        await ada.Clicks("Copy");
        await Expect(ada.Page.GetByText("Copied.")).ToBeVisibleAsync();

        using (var said = await Outside.PostAsync(address, new StringContent("All green"))) Assert.Equal(HttpStatusCode.OK, said.StatusCode);
        await bob.Sees("All green");
        await Expect(bob.Page.Locator(".message .bot-sign")).ToHaveTextAsync("bot");
        await Expect(bob.MemberRow("Nightly build").Locator(".bot-sign")).ToHaveTextAsync("bot");
        await bob.MemberRow("Nightly build").ClickAsync();
        await Expect(bob.Dialog("Nightly build").GetByText("A program speaks here")).ToBeVisibleAsync();
        await Expect(bob.Dialog("Nightly build").GetByRole(AriaRole.Button, new() { Name = "Message", Exact = true })).ToHaveCountAsync(0);

        await ada.Page.Keyboard.PressAsync("Escape");
        await ada.Clicks("Room settings");
        await Expect(ada.Page.GetByText("Posts here", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(ada.Page.GetByLabel("Address to post to")).ToHaveCountAsync(0);
        await ada.Clicks("Revoke Nightly build");
        await ada.Clicks("Revoke");
        await Expect(ada.Page.GetByText("Posts here", new() { Exact = true })).ToHaveCountAsync(0);
        using var refused = await Outside.PostAsync(address, new StringContent("Still there?"));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task An_outgoing_one_shows_what_signs_it_and_is_switched_off_and_on()
    {
        var ada = await Owner("Ada");
        ada.ExpectsRefusals = true;
        await ada.Clicks("Room settings");
        await ada.Page.GetByText("New webhook").ClickAsync();
        await ada.Page.GetByLabel("Name of the bot").FillAsync("Mirror");
        await ada.Page.GetByLabel("Sends what happens here to a program").CheckAsync();
        await ada.Page.GetByLabel("Address of the program").FillAsync("ftp://mirror.example/in");
        await ada.Clicks("Create webhook");
        await Expect(ada.Page.GetByText("The url is one of http or https")).ToBeVisibleAsync();
        await ada.Page.GetByLabel("Address of the program").FillAsync("https://mirror.example/in");
        await ada.Clicks("Create webhook");
        await Expect(ada.Page.GetByLabel("Secret that signs what is sent")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^whsec_"));
        await Expect(ada.Page.GetByText("Sends to mirror.example")).ToBeVisibleAsync();
        await ada.Clicks("Switch off Mirror");
        await Expect(ada.Page.GetByText("Switched off")).ToBeVisibleAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Button, new() { Name = "Switch on Mirror" })).ToBeFocusedAsync();
        await ada.Clicks("Switch on Mirror");
        await Expect(ada.Page.GetByText("Sends to mirror.example")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Whoever_may_not_change_a_room_sees_no_webhooks()
    {
        var (_, bob) = (await Owner("Ada"), await Guest("Bob"));
        await bob.Clicks("Room settings");
        await Expect(bob.Page.GetByRole(AriaRole.Heading, new() { Name = "Leaving" })).ToBeVisibleAsync();
        await Expect(bob.Page.GetByRole(AriaRole.Heading, new() { Name = "Webhooks" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_token_is_shown_once_lets_a_program_in_and_is_revoked()
    {
        var user = $"ada-{Guid.NewGuid():n}"[..20];
        var ada = await Visitor("Ada");
        await ada.Opens(Room);
        await ada.Clicks("create an account");
        await ada.Page.GetByLabel("Your name").FillAsync("Ada");
        await ada.Page.GetByLabel("User name").FillAsync(user);
        await ada.Page.GetByLabel("Password").FillAsync("correct horse battery");
        await ada.Clicks("Create account");
        await ada.IsIn();
        await ada.Page.Locator(".me-button").ClickAsync();
        await ada.Page.GetByText("API tokens").ClickAsync();
        await ada.Page.GetByLabel("What it is for").FillAsync("My script");
        await ada.Page.GetByLabel("Post: write, edit, delete, react").CheckAsync();
        await ada.Clicks("Create token");
        var shown = ada.Page.GetByLabel("Token", new() { Exact = true });
        await Expect(shown).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^oc_"));
        await Expect(ada.Page.GetByText("read, post · never used")).ToBeVisibleAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Server.Address, "/api/v1/rooms"));
        request.Headers.Authorization = new("Bearer", await shown.InputValueAsync());
        using (var answer = await Outside.SendAsync(request)) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await ada.Clicks("Revoke My script");
        await ada.Clicks("Revoke");
        await Expect(ada.Page.GetByText("read, post")).ToHaveCountAsync(0);
        await Expect(shown).ToHaveCountAsync(0);
    }
}
