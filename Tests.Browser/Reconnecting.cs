using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>The line breaks, the server dies: nothing is lost and nothing comes twice.</summary>
public sealed class Reconnecting(House house) : Visit(house)
{
    protected override Task<ChatServer> FindServer() => ChatServer.StartNew(); // to be killed

    protected override async Task Leave() => await Server.DisposeAsync();

    [Fact]
    public async Task After_the_server_was_killed_the_page_takes_up_where_it_was()
    {
        var ada = await Guest("Ada");
        var bob = await Program("Bob");
        await bob.Join(Room);
        await bob.Post(Room, "before");
        await ada.SeesStored("before");

        ada.ExpectsBrokenLines = true;
        await ada.Page.Context.SetOfflineAsync(true); // so that it is surely away while Bob speaks
        await Server.Kill();
        await Expect(ada.Page.GetByText("Reconnecting…")).ToBeVisibleAsync();
        await ada.Says("from the dark");
        await Expect(ada.Page.Locator(".message.sending .text")).ToHaveTextAsync("from the dark");

        await Server.Start();
        await bob.Post(Room, "meanwhile");
        await bob.Post(Room, "and again");
        await ada.Page.Context.SetOfflineAsync(false);
        await ada.SeesStored("before", "meanwhile", "and again", "from the dark");
        await Expect(ada.Page.GetByText("Reconnecting…")).ToHaveCountAsync(0);
        var history = await bob.Ask(connection => connection.History(Room));
        Assert.Equal(["before", "meanwhile", "and again", "from the dark"], history.Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task A_page_that_is_opened_while_the_server_is_away_waits_for_it()
    {
        var ada = await Guest("Ada");
        ada.ExpectsBrokenLines = true;
        await Server.Kill();
        await Expect(ada.Page.GetByText("Reconnecting…")).ToBeVisibleAsync();
        await Server.Start();
        await Expect(ada.Page.GetByText("Reconnecting…")).ToHaveCountAsync(0);
        await ada.Says("There you are");
        await ada.SeesStored("There you are");
    }
}
