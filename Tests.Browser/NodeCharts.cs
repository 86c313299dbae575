using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>What the charts and the table of a node say, of a cluster whose nodes say what the test wants.</summary>
public sealed partial class NodeCharts(House house) : Visit(house)
{
    private Person root = null!;
    private FakeCluster cluster = null!;

    private IPage Page => root.Page;

    protected override async Task Prepare()
    {
        root = await Visitor("Root", new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        cluster = new(root);
    }

    [Fact]
    public async Task The_charts_follow_the_readings_and_say_what_was_least_and_most()
    {
        await cluster.Open();
        foreach (var cpu in new[] { 0.1, 0.7, 0.3 }) await cluster.Beat(With("node-1", ("cpu", cpu), ("load1", cpu * 10)));
        var node = NodeOnPage.Of(Page, "node-1");
        await Expect(node.Values("CPU")).ToHaveTextAsync("30%");
        await Expect(node.Picture("CPU")).ToHaveAttributeAsync("aria-label", "CPU: now 30%, between 10% and 70% in the last 5 minutes");
        await Expect(node.Values("Load")).ToHaveTextAsync(["3.00", "0.40", "0.30"]);
        await Expect(node.Values("Memory")).ToHaveTextAsync("4 GiB");
        await Expect(node.Values("Network")).ToHaveTextAsync(["1.2 MB/s", "340 kB/s"]);
        await Expect(node.Values("Disk")).ToHaveTextAsync(["0 kB/s", "52 kB/s"]);
        await Expect(node.Values("Messages")).ToHaveTextAsync("4.5/s");
        await Expect(node.Values("CPU per core")).ToHaveTextAsync("40%");
        await Expect(node.Picture("CPU per core")).ToHaveAttributeAsync("aria-label", "CPU per core: now Core 0 10%, Core 1 40%");
        Assert.Equal([92, 44, 76], Heights(await Line(node, "CPU")));
    }

    [Fact]
    public async Task The_table_says_the_same_as_the_charts_and_what_was_before()
    {
        await cluster.Open();
        for (var second = 0; second <= 240; second += 2)
        {
            await cluster.Beat(With("node-1", ("connections", second), ("networkSent", 1_000 * second), ("messages", second % 7)));
        }

        var node = NodeOnPage.Of(Page, "node-1");
        var charts = await Task.WhenAll(new[] { "CPU", "Load", "Network", "Connections", "Messages" }.Select(title => node.Values(title).AllInnerTextsAsync()));
        await See("Table");
        await Expect(node.Chart("CPU")).ToBeHiddenAsync();
        Assert.Equal(["240", "182", "122", "62", "2", "0", "240"], await node.Row("Connections")); // the last was two seconds ago
        var rows = new List<string>();
        foreach (var figure in new[] { "CPU", "1 min", "5 min", "15 min", "received", "sent", "Connections", "posted" }) rows.Add((await node.Row(figure))[0]);
        Assert.Equal(charts.SelectMany(values => values), rows);
    }

    [Fact]
    public async Task What_a_node_does_not_know_is_said_to_be_unknown()
    {
        var poor = new JsonObject();
        await cluster.Open();
        foreach (var (name, value) in cluster.Reading("node-1"))
        {
            if (name is "node" or "at" or "processMemory" or "connections") poor[name] = value!.DeepClone();
        }

        await cluster.Beat(poor);
        var node = NodeOnPage.Of(Page, "node-1");
        foreach (var title in new[] { "CPU", "CPU per core", "Memory", "Messages" })
        {
            await Expect(node.Values(title)).ToHaveTextAsync("unknown");
            await Expect(node.Picture(title)).ToHaveAttributeAsync("aria-label", $"{title}: unknown");
        }

        await Expect(node.Values("Network")).ToHaveTextAsync(["unknown", "unknown"]);
        await Expect(node.Values("Connections")).ToHaveTextAsync("12");
        await Expect(node.Card).ToContainTextAsync("no readings of the machine");
        Assert.Equal("", await Line(node, "CPU"));
        await See("Table");
        Assert.All(await node.Row("CPU"), cell => Assert.Equal("unknown", cell));
        Assert.Equal(["12", "unknown", "unknown", "unknown", "unknown", "12", "12"], await node.Row("Connections"));
    }

    [Fact]
    public async Task Where_nothing_came_a_chart_has_a_gap()
    {
        await cluster.Open();
        for (var i = 0; i < 3; i++) await cluster.Beat(With("node-1"));
        var node = NodeOnPage.Of(Page, "node-1");
        Assert.Single(Stretches().Matches(await Line(node, "CPU")));
        await cluster.Pass(TimeSpan.FromSeconds(7));
        for (var i = 0; i < 3; i++) await cluster.Beat(With("node-1"));
        Assert.Equal(2, Stretches().Count(await Line(node, "CPU")));
        var half = With("node-1");
        half.Remove("cpu");
        await cluster.Beat(half);
        await cluster.Beat(With("node-1"));
        Assert.Equal((3, 2), (Stretches().Count(await Line(node, "CPU")), Stretches().Count(await Line(node, "Connections"))));
    }

    [Fact]
    public async Task A_lost_node_is_told_and_so_is_its_return()
    {
        await cluster.Open();
        var silent = cluster.Reading("node-2");
        for (var i = 0; i < 4; i++) await cluster.Beat(With("node-1"), silent);
        await Expect(Page.Locator(".nodes-summary")).ToHaveTextAsync("2 nodes · 24 connections · 9 messages a second");
        for (var i = 0; i < 4; i++) await cluster.Beat(With("node-1"), silent);
        var node = NodeOnPage.Of(Page, "node-2");
        await Expect(node.Card.Locator(".node-state")).ToHaveTextAsync("Lost");
        await Expect(node.Card).ToContainTextAsync(LastHeard());
        await Expect(node.Picture("CPU")).ToHaveAttributeAsync("aria-label", new Regex("^CPU: last 25%"));
        await Expect(NodeOnPage.Of(Page, "node-1").Card.Locator(".node-state")).ToHaveTextAsync("Here");
        await Expect(Page.Locator(".nodes-summary")).ToHaveTextAsync("1 node · 12 connections · 4.5 messages a second · 1 lost");
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("node-2 is lost.");
        await cluster.Beat(With("node-1"), With("node-2"));
        await Expect(node.Card.Locator(".node-state")).ToHaveTextAsync("Here");
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("node-2 is back.");
    }

    [Fact]
    public async Task The_charts_start_full_with_what_the_cluster_kept()
    {
        await cluster.Open();
        cluster.Pasts["node-1"] = cluster.Past("node-1", "cpu", ago => ago == 0 ? 0.25 : ago <= 300 ? 0.5 : 0.2, Ago());
        await Page.RunAndWaitForResponseAsync(() => cluster.Beat(With("node-1")), "**/api/v1/metrics/*");
        var node = NodeOnPage.Of(Page, "node-1");
        await Drawn(node.Picture("CPU"), "CPU: now 25%, between 25% and 50% in the last 5 minutes");
        await Page.WaitForFunctionAsync("() => new Promise(done => new IntersectionObserver(() => done(true)).observe(document.body))");
        await Frame();
        Assert.Single(Stretches().Matches(await Line(node, "CPU")));
        Assert.InRange(Heights(await Line(node, "CPU")).Count, 149, 152);
        await Page.GetByRole(AriaRole.Button, new() { Name = "1 h", Exact = true }).ClickAsync();
        await Frame();
        await Expect(node.Picture("CPU")).ToHaveAttributeAsync("aria-label", "CPU: now 25%, between 20% and 50% in the last 60 minutes");
        await Expect(node.Chart("CPU").Locator(".chart-axis")).ToContainTextAsync("60 min ago");
        Assert.Single(Stretches().Matches(await Line(node, "CPU")));
        Assert.InRange(Heights(await Line(node, "CPU")).Count, 470, 484);
        await See("Table");
        await Expect(Page.GetByRole(AriaRole.Columnheader)).ToHaveTextAsync(["Figure", "Now", "10 min ago", "20 min ago", "30 min ago", "45 min ago", "Least", "Most"]);
        Assert.Equal(["25%", "20%", "20%", "20%", "20%", "20%", "50%"], await node.Row("CPU"));
        Assert.EndsWith("/nodes.html#hour+table", Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chart_of_a_lost_node_ends_where_it_ended_and_a_gap_in_its_hour_is_one()
    {
        await cluster.Open("/nodes.html#hour");
        cluster.Pasts["node-2"] = cluster.Past("node-2", "cpu", _ => 0.2, Ago().Where(ago => ago is < 1_000 or > 1_100));
        var last = With("node-2");
        await cluster.Beat(With("node-1"), last);
        var node = NodeOnPage.Of(Page, "node-2");
        await Expect(node.Picture("CPU")).ToHaveAttributeAsync("aria-label", new Regex("^CPU: now"));
        for (var i = 0; i < 90; i++) await cluster.Beat(With("node-1"), last);
        await Expect(node.Card.Locator(".node-state")).ToHaveTextAsync("Lost");
        var line = await Line(node, "CPU");
        Assert.Equal(2, Stretches().Count(line));
        var end = double.Parse(Regex.Match(line, @"([0-9.]+),[0-9.]+$").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(end, 949, 951); // three minutes of sixty before the right edge, of a thousand
    }

    [Fact]
    public async Task Where_nothing_at_all_is_heard_no_node_is_called_lost()
    {
        await cluster.Open();
        await cluster.Beat(With("node-1"), With("node-2"));
        await cluster.Pass(TimeSpan.FromSeconds(20));
        var node = NodeOnPage.Of(Page, "node-1");
        await Expect(node.Card.Locator(".node-state")).ToHaveTextAsync("Here");
        await Expect(node.Card).ToContainTextAsync("last heard 2");
    }

    [Fact]
    public async Task One_looks_back_with_the_keyboard_on_all_charts_at_once()
    {
        await cluster.Open();
        for (var second = 0; second <= 60; second += 2) await cluster.Beat(With("node-1", ("connections", second)), With("node-2", ("messages", second)));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Charts" }).FocusAsync();
        for (var i = 0; i < 4; i++) await Page.Keyboard.PressAsync("Tab"); // past the table and the two spans
        var back = Page.GetByRole(AriaRole.Slider, new() { Name = "Look back" });
        await Expect(back).ToBeFocusedAsync();
        await Expect(back).ToHaveAttributeAsync("aria-valuetext", "now");
        for (var i = 0; i < 10; i++) await Page.Keyboard.PressAsync("ArrowLeft");
        await Frame();
        await Expect(back).ToHaveAttributeAsync("aria-valuetext", "20 secs ago");
        await Expect(NodeOnPage.Of(Page, "node-1").Values("Connections")).ToHaveTextAsync("42");
        await Expect(NodeOnPage.Of(Page, "node-2").Values("Messages")).ToHaveTextAsync("42/s");
        await Page.Keyboard.PressAsync("Home");
        await Frame();
        await Expect(NodeOnPage.Of(Page, "node-1").Values("Connections")).ToHaveTextAsync("unknown");
        await Page.Keyboard.PressAsync("End");
        await Frame();
        await Expect(NodeOnPage.Of(Page, "node-1").Values("Connections")).ToHaveTextAsync("60");
    }

    [Fact]
    public async Task Pointing_at_a_chart_shows_the_values_of_that_time()
    {
        await cluster.Open();
        for (var second = 0; second <= 200; second += 2) await cluster.Beat(With("node-1", ("connections", second)));
        var node = NodeOnPage.Of(Page, "node-1");
        await node.Chart("CPU").Locator(".plot").HoverAsync(); // in the middle: 150 s ago
        await Frame();
        await Expect(node.Values("Connections")).ToHaveTextAsync(new Regex("^(50|52|54)$"));
        await Expect(node.Chart("Connections").Locator(".chart-time")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).HoverAsync();
        await Frame();
        await Expect(node.Values("Connections")).ToHaveTextAsync("200");
        await Expect(node.Chart("Connections").Locator(".chart-time")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_table_is_reached_by_keyboard_and_by_its_address()
    {
        await cluster.Open("/nodes.html#table");
        await cluster.Beat(With("node-1"));
        var node = NodeOnPage.Of(Page, "node-1");
        await Expect(node.Card.GetByRole(AriaRole.Table, new() { Name = "Figures of node-1" })).ToBeVisibleAsync();
        await Expect(node.Chart("CPU")).ToBeHiddenAsync();
        var table = Page.GetByRole(AriaRole.Button, new() { Name = "Table" });
        await Expect(table).ToHaveAttributeAsync("aria-pressed", "true");
        await Page.GetByRole(AriaRole.Button, new() { Name = "1 h", Exact = true }).FocusAsync();
        await Page.Keyboard.PressAsync("Tab");
        await Expect(node.Card.GetByRole(AriaRole.Region, new() { Name = "Figures of node-1" })).ToBeFocusedAsync(); // so that arrows move what does not fit
        await Page.GetByRole(AriaRole.Button, new() { Name = "Charts" }).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Frame();
        await Expect(node.Chart("CPU")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Table)).ToHaveCountAsync(0);
        Assert.EndsWith("/nodes.html", Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_long_the_page_is_open_it_does_not_grow()
    {
        await cluster.Open();
        for (var i = 0; i < 10; i++) await cluster.Beat(With("node-1"), With("node-2"));
        var before = await Page.EvaluateAsync<int>("() => document.querySelectorAll('*').length");
        for (var i = 0; i < 190; i++) await cluster.Beat(With("node-1"), With("node-2"));
        Assert.Equal(before, await Page.EvaluateAsync<int>("() => document.querySelectorAll('*').length"));
        Assert.InRange(Heights(await Line(NodeOnPage.Of(Page, "node-1"), "CPU")).Count, 149, 151); // five minutes
    }

    [Fact]
    public async Task A_chart_that_cannot_be_seen_is_not_drawn_until_it_can()
    {
        await Page.SetViewportSizeAsync(800, 500);
        await cluster.Open();
        for (var i = 0; i < 3; i++) await cluster.Beat(With("node-1"), With("node-2"), With("node-3"));
        var last = NodeOnPage.Of(Page, "node-3");
        await Expect(last.Values("CPU")).ToHaveTextAsync("25%");
        Assert.Equal(("", false), (await Line(last, "CPU"), (await Line(NodeOnPage.Of(Page, "node-1"), "CPU")).Length == 0));
        await last.Chart("CPU").ScrollIntoViewIfNeededAsync();
        await Page.WaitForFunctionAsync("() => new Promise(done => new IntersectionObserver(() => done(true)).observe(document.body))");
        await Frame();
        Assert.NotEqual("", await Line(last, "CPU"));
    }

    [Fact]
    public async Task Every_word_is_German_for_those_who_ask_for_it()
    {
        root = await Visitor("Root", new() { ViewportSize = new() { Width = 1440, Height = 900 }, Locale = "de-DE" });
        cluster = new(root);
        await cluster.Open();
        await cluster.Beat(With("node-1"));
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Knoten");
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Expect(NodeOnPage.Of(Page, "node-1").Values("Netz")).ToHaveTextAsync(["1,2 MB/s", "340 kB/s"]);
        await See("Tabelle");
        Assert.Equal("0,50", (await NodeOnPage.Of(Page, "node-1").Row("1 min"))[0]);
    }

    /// <summary>An hour of readings as the server gives it, in seconds before now.</summary>
    private static IEnumerable<int> Ago() => Enumerable.Range(0, 330).Select(i => 3_600 - (10 * i)).Concat(Enumerable.Range(0, 151).Select(i => 300 - (2 * i)));

    private JsonObject With(string node, params (string Name, double Value)[] values)
    {
        var reading = cluster.Reading(node);
        foreach (var (name, value) in values) reading[name] = value;
        return reading;
    }

    private async Task See(string view)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = view }).ClickAsync();
        await Frame();
    }

    /// <summary>The page draws what happened to it.</summary>
    private Task Frame() => cluster.Pass(TimeSpan.FromMilliseconds(50));

    /// <summary>What the page has fetched it draws with one of its next frames: its clock stands still between them.</summary>
    private async Task Drawn(ILocator picture, string label)
    {
        for (var frames = 0; frames < 100 && await picture.GetAttributeAsync("aria-label") != label; frames++) await Frame();
        await Expect(picture).ToHaveAttributeAsync("aria-label", label);
    }

    private static async Task<string> Line(NodeOnPage node, string title) =>
        await node.Chart(title).Locator(".chart-line-1").First.GetAttributeAsync("d") ?? "";

    /// <summary>Of a line's points, in hundredths from above.</summary>
    private static List<double> Heights(string path) =>
        [.. Points().Matches(path).Select(point => double.Parse(point.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];

    [GeneratedRegex("[ML]-?[0-9.]+,([0-9.]+)")]
    private static partial Regex Points();

    [GeneratedRegex("M")]
    private static partial Regex Stretches();

    [GeneratedRegex("last heard 1[0-9] secs ago")]
    private static partial Regex LastHeard();
}
