using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>The list of one's rooms, and the ways into more of them.</summary>
public sealed class Rooms(House house) : Visit(house)
{
    [Fact]
    public async Task What_is_unread_is_counted_until_it_is_read()
    {
        var kitchen = await NewRoom("Kitchen");
        var ada = await Guest("Ada", kitchen);
        await ada.Opens(Room);
        await ada.IsIn();
        var bob = await Guest("Bob", kitchen);
        await bob.Says("one");
        await bob.Says("two");
        await Expect(ada.RoomRow("Kitchen").Locator(".badge")).ToContainTextAsync("2 unread");
        await ada.GoesTo("Kitchen");
        await ada.SeesStored("one", "two");
        await Expect(ada.RoomRow("Kitchen").Locator(".badge")).ToHaveCountAsync(0);
        await ada.Page.ReloadAsync();
        await ada.IsIn();
        await Expect(ada.RoomRow("Kitchen").Locator(".badge")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_press_on_somebody_opens_a_conversation_of_two()
    {
        var ada = await Guest("Ada");
        var bob = await Guest("Bob");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Bob" }).ClickAsync();
        await Expect(ada.Page.Locator("#room h1")).ToHaveTextAsync("Bob");
        await ada.IsIn();
        await ada.Says("Between us");
        await Expect(bob.RoomRow("Ada").Locator(".badge")).ToContainTextAsync("1 unread");
        await bob.GoesTo("Ada");
        await bob.SeesStored("Between us");
        await bob.Says("Quite");
        await ada.SeesStored("Between us", "Quite");
    }

    [Fact]
    public async Task A_room_that_one_creates_is_found_and_joined_by_another()
    {
        var name = $"Café {Guid.NewGuid():n}"[..16];
        var ada = await Guest("Ada");
        await Create(ada, name, "Coffee and cake");
        await Expect(ada.Page.Locator(".topic")).ToHaveTextAsync("Coffee and cake");
        await Expect(ada.Page.Locator(".member-row")).ToContainTextAsync("Owner");

        var bob = await Guest("Bob");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Find or create a room" }).ClickAsync();
        await bob.Page.GetByLabel("Find a room").FillAsync(name);
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = $"Join {name}" }).ClickAsync();
        await bob.IsIn();
        await bob.Says("Two espressos");
        await ada.SeesStored("Two espressos");
    }

    [Fact]
    public async Task A_private_room_has_a_lock_and_is_not_found()
    {
        var name = $"Secret {Guid.NewGuid():n}"[..16];
        var ada = await Guest("Ada");
        await Create(ada, name, "", @private: true);
        await Expect(ada.RoomRow(name).Locator(".room-sign svg")).ToBeVisibleAsync();
        await ada.Page.ReloadAsync();
        await ada.IsIn();
        await Expect(ada.RoomRow(name).Locator(".room-sign svg")).ToBeVisibleAsync();

        var bob = await Guest("Bob");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Find or create a room" }).ClickAsync();
        await bob.Page.GetByLabel("Find a room").FillAsync(name);
        await Expect(bob.Page.GetByText("No room by that name")).ToBeVisibleAsync();
        await bob.Page.Keyboard.PressAsync("Escape");
        await bob.Opens(name.ToLowerInvariant().Replace(' ', '-'));
        await Expect(bob.Page.GetByText("This room cannot be opened")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_leaves_a_room_has_it_no_longer()
    {
        var ada = await Guest("Ada");
        var bob = await Guest("Bob");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Leave this room" }).ClickAsync();
        await bob.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await Expect(bob.RoomRow("Garden")).ToHaveCountAsync(0);
        await Expect(ada.Page.Locator(".member-name")).ToHaveTextAsync(["Ada"]);
    }

    private static async Task Create(Person person, string name, string topic, bool @private = false)
    {
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Find or create a room" }).ClickAsync();
        await person.Page.GetByText("Create a room", new() { Exact = true }).ClickAsync();
        await person.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await person.Page.GetByLabel("What is it about?").FillAsync(topic);
        if (@private) await person.Page.GetByLabel("Private").CheckAsync();
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await Expect(person.Page.Locator("#room h1")).ToHaveTextAsync(name);
        await person.IsIn();
    }
}
