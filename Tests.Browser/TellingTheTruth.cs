using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>Whatever happens to the line, the sign-in or the room, the page says so, and goes on as far as it can.</summary>
public sealed class TellingTheTruth(House house) : Visit(house)
{
    private readonly House house = house;

    [Fact]
    public async Task While_the_network_is_cut_it_counts_down_and_tries_at_once_when_told_to()
    {
        using var wire = new Wire(Server.Address);
        var ada = await Guest("Ada", over: wire);
        ada.ExpectsBrokenLines = true;
        wire.Cut();
        await Expect(Banner(ada)).ToContainTextAsync("The connection is lost. What you write is kept and sent.");
        // After a few failures the pauses are long enough to press.
        await Expect(Banner(ada)).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"Next try in ([5-9]|1\d) s\."), new() { Timeout = 90_000 });
        wire.Restore();
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Try now" }).ClickAsync();
        await Expect(Banner(ada)).ToBeHiddenAsync();
        await ada.Says("Here again");
        await ada.SeesStored("Here again");
    }

    [Fact]
    public async Task While_offline_one_reads_and_writes_on_and_what_was_missed_is_filled_in()
    {
        using var wire = new Wire(Server.Address);
        var kitchen = await NewRoom("Kitchen");
        var bob = await Program("Bob");
        await bob.Join(Room);
        await bob.Join(kitchen);
        await bob.Post(kitchen, "soup");
        var ada = await Guest("Ada", kitchen, wire);
        await ada.SeesStored("soup");
        await ada.Opens(Room);
        await Expect(ada.Page.GetByText("Welcome to Garden")).ToBeVisibleAsync();

        ada.ExpectsBrokenLines = true;
        wire.Cut();
        await Expect(Banner(ada)).ToBeVisibleAsync();
        await bob.Post(Room, "meanwhile");
        await ada.Says("from the dark");
        await Expect(ada.Page.Locator(".message.sending .text")).ToHaveTextAsync("from the dark");
        await ada.Composer.FillAsync("half a thought");
        await ada.RoomRow("Kitchen").ClickAsync();
        await ada.Sees("soup");
        await ada.RoomRow("Garden").ClickAsync();
        await Expect(ada.Composer).ToHaveValueAsync("half a thought");

        wire.Restore();
        await ada.SeesStored("meanwhile", "from the dark");
        await Expect(Banner(ada)).ToBeHiddenAsync();
        await Expect(ada.Page.GetByText("New messages", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Whose_room_is_not_loaded_and_offline_is_told_that_it_will_be()
    {
        using var wire = new Wire(Server.Address);
        var kitchen = await NewRoom("Kitchen");
        var ada = await Guest("Ada", kitchen, wire);
        await ada.GoesInto(Room);
        await ada.Page.ReloadAsync();
        await ada.IsIn();
        ada.ExpectsBrokenLines = true;
        wire.Cut();
        await Expect(Banner(ada)).ToBeVisibleAsync();
        await ada.RoomRow("Kitchen").ClickAsync();
        await Expect(ada.Page.GetByText("This room is loaded as soon as there is a connection.")).ToBeVisibleAsync();
        wire.Restore();
        await Expect(ada.Page.GetByText("Welcome to Kitchen")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_signed_out_in_another_tab_reads_so_in_this_one()
    {
        var ada = await Guest("Ada");
        var other = await Person.At(ada.Page.Context, "Ada's other tab");
        await other.Opens(Room);
        await other.IsIn();
        await other.SignsOut();
        await Expect(ada.Page.GetByText("You signed out, here in another tab or on another device.")).ToBeVisibleAsync();
        await Expect(ada.Page.GetByLabel("Your name")).ToBeVisibleAsync();
        Assert.Empty(other.Complaints);
    }

    [Fact]
    public async Task Who_is_removed_from_a_room_reads_by_whom_and_why()
    {
        var owner = await Program("Olga");
        var room = $"{Room}-of-olga";
        await owner.Ask(connection => connection.Create(room, "Olga's garden"));
        var (ada, bob) = (await Guest("Ada", room), await Guest("Bob", room));
        var id = await ada.Id();
        await owner.Ask(connection => connection.Kick(room, id, "Take a walk"));
        await Expect(ada.Page.GetByText("Olga removed you from Olga's garden. “Take a walk”")).ToBeVisibleAsync();
        await Expect(ada.Composer).ToBeHiddenAsync();
        await Expect(ada.RoomRow("Olga's garden")).ToHaveCountAsync(0);

        await bob.Opens(Room); // and in another room one is told, too
        await Expect(bob.Page.GetByText("Welcome to Garden")).ToBeVisibleAsync();
        id = await bob.Id();
        await owner.Ask(connection => connection.Ban(room, id, "Spam"));
        await Expect(Banner(bob)).ToContainTextAsync("Olga banned you from Olga's garden. “Spam”");
        await Expect(bob.Composer).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Whose_room_is_deleted_reads_so()
    {
        var owner = await Program("Olga");
        var room = $"{Room}-of-olga";
        await owner.Ask(connection => connection.Create(room, "Olga's garden"));
        var ada = await Guest("Ada", room);
        await owner.Ask(connection => connection.Destroy(room));
        await Expect(ada.Page.GetByText("Olga's garden was deleted, with everything in it.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_server_that_goes_down_in_peace_is_named_as_the_cause()
    {
        var server = await house.NewServer();
        var ada = await Visitor("Ada", new() { BaseURL = server.Address.ToString() });
        await ada.Opens("lobby");
        await ada.ComesIn();
        ada.ExpectsBrokenLines = true;
        await server.Terminate();
        await Expect(Banner(ada)).ToContainTextAsync("The server is restarting.");
        await server.Start();
        await Expect(Banner(ada)).ToBeHiddenAsync();
        await ada.Says("There you are");
        await ada.SeesStored("There you are");
    }

    private static ILocator Banner(Person person) => person.Page.Locator(".banner-line:visible, .banner-notice:visible");
}
