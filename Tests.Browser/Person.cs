using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>Somebody at the page, in a browser context of their own: what they do, and what they see.</summary>
public sealed partial class Person
{
    /// <summary>Milliseconds that anything may take to be seen, on a busy machine.</summary>
    public const float Patience = 20_000;

    private readonly List<string> complaints = [];

    private Person(string name, IPage page) => (Name, Page) = (name, page);

    public string Name { get; }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the page, and dialogs, which it never opens.</summary>
    public IEnumerable<string> Complaints => complaints;

    /// <summary>While the server is away, failed connections are no complaint.</summary>
    public bool ExpectsBrokenLines { get; set; }

    /// <summary>They try what they may not do: that the server refused it is no complaint.</summary>
    public bool ExpectsRefusals { get; set; }

    /// <summary>Something in their page is tried that the policy of the page forbids.</summary>
    public bool ExpectsViolations { get; set; }

    public static async Task<Person> At(IBrowserContext context, string name)
    {
        context.SetDefaultTimeout(Patience);
        var person = new Person(name, await context.NewPageAsync());
        person.Page.Console += (_, line) => person.Hears(line.Type, line.Text);
        person.Page.PageError += (_, error) => person.Hears("error", error);
        person.Page.Dialog += async (_, dialog) =>
        {
            person.Hears("error", $"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        return person;
    }

    private void Hears(string type, string text)
    {
        if (type is not ("error" or "warning")) return;
        if (ExpectsBrokenLines && BrokenLine().IsMatch(text)) return;
        if (ExpectsRefusals && Refused().IsMatch(text)) return;
        if (ExpectsViolations && Violation().IsMatch(text)) return;
        complaints.Add($"{Name}'s page, {type}: {text}");
    }

    [GeneratedRegex("^(WebSocket connection to .* failed|Failed to load resource: net::ERR_)")]
    private static partial Regex BrokenLine();

    [GeneratedRegex("^Failed to load resource: the server responded with a status of 4")]
    private static partial Regex Refused();

    [GeneratedRegex("Content Security Policy")]
    private static partial Regex Violation();

    // What they do

    public Task Opens(string room) => Page.GotoAsync($"/#{room}");

    /// <summary>Goes on to a room by its address, joining it where they are no member.</summary>
    public async Task GoesInto(string room)
    {
        await Opens(room);
        await Expect(Page.Locator($"#rooms a[href='#{room}']")).ToHaveAttributeAsync("aria-current", "page");
        await IsIn();
    }

    /// <summary>As a guest.</summary>
    public async Task ComesIn()
    {
        await Page.GetByLabel("Your name").FillAsync(Name);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Come in" }).ClickAsync();
        await IsIn();
    }

    /// <summary>With an account, where the page asks for one.</summary>
    public async Task SignsIn(string user, string password)
    {
        await Page.GetByLabel("User name").FillAsync(user);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByLabel("Password").PressAsync("Enter");
        await IsIn();
    }

    /// <summary>A guest is asked once more.</summary>
    public async Task SignsOut()
    {
        await Page.Locator(".me-button").ClickAsync();
        await Clicks("Sign out");
        await Dialog("Leave for good?").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
    }

    /// <summary>Waits until the room is there to be talked in.</summary>
    public async Task IsIn()
    {
        await Expect(Composer).ToBeVisibleAsync();
        await Expect(Page.GetByText("Opening…")).ToHaveCountAsync(0);
    }

    /// <summary>Waits until the open room is this one, and not still the one before it.</summary>
    public async Task IsAt(string room)
    {
        await Expect(Page.Locator("#room h1")).ToHaveTextAsync(room);
        await IsIn();
    }

    public async Task Says(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Enter");
    }

    /// <summary>Goes to one of their rooms by the list.</summary>
    public async Task GoesTo(string room)
    {
        await RoomRow(room).ClickAsync();
        await Expect(RoomRow(room)).ToHaveAttributeAsync("aria-current", "page");
        await IsIn();
    }

    /// <summary>Points at a message, or touches it where nothing points, and presses one of its buttons.</summary>
    public async Task Presses(string button, string message)
    {
        if (await Page.EvaluateAsync<bool>("matchMedia('(hover: none)').matches")) await Message(message).Locator(".text").ClickAsync();
        else await Message(message).HoverAsync();
        await Message(message).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }

    /// <summary>Presses a button of the page, or of the dialog that lies over it.</summary>
    public Task Clicks(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Opens somebody's card from the list of members.</summary>
    public async Task LooksAt(string name)
    {
        await MemberRow(name).ClickAsync();
        await Expect(Dialog(name)).ToBeVisibleAsync();
    }

    // What they see

    /// <summary>The id by which the server knows them, as the list of members has it.</summary>
    public async Task<string> Id() => await MemberRow(Name).GetAttributeAsync("data-user") ?? "";

    public ILocator Dialog(string title) => Page.GetByRole(AriaRole.Dialog, new() { Name = title, Exact = true });

    public ILocator MemberRow(string name) => Page.Locator("#members .member-row", new() { Has = Page.GetByText(name, new() { Exact = true }) });

    public ILocator Composer => Page.GetByRole(AriaRole.Textbox, new() { Name = "Message", Exact = true });

    /// <summary>The texts of the open room, also of what is still being sent.</summary>
    public ILocator Texts => Page.Locator(".message .text");

    public ILocator Message(string text) => Page.Locator(".message", new() { HasText = text });

    public ILocator RoomRow(string room) => Page.Locator("#rooms .room-row", new() { HasText = room });

    /// <summary>Those who are shown as here now, or as away.</summary>
    public ILocator Members(string group) =>
        Page.Locator($"#members h3:has-text('{group}') + ul .member-name");

    /// <summary>These texts stand in the open room in this order, each once, and no other.</summary>
    public Task Sees(params string[] texts) => Expect(Texts).ToHaveTextAsync(texts);

    /// <summary>The same, of messages that the server has stored.</summary>
    public async Task SeesStored(params string[] texts)
    {
        await Expect(Page.Locator(".message.sending, .message.failed")).ToHaveCountAsync(0);
        await Sees(texts);
    }
}
