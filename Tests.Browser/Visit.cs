using Microsoft.Playwright;
using OrleansChat.Client;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>
/// A test with people in it: each in a browser context of their own, in a room of the test's own. At its end nobody's
/// page may have complained.
/// </summary>
public abstract class Visit(House house) : IAsyncLifetime
{
    private readonly List<Person> people = [];
    private readonly List<ChatClient> programs = [];

    protected ChatServer Server { get; private set; } = null!;

    /// <summary>A public room that nobody else uses.</summary>
    protected string Room { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await house.Browser; // skips before anything is started
        Server = await FindServer();
        await Prepare();
    }

    protected virtual Task<ChatServer> FindServer() => house.Server;

    protected virtual async Task Prepare() => Room = await NewRoom("Garden");

    /// <summary>An empty public room, by its id.</summary>
    protected async Task<string> NewRoom(string name)
    {
        var id = $"{name.ToLowerInvariant()}-{Guid.NewGuid():n}";
        var gardener = await Program("Gardener");
        await gardener.Ask(connection => connection.Create(id, name));
        await gardener.Leave(id);
        return id;
    }

    /// <summary>Somebody who talks through the client library, as a guest.</summary>
    protected Task<ChatClient> Program(string name) => Program(new SignIn.Guest(name));

    protected async Task<ChatClient> Program(SignIn who, Uri? server = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(Person.Patience));
        var program = await ChatClient.Connect(server ?? Server.Socket, who, cancel: patience.Token);
        programs.Add(program);
        return program;
    }

    /// <summary>Somebody at the door.</summary>
    protected async Task<Person> Visitor(string name, BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL ??= Server.Address.ToString();
        options.Locale ??= "en-GB";
        var context = await (await house.Browser).NewContextAsync(options);
        var person = await Person.At(context, name);
        people.Add(person);
        return person;
    }

    /// <summary>A guest who came in, in the test's room or another.</summary>
    /// <param name="over">What their browser reaches the server by.</param>
    protected async Task<Person> Guest(string name, string? room = null, Wire? over = null)
    {
        var person = await Visitor(name, new() { BaseURL = over?.Address.ToString() });
        await person.Opens(room ?? Room);
        await person.ComesIn();
        return person;
    }

    /// <summary>A guest to whom the test's room belongs, alone.</summary>
    protected async Task<Person> Owner(string name, string visibility = "public")
    {
        Room = $"garden-{Guid.NewGuid():n}";
        var gardener = await Program("Gardener");
        await gardener.Ask(connection => connection.Create(Room, "Garden"));
        var owner = await Guest(name);
        var id = await owner.Id();
        await gardener.Ask(connection => connection.Role(Room, id, "owner"));
        if (visibility != "public") await gardener.Ask(connection => connection.Configure(Room, visibility: visibility));
        await gardener.Leave(Room);
        await Expect(owner.Page.Locator(".member-name")).ToHaveTextAsync([name]);
        return owner;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in people) await person.Page.Context.CloseAsync();
        foreach (var program in programs) await program.DisposeAsync();
        Assert.Empty(people.SelectMany(person => person.Complaints));
        GC.SuppressFinalize(this);
    }
}
