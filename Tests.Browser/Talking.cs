using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>What two people may expect of one room.</summary>
public sealed class Talking(House house) : Visit(house)
{
    [Fact]
    public async Task Two_people_see_each_others_messages_once_and_in_order()
    {
        var ada = await Guest("Ada");
        var bob = await Guest("Bob");
        await ada.Says("Hello Bob!");
        await bob.SeesStored("Hello Bob!");
        await bob.Says("Hello Ada!");
        await ada.SeesStored("Hello Bob!", "Hello Ada!");
        foreach (var text in new[] { "one", "two", "three" }) await ada.Says(text);
        string[] all = ["Hello Bob!", "Hello Ada!", "one", "two", "three"];
        await ada.SeesStored(all);
        await bob.SeesStored(all);
    }

    [Fact]
    public async Task They_see_who_speaks_and_who_is_there()
    {
        var ada = await Guest("Ada");
        await Expect(ada.Members("Here now")).ToHaveTextAsync(["Ada"]);
        var bob = await Guest("Bob");
        await Expect(ada.Members("Here now")).ToHaveTextAsync(["Ada", "Bob"]);
        await bob.Says("Hello!");
        await Expect(ada.Message("Hello!").Locator(".author")).ToHaveTextAsync("Bob");
        await bob.Page.CloseAsync();
        await Expect(ada.Members("Away")).ToHaveTextAsync(["Bob"]);
        await Expect(ada.Members("Here now")).ToHaveTextAsync(["Ada"]);
    }

    [Fact]
    public async Task One_sees_that_the_other_is_typing_until_they_have_said_it()
    {
        var ada = await Guest("Ada");
        var bob = await Guest("Bob");
        await bob.Composer.PressSequentiallyAsync("Wait");
        await Expect(ada.Page.GetByText("Bob is typing…")).ToBeVisibleAsync();
        await bob.Composer.PressAsync("Enter");
        await ada.SeesStored("Wait");
        await Expect(ada.Page.GetByText("Bob is typing…")).ToHaveCountAsync(0);
        await bob.Composer.PressSequentiallyAsync("a moment"); // at once, when the server passes nothing on yet
        await Expect(ada.Page.GetByText("Bob is typing…")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Somebody_who_comes_later_reads_what_was_said_before()
    {
        var ada = await Guest("Ada");
        await ada.Says("First!");
        await ada.SeesStored("First!");
        var bob = await Guest("Bob");
        await bob.SeesStored("First!");
    }

    [Fact]
    public async Task The_keyboard_is_enough_from_the_door_to_a_sent_message()
    {
        var bob = await Guest("Bob");
        var ada = await Visitor("Ada");
        await ada.Opens(Room);
        await Expect(ada.Page.GetByLabel("Your name")).ToBeFocusedAsync();
        await ada.Page.Keyboard.TypeAsync("Ada");
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.Composer).ToBeFocusedAsync();
        await ada.Page.Keyboard.TypeAsync("No mouse here");
        await ada.Page.Keyboard.PressAsync("Enter");
        await bob.SeesStored("No mouse here");
    }

    [Fact]
    public async Task Shift_and_Enter_begin_a_new_line()
    {
        var ada = await Guest("Ada");
        var bob = await Guest("Bob");
        await ada.Composer.PressSequentiallyAsync("one");
        await ada.Composer.PressAsync("Shift+Enter");
        await ada.Composer.PressSequentiallyAsync("two");
        await ada.Composer.PressAsync("Enter");
        await bob.SeesStored("one\ntwo");
        Assert.Equal("one\ntwo", await bob.Texts.InnerTextAsync());
    }
}
