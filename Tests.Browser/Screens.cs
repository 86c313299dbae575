using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>A screen of the page. The tests of accessibility and the pictures go through all of them.</summary>
/// <param name="User">Who looks: <c>ada</c>, <c>admin</c>, or nobody that the server knows.</param>
/// <param name="Go">The way there, until all that belongs to it is seen.</param>
public sealed record Screen(string Name, string? User, Func<Person, Task> Go)
{
    /// <summary>A new screen needs a line here and nothing else.</summary>
    public static IReadOnlyList<Screen> All { get; } =
    [
        new("signin-guest", null, ada => ada.Opens("")),
        new("signin-account", null, async ada =>
        {
            await ada.Opens("");
            await Press(ada, "Sign in");
        }),
        new("signin-register", null, async ada =>
        {
            await ada.Opens("");
            await Press(ada, "create an account");
        }),
        new("room", "ada", ada => Room(ada, "launch", "I bring the candles.")),
        new("room-direct", "ada", ada => Room(ada, "dm:ada+joan", "Have you seen the notes?")),
        new("room-empty", "ada", async ada =>
        {
            await ada.Opens("empty");
            await ada.IsIn();
        }),
        new("room-refused", "ada", async ada =>
        {
            await ada.Opens("no-such-room");
            await Expect(ada.Page.GetByText("This room cannot be opened")).ToBeVisibleAsync();
        }),
        new("message-actions", "ada", async ada =>
        {
            await Room(ada, "launch", "I bring the candles.");
            await ada.Presses("React", "Cake at four");
        }),
        new("message-refused", "ada", async ada =>
        {
            await Room(ada, "launch", "I bring the candles.");
            await ada.Says("A bell: \a");
            await Expect(ada.Page.GetByText("Not sent:")).ToBeVisibleAsync();
        }),
        new("reply", "ada", async ada =>
        {
            await Room(ada, "launch", "I bring the candles.");
            await ada.Presses("Reply", "Cake at four");
            await Expect(ada.Page.GetByText("Reply to")).ToBeVisibleAsync();
        }),
        new("completion", "ada", async ada =>
        {
            await Room(ada, "launch", "I bring the candles.");
            await ada.Composer.PressSequentiallyAsync("Shall I ask @m");
            await Expect(ada.Page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        }),
        new("emoji", "ada", async ada =>
        {
            await Room(ada, "launch", "I bring the candles.");
            await Press(ada, "Emoji");
            await Expect(ada.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search emoji" })).ToBeVisibleAsync();
        }),
        new("how-to-write", "ada", async ada =>
        {
            await Room(ada, "launch", "I bring the candles.");
            await Press(ada, "Formatting and keys");
            await Expect(ada.Page.GetByText("How to write")).ToBeVisibleAsync();
        }),
        new("members", "ada", async ada =>
        {
            await Room(ada, "launch", "I bring the candles.");
            if (!await ada.Page.Locator("#members").IsVisibleAsync()) await ada.Page.Locator("[data-toggles=members]").ClickAsync();
            await Expect(ada.Page.Locator("#members")).ToContainTextAsync("Joan Clarke");
        }),
        new("rooms", "ada", ToTheRooms),
        new("browse", "ada", async ada =>
        {
            await ToTheRooms(ada);
            await Press(ada, "Find or create a room");
            await Expect(ada.Page.GetByRole(AriaRole.Dialog).GetByText("The garden")).ToBeVisibleAsync();
        }),
        new("create-room", "ada", async ada =>
        {
            await ToTheRooms(ada);
            await Press(ada, "Find or create a room");
            await ada.Page.GetByText("Create a room", new() { Exact = true }).ClickAsync();
            await Expect(ada.Page.GetByLabel("What is it about?")).ToBeVisibleAsync();
        }),
        new("leave-room", "ada", async ada =>
        {
            await Room(ada, "launch", "I bring the candles.");
            await Press(ada, "Room settings");
            await Press(ada, "Leave this room");
            await Expect(ada.Dialog("Leave Launch day?")).ToBeVisibleAsync();
        }),
        new("room-settings", "ada", async ada =>
        {
            await Room(ada, "sprint", "Estimates are in.");
            await Press(ada, "Room settings");
            await Expect(ada.Page.GetByLabel("Role of Bob")).ToBeAttachedAsync();
        }),
        new("webhooks", "ada", async ada =>
        {
            await Answers(ada, "**/hooks", """
                {"id":"k3v9","url":"https://chat.example.org/api/v1/hooks/k3v9aaaabbbbcccc/mZ0c3cXn1rYp6tUe9sWq2vLb8hJd5kFg",
                 "hooks":[{"id":"1","name":"Nightly build","bot":"bot-1"},
                          {"id":"2","name":"Archive","bot":"bot-2","url":"https://archive.example.org/in","on":true,"error":"It answered 503."},
                          {"id":"3","name":"Mirror","bot":"bot-3","url":"https://mirror.example.org/in","on":false,"error":"It answered 410."}]}
                """);
            await Room(ada, "sprint", "Estimates are in.");
            await Press(ada, "Room settings");
            await ada.Page.GetByText("New webhook").ClickAsync();
            await ada.Page.GetByLabel("Name of the bot").FillAsync("Nightly build");
            await Press(ada, "Create webhook");
            await ada.Page.GetByText("New webhook").ClickAsync();
            await ada.Page.GetByText("Sends what happens here to a program").ClickAsync();
            await Expect(ada.Page.GetByLabel("Address of the program")).ToBeVisibleAsync();
            await ada.Page.GetByRole(AriaRole.Heading, new() { Name = "Webhooks" }).EvaluateAsync("heading => heading.scrollIntoView()");
        }),
        new("switcher", "ada", async ada =>
        {
            await Room(ada, "launch", "I bring the candles.");
            await ada.Page.Keyboard.PressAsync("Control+k");
            await ada.Page.Keyboard.TypeAsync("la");
            await Expect(ada.Page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        }),
        new("search", "ada", async ada =>
        {
            await Room(ada, "launch", "I bring the candles.");
            await ada.Page.Keyboard.PressAsync("Control+Shift+F");
            await Expect(ada.Page.Locator("#search input[type=search]")).ToBeFocusedAsync(); // it is fetched when it is first wanted
            await ada.Page.Keyboard.TypeAsync("thursday");
            await Expect(ada.Page.Locator("#search mark").First).ToBeVisibleAsync();
        }),
        new("profile", "ada", async ada =>
        {
            await Room(ada, "sprint", "Estimates are in.");
            if (!await ada.Page.Locator("#members").IsVisibleAsync()) await ada.Page.Locator("[data-toggles=members]").ClickAsync();
            await ada.LooksAt("Bob");
            await Expect(ada.Page.GetByLabel("Role in this room")).ToBeVisibleAsync();
        }),
        new("settings", "ada", async ada =>
        {
            await ToTheRooms(ada);
            await ada.Page.Locator(".me-button").ClickAsync();
            await Expect(ada.Dialog("Settings")).ToBeVisibleAsync();
        }),
        new("tokens", "ada", async ada =>
        {
            await Answers(ada, "**/tokens", """
                {"id":"1","token":"oc_mZ0c3cXn1rYp6tUe9sWq2vLb8hJd5kFgmZ0c3cXn1rY",
                 "tokens":[{"id":"1","name":"Nightly build","scopes":["read","post"],"created":"2026-01-02T03:04:05.000Z","expires":"2027-01-02T03:04:05.000Z"}]}
                """);
            await ToTheRooms(ada);
            await ada.Page.Locator(".me-button").ClickAsync();
            await ada.Page.GetByText("API tokens").ClickAsync();
            await ada.Page.GetByLabel("What it is for").FillAsync("Nightly build");
            await Press(ada, "Create token");
            await Expect(ada.Page.GetByLabel("Token", new() { Exact = true })).ToBeFocusedAsync();
            await ada.Page.GetByText("API tokens").EvaluateAsync("summary => summary.scrollIntoView()");
        }),
        new("nodes", "admin", async root =>
        {
            await root.Page.GotoAsync("/nodes.html");
            await Expect(root.Page.GetByText("Here", new() { Exact = true }).First).ToBeVisibleAsync();
        }),
        new("nodes-table", "admin", async root =>
        {
            await root.Page.GotoAsync("/nodes.html#table");
            await Expect(root.Page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        }),
        new("nodes-cluster", null, async root =>
        {
            var cluster = new FakeCluster(root);
            await cluster.Open();
            await cluster.Live();
            await Expect(root.Page.GetByText("Lost", new() { Exact = true })).ToBeAttachedAsync();
        }),
        new("nodes-refused", "ada", async ada =>
        {
            await ada.Page.GotoAsync("/nodes.html");
            await Expect(ada.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This page is for administrators.");
        }),
        new("operator", null, async root =>
        {
            await root.Page.GotoAsync("/operator.html");
            await Expect(root.Page.GetByLabel("User name")).ToBeFocusedAsync();
        }),
        new("operator-out", null, root => root.Page.GotoAsync("/operator-out.html")),
    ];

    public static TheoryData<string> Names => [.. All.Select(screen => screen.Name)];

    public static Screen Named(string name) => All.Single(screen => screen.Name == name);

    /// <summary>The server's part is a picture's: it has nothing of it in its storage.</summary>
    private static async Task Answers(Person ada, string path, string json) =>
        await ada.Page.RouteAsync(path, route => route.FulfillAsync(new() { Body = json, ContentType = "application/json" }));

    private static Task Press(Person person, string button) =>
        person.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    private static async Task Room(Person person, string room, string text)
    {
        await person.Opens(room);
        await person.IsIn();
        await Expect(person.Message(text)).ToBeVisibleAsync();
    }

    private static async Task ToTheRooms(Person person)
    {
        await person.Opens("books");
        await person.IsIn();
        if (await person.Page.Locator(".room-back").IsVisibleAsync()) await person.Page.Locator(".room-back").ClickAsync();
        await Expect(person.RoomRow("Lunch")).ToBeVisibleAsync();
    }
}

/// <summary>A test that looks at screens.</summary>
public abstract class Looking(House house) : Visit(house)
{
    private readonly House house = house;
    private Stage stage = null!;

    protected override async Task<ChatServer> FindServer() => (stage = await house.Stage).Server;

    protected override Task Prepare() => Task.CompletedTask;

    protected async Task<Person> At(Screen screen, int width, ColorScheme colors)
    {
        var height = width < 600 ? 740 : width < 1000 ? 1000 : 900;
        var person = await Visitor("Ada", new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = colors,
            ReducedMotion = ReducedMotion.Reduce, // nothing is caught half way
            HasTouch = width < 600,
        });
        if (screen.User is not null) await stage.Admit(person, screen.User);
        await screen.Go(person);
        return person;
    }

    protected static Task In(Person person, ColorScheme colors) =>
        person.Page.EmulateMediaAsync(new() { ColorScheme = colors, ReducedMotion = ReducedMotion.Reduce });
}
