using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using OrleansChat.Client;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>
/// The pictures of the two dashboards, of three real nodes under load. By hand, since it takes some minutes and the
/// cluster's program: <c>dotnet build Silo</c>, then
/// <c>dotnet test Tests.Browser --filter ClusterPictures -- xUnit.Explicit=only</c>. Orleans' dashboard must not complain
/// on any of its pages, so this is also the test of its Content-Security-Policy.
/// </summary>
public sealed class ClusterPictures(House house) : Visit(house)
{
    private const int People = 50;
    private const int Rooms = 20;
    private const int Limit = 400 * 1024; // bytes: nobody should wait for a README
    private static readonly TimeSpan Charted = TimeSpan.FromSeconds(100); // what Orleans' dashboard shows of the past
    private static readonly TimeSpan BetweenPosts = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource enough = new();
    private readonly List<string> complaints = [];
    private ThreeNodes cluster = null!;

    protected override async Task<ChatServer> FindServer() => (cluster = await ThreeNodes.Start()).Nodes[0];

    protected override Task Prepare() => Task.CompletedTask;

    [Fact(Explicit = true)]
    public async Task The_two_dashboards_under_load()
    {
        await using var nodes = cluster;
        var root = await AtTheNodes();
        var orleans = await AtOrleans();
        var talking = Task.WhenAll(await Gather());
        await Task.Delay(Charted);

        await root.Page.BringToFrontAsync();
        await Expect(root.Page.Locator(".nodes .node-state")).ToHaveTextAsync(["Here", "Here", "Here"]);
        await Keep("nodes.png", await root.Page.ScreenshotAsync());
        await orleans.BringToFrontAsync();
        await Expect(orleans.GetByText("Cluster Profiling")).ToBeVisibleAsync();
        await Keep("orleans-dashboard.png", await orleans.ScreenshotAsync());
        await Open(orleans, "grains");
        await Expect(orleans.GetByRole(AriaRole.Link, new() { Name = "RoomGrain" })).ToBeVisibleAsync();
        await Keep("orleans-grains.png", await orleans.ScreenshotAsync());
        foreach (var part in new[] { "grain/OrleansChat.Grains.Rooms.RoomGrain", "silos", "lifecycle", "reminders" }) await Open(orleans, part);

        foreach (var page in new[] { root.Page, orleans }) await page.CloseAsync(); // before the nodes go
        await enough.CancelAsync();
        await talking;
        Assert.Empty(complaints);
    }

    /// <summary>An administrator at our page, with the token that the chat would have remembered.</summary>
    private async Task<Person> AtTheNodes()
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        var token = (await new ChatAccounts(http).Login("admin", Server.AdminPassword)).Token;
        var root = await Visitor("Root", new() { ViewportSize = new() { Width = 1440, Height = 1480 }, ColorScheme = ColorScheme.Light });
        await root.Page.Context.AddInitScriptAsync($$"""
            localStorage.setItem("orleanschat.session", JSON.stringify({ token: "{{token}}", name: "Administrator", guest: false }));
            """);
        await root.Page.GotoAsync("/nodes.html");
        await Expect(root.Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(cluster.Nodes.Count);
        await root.Page.GetByRole(AriaRole.Link, new() { Name = "Orleans dashboard" }).WaitForAsync();
        return root;
    }

    /// <summary>An administrator who went straight to Orleans' dashboard, met the door, and came in.</summary>
    private async Task<IPage> AtOrleans()
    {
        var root = await Visitor("Root at Orleans' dashboard", new() { ViewportSize = new() { Width = 1280, Height = 696 } });
        root.ExpectsRefusals = true; // the door stands where something else was asked for
        var page = root.Page;
        await page.GotoAsync("/dashboard/");
        await page.GetByLabel("User name").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync(Server.AdminPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page).ToHaveTitleAsync("Orleans Dashboard");
        page.Console += (_, line) => complaints.AddRange(line.Type is "error" or "warning" ? [line.Text] : []);
        return page;
    }

    private static async Task Open(IPage orleans, string part)
    {
        await orleans.EvaluateAsync($"location.hash = '/{part}'");
        await Expect(orleans.GetByText("Loading")).ToHaveCountAsync(0);
        await orleans.WaitForTimeoutAsync(3000); // a chart draws itself when it likes
    }

    /// <summary>People on all nodes, a few in each room, who post until it is enough.</summary>
    private async Task<List<Task>> Gather()
    {
        var host = await Program("Host");
        for (var i = 0; i < Rooms; i++) await host.Ask(connection => connection.Create($"room-{i}"));
        var talking = new List<Task>();
        for (var i = 0; i < People; i++)
        {
            var client = await Program(new SignIn.Guest($"Guest {i}"), cluster.Nodes[i % cluster.Nodes.Count].Socket);
            string[] theirs = [$"room-{i % Rooms}", $"room-{(i * 7 + 3) % Rooms}"];
            foreach (var room in theirs) await client.Join(room);
            talking.Add(Talk(client, theirs, new(i)));
        }

        return talking;
    }

    private async Task Talk(ChatClient client, string[] rooms, Random random)
    {
        for (var n = 0; !enough.IsCancellationRequested; n++)
        {
            await client.Post(rooms[n % rooms.Length], $"Message {n}");
            await Task.Delay(BetweenPosts * (0.5 + random.NextDouble()), enough.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task Keep(string file, byte[] picture, [CallerFilePath] string here = "")
    {
        Assert.InRange(picture.Length, 1, Limit);
        await File.WriteAllBytesAsync(Path.Combine(Path.GetDirectoryName(here)!, "..", "docs", "screens", file), picture);
    }
}
