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
        var row = root.Page.GetByRole(AriaRole.Table, new() { Name = "Nodes" }).GetByRole(AriaRole.Row).Nth(1);
        await Expect(row.GetByRole(AriaRole.Cell).First).ToHaveTextAsync("StateHere");
        await Expect(row.GetByRole(AriaRole.Rowheader)).ToContainTextAsync(Environment.MachineName.ToLowerInvariant());
        await root.Page.GetByRole(AriaRole.Link, new() { Name = "OrleansChat" }).ClickAsync();
        await root.IsIn();
    }

    [Fact]
    public async Task The_figures_are_those_of_the_metrics_and_follow_them()
    {
        var root = await AtTheNodes();
        var connections = root.Page.Locator("tbody td:nth-child(6) .figure");
        await Expect(connections).Not.ToHaveTextAsync("");
        var before = int.Parse(await connections.InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i < 25; i++) await Program($"Visitor {i}"); // more than other tests' people come and go meanwhile
        await root.Page.WaitForFunctionAsync(
            "least => Number(document.querySelector('tbody td:nth-child(6) .figure').textContent) >= least", before + 15);
        await Expect(root.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Connections: now ") })).ToBeVisibleAsync();
        await Expect(root.Page.Locator("tbody td:nth-child(4) .figure")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^[\d.]+ GiB of [\d.]+ GiB \(\d+%\)$"));
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
        await Expect(bob.Page.Locator("table")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(768, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    public async Task It_fits_every_screen_and_stays_a_table(int width, ColorScheme colors)
    {
        var root = await AtTheNodes(new() { ViewportSize = new() { Width = width, Height = 700 }, ColorScheme = colors });
        await Expect(root.Page.Locator("tbody .node-state")).ToHaveTextAsync("Here");
        Assert.False(await root.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"));
        await Expect(root.Page.GetByRole(AriaRole.Columnheader)).ToHaveTextAsync(["Node", "State", "Load", "Memory", "Process", "Connections", "Last heard"]);
        await Expect(root.Page.GetByRole(AriaRole.Cell)).ToHaveCountAsync(6);
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
