using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>What a room is, changed by those who may, and seen by all others as it happens.</summary>
public sealed class RoomSettings(House house) : Visit(house)
{
    [Fact]
    public async Task A_new_name_and_topic_are_seen_by_all_at_once()
    {
        var (ada, bob) = (await Owner("Ada"), await Guest("Bob"));
        await ada.Clicks("Room settings");
        await Expect(Button(ada, "Save")).ToBeDisabledAsync();
        await ada.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Orchard");
        await ada.Page.GetByLabel("Topic").FillAsync("Apples and pears");
        await ada.Clicks("Save");
        await Expect(ada.Page.GetByText("Saved.")).ToBeVisibleAsync();
        await Expect(bob.Page.Locator("#room h1")).ToHaveTextAsync("Orchard");
        await Expect(bob.Page.Locator(".topic")).ToHaveTextAsync("Apples and pears");
        await Expect(bob.RoomRow("Orchard")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_another_changed_meanwhile_is_not_written_over()
    {
        var (ada, bob) = (await Owner("Ada"), await Guest("Bob"));
        await ada.Clicks("Room settings");
        await ada.Page.GetByLabel("Role of Bob").SelectOptionAsync("Owner");
        await Expect(bob.MemberRow("Bob")).ToContainTextAsync("Owner");
        await ada.Page.GetByLabel("Topic").FillAsync("By Ada");
        await bob.Clicks("Room settings");
        await bob.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("By Bob");
        await bob.Clicks("Save");
        await Expect(ada.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("By Bob");
        await Expect(ada.Page.GetByLabel("Topic")).ToHaveValueAsync("By Ada");
        await ada.Clicks("Save");
        await Expect(bob.Page.Locator(".topic")).ToHaveTextAsync("By Ada");
        await Expect(bob.Page.Locator("#room h1")).ToHaveTextAsync("By Bob");
    }

    [Fact]
    public async Task A_room_that_becomes_private_gets_its_lock_and_is_found_no_more()
    {
        var ada = await Owner("Ada");
        var bob = await Guest("Bob", await NewRoom("Kitchen"));
        await ada.Clicks("Room settings");
        await ada.Page.GetByLabel("Only members: one must be invited").CheckAsync();
        await ada.Clicks("Save");
        await ada.Page.Keyboard.PressAsync("Escape");
        await Expect(ada.RoomRow("Garden").Locator(".room-sign svg")).ToBeVisibleAsync();
        await bob.Opens(Room);
        await Expect(bob.Page.GetByText("This room cannot be opened")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Slow_mode_is_told_to_whoever_looks()
    {
        var ada = await Owner("Ada");
        await ada.Clicks("Room settings");
        await ada.Page.GetByLabel("Slow mode").SelectOptionAsync("1 minute");
        await ada.Clicks("Save");
        await Expect(ada.Page.GetByText("Saved.")).ToBeVisibleAsync();
        var bob = await Guest("Bob");
        await bob.Clicks("Room settings");
        await Expect(bob.Dialog("Room settings")).ToContainTextAsync("Slow mode: 1 minute");
    }

    [Fact]
    public async Task A_room_is_destroyed_only_by_whoever_types_its_name()
    {
        var (ada, bob) = (await Owner("Ada"), await Guest("Bob"));
        await ada.Clicks("Room settings");
        await ada.Clicks("Destroy this room");
        await Expect(Button(ada, "Destroy it")).ToBeDisabledAsync();
        await ada.Page.GetByLabel("Type the name of the room").FillAsync("garden");
        await Expect(Button(ada, "Destroy it")).ToBeDisabledAsync();
        await ada.Page.GetByLabel("Type the name of the room").FillAsync("Garden");
        await ada.Clicks("Destroy it");
        await Expect(bob.Page.GetByText("Garden was deleted, with everything in it.")).ToBeVisibleAsync();
        await Expect(bob.RoomRow("Garden")).ToHaveCountAsync(0);
        await Expect(ada.RoomRow("Garden")).ToHaveCountAsync(0);
    }

    private static ILocator Button(Person person, string name) => person.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
