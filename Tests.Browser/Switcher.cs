using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>Ctrl and K: to any room or person by a few letters.</summary>
public sealed class Switcher(House house) : Visit(house)
{
    [Fact]
    public async Task Without_a_letter_it_goes_back_to_where_one_was_last()
    {
        var kitchen = await NewRoom("Kitchen");
        var ada = await Guest("Ada", kitchen);
        await ada.GoesInto(Room);
        await Jump(ada);
        await Expect(Options(ada)).ToHaveTextAsync(["#Kitchen"]);
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.Page.Locator("#room h1")).ToHaveTextAsync("Kitchen");
        await Expect(ada.Composer).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_few_letters_of_a_name_are_enough_whatever_their_accents()
    {
        var kitchen = $"kitchen-{Guid.NewGuid():n}";
        await (await Program("Gardener")).Ask(connection => connection.Create(kitchen, "Küche"));
        var ada = await Guest("Ada", kitchen);
        await ada.GoesInto(Room);
        await Jump(ada);
        await ada.Page.Keyboard.TypeAsync("kche");
        await Expect(Options(ada).First).ToContainTextAsync("Küche");
        await Expect(Options(ada).First).ToHaveAttributeAsync("aria-selected", "true");
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.Page.Locator("#room h1")).ToHaveTextAsync("Küche");
    }

    [Fact]
    public async Task A_person_is_found_by_name_and_written_to()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await Jump(ada);
        await ada.Page.Keyboard.TypeAsync("bo");
        await Expect(Options(ada).First).ToContainTextAsync("Bob");
        await ada.Page.Keyboard.PressAsync("Enter");
        await ada.IsAt("Bob");
        await ada.Says("Psst");
        await Expect(bob.RoomRow("Ada").Locator(".badge")).ToContainTextAsync("1 unread");
    }

    [Fact]
    public async Task A_public_room_is_found_joined_and_opened()
    {
        var name = $"Attic {Guid.NewGuid():n}"[..14];
        var gardener = await Program("Gardener");
        await gardener.Ask(connection => connection.Create(name.ToLowerInvariant().Replace(' ', '-'), name));
        var ada = await Guest("Ada");
        await Jump(ada);
        await ada.Page.Keyboard.TypeAsync(name);
        await Expect(Options(ada)).ToHaveTextAsync([$"#{name}Join · 1 member"]);
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.Page.Locator("#room h1")).ToHaveTextAsync(name);
        await Expect(ada.RoomRow(name)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_arrows_choose_and_Escape_gives_the_focus_back()
    {
        var (kitchen, cellar) = (await NewRoom("Kitchen"), await NewRoom("Cellar"));
        var ada = await Guest("Ada", kitchen);
        foreach (var room in new[] { cellar, Room }) await ada.GoesInto(room);

        await Jump(ada);
        await Expect(Chosen(ada)).ToContainTextAsync("Cellar");
        await ada.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Chosen(ada)).ToContainTextAsync("Kitchen");
        var field = ada.Page.GetByRole(AriaRole.Combobox, new() { Name = "Jump to" });
        await Expect(field).ToHaveAttributeAsync("aria-activedescendant", await Chosen(ada).GetAttributeAsync("id") ?? "");
        await ada.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Chosen(ada)).ToContainTextAsync("Cellar");
        await ada.Page.Keyboard.PressAsync("Escape");
        await Expect(ada.Dialog("Jump to")).ToHaveCountAsync(0);
        await Expect(ada.Composer).ToBeFocusedAsync();
        await Expect(ada.Page.Locator("#room h1")).ToHaveTextAsync("Garden");
    }

    [Fact]
    public async Task Alt_and_the_arrows_go_from_room_to_room_and_with_Shift_to_unread_ones()
    {
        var (kitchen, cellar) = (await NewRoom("Kitchen"), await NewRoom("Cellar"));
        var ada = await Guest("Ada", kitchen);
        foreach (var room in new[] { cellar, Room }) await ada.GoesInto(room);

        var title = ada.Page.Locator("#room h1");
        await Expect(ada.Page.Locator("#rooms .room-name")).ToHaveTextAsync(["Garden", "Cellar", "Kitchen"]);
        await ada.Page.Keyboard.PressAsync("Alt+ArrowDown");
        await Expect(title).ToHaveTextAsync("Cellar");
        await ada.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Expect(title).ToHaveTextAsync("Garden");
        var bob = await Program("Bob");
        await bob.Join(cellar); // something happened in both, but only in one is something unread
        await bob.Join(kitchen);
        await bob.Post(kitchen, "Dinner!");
        await bob.Join(Room);
        await Expect(ada.Page.Locator("#rooms .room-name")).ToHaveTextAsync(["Garden", "Kitchen", "Cellar"]);
        await bob.Leave(cellar);
        await Expect(ada.Page.Locator("#rooms .room-name")).ToHaveTextAsync(["Cellar", "Garden", "Kitchen"]);
        await ada.Page.Keyboard.PressAsync("Alt+Shift+ArrowUp"); // nothing unread above
        await ada.Page.Keyboard.PressAsync("Alt+Shift+ArrowDown");
        await Expect(title).ToHaveTextAsync("Kitchen");
    }

    private static async Task Jump(Person person)
    {
        await person.Page.Keyboard.PressAsync("Control+k");
        await Expect(person.Page.GetByRole(AriaRole.Combobox, new() { Name = "Jump to" })).ToBeFocusedAsync();
    }

    private static ILocator Options(Person person) => person.Page.GetByRole(AriaRole.Option);

    private static ILocator Chosen(Person person) => person.Page.Locator("[role=option][aria-selected=true]");
}
