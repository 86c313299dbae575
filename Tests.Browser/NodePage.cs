using System.Globalization;
using Microsoft.Playwright;
using OrleansChat.Client;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>The nodes' page: what administrators see of the machines, and others do not.</summary>
public sealed class NodePage(House house) : Visit(house)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task An_administrator_goes_from_the_chat_to_the_nodes()
    {
        var root = await Administrator();
        await root.Page.GetByRole(AriaRole.Link, new() { Name = "Nodes" }).ClickAsync();
        await Expect(root.Page).ToHaveTitleAsync("Nodes · OrleansChat");
        var node = root.Page.GetByRole(AriaRole.Article);
        await Expect(node.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync(Environment.MachineName.ToLowerInvariant());
        await Expect(node.Locator(".node-state")).ToHaveTextAsync("Here");
        await root.Page.GetByRole(AriaRole.Link, new() { Name = "OrleansChat" }).ClickAsync();
        await root.IsIn();
    }

    [Fact]
    public async Task The_figures_are_those_of_the_metrics_and_follow_them()
    {
        var root = await AtTheNodes();
        var node = new NodeOnPage(root.Page.GetByRole(AriaRole.Article));
        var connections = node.Values("Connections");
        await Expect(connections).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\d+$"));
        var before = int.Parse(await connections.InnerTextAsync(), CultureInfo.InvariantCulture);
        for (var i = 0; i < 25; i++) await Program($"Visitor {i}"); // more than other tests' people come and go meanwhile
        await root.Page.WaitForFunctionAsync(
            "([element, least]) => Number(element.textContent) >= least", new object[] { (await connections.ElementHandleAsync())!, before + 15 });
        await Expect(node.Picture("Connections")).ToBeVisibleAsync();
        await Expect(node.Values("Memory")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^[\d.]+\s[GM]iB$"));
        await Expect(node.Values("CPU")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\d+%$"));
        await Expect(node.Picture("CPU per core")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex(@"now Core 0 \d+%"));
    }

    [Fact]
    public async Task Nobody_else_is_shown_the_way_or_the_figures()
    {
        var ada = await Guest("Ada");
        await Expect(ada.Page.GetByRole(AriaRole.Link, new() { Name = "Nodes" })).ToHaveCountAsync(0);
        await ada.Page.GotoAsync("/nodes.html");
        await Expect(ada.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Sign in to the chat as an administrator first.");

        var name = $"bob{Guid.NewGuid():n}"[..12];
        using var http = new HttpClient { BaseAddress = Server.Address };
        await new ChatAccounts(http).Register(name, "Bob", Password);
        var bob = await SignedIn("Bob", name, Password);
        await Expect(bob.Page.GetByRole(AriaRole.Link, new() { Name = "Nodes" })).ToHaveCountAsync(0);
        await bob.Page.GotoAsync("/nodes.html");
        await Expect(bob.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This page is for administrators.");
        await Expect(bob.Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(768, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    public async Task It_fits_every_screen_as_charts_and_as_a_table(int width, ColorScheme colors)
    {
        var root = await AtTheNodes(new() { ViewportSize = new() { Width = width, Height = 700 }, ColorScheme = colors });
        foreach (var view in new[] { "Charts", "Table" })
        {
            await root.Page.GetByRole(AriaRole.Button, new() { Name = view }).ClickAsync();
            await Expect(root.Page.Locator(".node-state")).ToHaveTextAsync("Here");
            await Expect(root.Page.GetByRole(AriaRole.Table)).ToHaveCountAsync(view == "Table" ? 1 : 0);
            Assert.False(await root.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"));
        }

        await Expect(root.Page.GetByRole(AriaRole.Columnheader)).ToHaveTextAsync(
            ["Figure", "Now", "1 min ago", "2 min ago", "3 min ago", "4 min ago", "Least", "Most"]);
    }

    private Task<Person> Administrator(BrowserNewContextOptions? options = null) => SignedIn("Root", "admin", Server.AdminPassword, options);

    private async Task<Person> AtTheNodes(BrowserNewContextOptions? options = null)
    {
        var root = await Administrator(options);
        await root.Page.GotoAsync("/nodes.html");
        return root;
    }

    private async Task<Person> SignedIn(string name, string user, string password, BrowserNewContextOptions? options = null)
    {
        var person = await Visitor(name, options);
        await person.Opens(Room);
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await person.SignsIn(user, password);
        return person;
    }
}
