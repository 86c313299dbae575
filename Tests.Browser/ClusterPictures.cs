using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using OrleansChat.Client;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>
/// The pictures of the two dashboards, of three real nodes under load. By hand, since it takes some minutes and the
/// cluster's program: <c>dotnet build Silo</c>, then
/// <c>dotnet test Tests.Browser --filter ClusterPictures -- xUnit.Explicit=only</c>.
/// </summary>
public sealed class ClusterPictures(House house) : Visit(house)
{
    private const int People = 50;
    private const int Rooms = 20;
    private const int Limit = 400 * 1024; // bytes: nobody should wait for a README
    private static readonly TimeSpan Charted = TimeSpan.FromSeconds(110); // what Orleans' dashboard shows of the past, and a little
    private static readonly TimeSpan BetweenPosts = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource enough = new();
    private ThreeNodes cluster = null!;

    protected override async Task<ChatServer> FindServer() => (cluster = await ThreeNodes.Start()).Nodes[0];

    protected override Task Prepare() => Task.CompletedTask;

    [Fact(Explicit = true)]
    public async Task The_two_dashboards_under_load()
    {
        await using var nodes = cluster;
        var talking = Task.WhenAll(await Gather());
        var root = await Administrator();
        await root.Page.GotoAsync("/nodes.html");
        await Expect(root.Page.Locator("tbody tr")).ToHaveCountAsync(nodes.Nodes.Count);
        await root.Page.GetByRole(AriaRole.Link, new() { Name = "Orleans dashboard" }).WaitForAsync();

        var orleans = await root.Page.Context.NewPageAsync();
        var complaints = new List<string>();
        orleans.Console += (_, line) => complaints.AddRange(line.Type is "error" or "warning" ? [line.Text] : []);
        orleans.PageError += (_, error) => complaints.Add(error);
        if (Environment.GetEnvironmentVariable("CSP_TRY") is { } csp) await orleans.RouteAsync("**/dashboard/", async route =>
        {
            var response = await route.FetchAsync();
            var headers = response.Headers.ToDictionary(h => h.Key, h => h.Value);
            headers["content-security-policy"] = csp;
            await route.FulfillAsync(new() { Response = response, Headers = headers });
        });
        await orleans.GotoAsync("/dashboard");
        await Task.Delay(Charted);
        await orleans.BringToFrontAsync();
        await Expect(orleans.GetByText("RoomGrain").First).ToBeVisibleAsync();
        await Keep("orleans-dashboard.png", await orleans.ScreenshotAsync());
        foreach (var part in new[] { "grains", "silos", "reminders", "lifecycle" }) await Visit(orleans, part);
        await root.Page.BringToFrontAsync();
        await Expect(root.Page.Locator(".nodes .lost")).ToHaveCountAsync(0);
        await Keep("nodes.png", await root.Page.ScreenshotAsync());

        await enough.CancelAsync();
        await talking;
        Assert.Empty(complaints);
    }

    /// <summary>Its other pages keep to the policy too.</summary>
    private static async Task Visit(IPage orleans, string part)
    {
        await orleans.EvaluateAsync($"location.hash = '/{part}'");
        await Expect(orleans.GetByText("Loading")).ToHaveCountAsync(0);
        await orleans.WaitForTimeoutAsync(3000); // a chart draws itself when it likes
        if (Environment.GetEnvironmentVariable("CHAT_SCREENS_ALL") is { Length: > 0 } folder) await orleans.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{part}.png") });
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

    /// <summary>At the chat, with the token that the page would have remembered.</summary>
    private async Task<Person> Administrator()
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        var token = (await new ChatAccounts(http).Login("admin", Server.AdminPassword)).Token;
        var root = await Visitor("Root", new() { ViewportSize = new() { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Light });
        await root.Page.Context.AddInitScriptAsync($$"""
            localStorage.setItem("orleanschat.session", JSON.stringify({ token: "{{token}}", name: "Administrator", guest: false }));
            """);
        return root;
    }

    private static async Task Keep(string file, byte[] picture, [CallerFilePath] string here = "")
    {
        Assert.InRange(picture.Length, 1, Limit);
        await File.WriteAllBytesAsync(Path.Combine(Path.GetDirectoryName(here)!, "..", "docs", "screens", file), picture);
    }
}
