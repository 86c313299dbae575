using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>What is deleted can be taken back for a moment, and is gone for everybody afterwards.</summary>
public sealed class Deleting(House house) : Visit(house)
{
    [Fact]
    public async Task A_deleted_message_can_be_brought_back_and_the_other_never_hears_of_it()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await ada.Says("Precious");
        await bob.SeesStored("Precious");
        await ada.Presses("Delete", "Precious");
        await ada.Sees("Deleted · Undo");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await ada.SeesStored("Precious");
        await ada.Says("Still here");
        await bob.SeesStored("Precious", "Still here");
    }

    [Fact]
    public async Task After_a_moment_it_is_gone_for_both()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await ada.Says("Oops");
        await bob.SeesStored("Oops");
        await ada.Presses("Delete", "Oops");
        await bob.SeesStored("Message deleted");
        await ada.SeesStored("Message deleted");
        await Expect(bob.Page.GetByText("Oops")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Whoever_goes_to_another_room_meant_it()
    {
        var (ada, bob) = (await Patient("Ada"), await Guest("Bob"));
        var kitchen = await NewRoom("Kitchen");
        await ada.Says("Oops");
        await bob.SeesStored("Oops");
        await ada.Presses("Delete", "Oops");
        await ada.Sees("Deleted · Undo");
        await ada.Opens(kitchen);
        await bob.SeesStored("Message deleted");
    }

    [Fact]
    public async Task Whoever_leaves_the_page_meant_it()
    {
        var (ada, bob) = (await Patient("Ada"), await Guest("Bob"));
        await ada.Says("Oops");
        await bob.SeesStored("Oops");
        await ada.Presses("Delete", "Oops");
        await ada.Sees("Deleted · Undo");
        await ada.Page.GotoAsync("about:blank");
        await bob.SeesStored("Message deleted");
    }

    [Fact]
    public async Task A_moderator_deletes_what_somebody_else_said()
    {
        var owner = await Program("Owner");
        var room = $"owned-{Guid.NewGuid():n}";
        await owner.Ask(connection => connection.Create(room, "Owned"));
        var (ada, bob) = (await Guest("Ada", room), await Guest("Bob", room));
        await bob.Says("Rude");
        await ada.SeesStored("Rude");
        var status = await owner.Ask(connection => connection.Status(room));
        await owner.Ask(connection => connection.Role(room, status.Members.Single(member => member.Name == "Ada").User, "moderator"));
        await ada.Presses("Delete", "Rude");
        await bob.SeesStored("Message deleted");
    }

    /// <summary>A guest for whom the moment in which one can undo never ends by itself.</summary>
    private async Task<Person> Patient(string name)
    {
        var person = await Visitor(name);
        await person.Page.AddInitScriptAsync("const sooner = setTimeout; setTimeout = (act, ms, ...more) => ms === 5_000 ? 0 : sooner(act, ms, ...more);");
        await person.Opens(Room);
        await person.ComesIn();
        return person;
    }
}
