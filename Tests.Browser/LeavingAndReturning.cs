using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>A page that is left while something is on its way keeps its word when it is opened again.</summary>
public sealed class LeavingAndReturning(House house) : Visit(house)
{
    [Fact]
    public async Task What_was_written_without_a_connection_is_sent_once_after_a_reload()
    {
        using var wire = new Wire(Server.Address);
        var (ada, bob) = (await Guest("Ada", over: wire), await Program("Bob"));
        await bob.Join(Room);
        ada.ExpectsBrokenLines = true;
        wire.Cut();
        await ada.Says("from the dark");
        await ada.Says("and another");
        await Expect(ada.Page.Locator(".message.sending")).ToHaveCountAsync(2);
        wire.Restore();
        await ada.Page.ReloadAsync(); // whether or not it came through before
        await ada.SeesStored("from the dark", "and another");
        await ada.Page.ReloadAsync();
        await ada.SeesStored("from the dark", "and another");
        var history = await bob.Ask(connection => connection.History(Room));
        Assert.Equal(["from the dark", "and another"], history.Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task Who_goes_back_to_the_list_on_a_phone_has_not_read_what_comes_then()
    {
        var ada = await Visitor("Ada", new() { ViewportSize = new() { Width = 360, Height = 700 } });
        await ada.Opens(Room);
        await ada.ComesIn();
        var bob = await Program("Bob");
        await bob.Join(Room);
        await ada.Clicks("Back to the rooms");
        await Expect(ada.RoomRow("Garden")).ToBeVisibleAsync(); // what comes before that she may have seen
        await bob.Post(Room, "Are you there?");
        await Expect(ada.RoomRow("Garden").Locator(".badge")).ToContainTextAsync("1 unread");
        await ada.RoomRow("Garden").ClickAsync();
        await ada.SeesStored("Are you there?");
        await ada.Clicks("Back to the rooms");
        await Expect(ada.RoomRow("Garden").Locator(".badge")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_leaves_their_last_room_is_in_none()
    {
        var ada = await Guest("Ada", "lobby");
        await ada.Clicks("Room settings");
        await ada.Clicks("Leave this room");
        await ada.Dialog("Leave Lobby?").GetByText("Leave", new() { Exact = true }).ClickAsync();
        await Expect(ada.Page.GetByText("No room is open")).ToBeVisibleAsync();
        await Expect(ada.RoomRow("Lobby")).ToHaveCountAsync(0);
    }
}
