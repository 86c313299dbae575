using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>The line breaks, the server dies: nothing is lost and nothing comes twice.</summary>
public sealed class Reconnecting(House house) : Visit(house)
{
    private readonly House house = house;

    protected override async Task<ChatServer> FindServer()
    {
        var server = await house.Breakable;
        if (!server.Runs) await server.Start(); // a test that failed may have left it dead
        return server;
    }

    [Fact]
    public async Task After_the_server_was_killed_the_page_takes_up_where_it_was()
    {
        var ada = await Guest("Ada");
        var bob = await Program("Bob");
        await bob.Join(Room);
        await bob.Post(Room, "before");
        await ada.SeesStored("before");

        ada.ExpectsBrokenLines = true;
        await Server.Kill();
        await Expect(ada.Page.GetByText("What you write is kept and sent.")).ToBeVisibleAsync();
        await ada.Page.Context.SetOfflineAsync(true); // so that it is surely away while Bob speaks
        await ada.Says("from the dark");
        await Expect(ada.Page.Locator(".message.sending .text")).ToHaveTextAsync("from the dark");

        await Server.Start();
        await bob.Post(Room, "meanwhile");
        await bob.Post(Room, "and again");
        await ada.Page.Context.SetOfflineAsync(false);
        await ada.SeesStored("before", "meanwhile", "and again", "from the dark");
        await Expect(ada.Page.GetByText("What you write is kept and sent.")).ToHaveCountAsync(0);
        var history = await bob.Ask(connection => connection.History(Room));
        Assert.Equal(["before", "meanwhile", "and again", "from the dark"], history.Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task Who_came_and_went_during_a_break_is_known_after_it()
    {
        var ada = await Guest("Ada");
        var bob = await Guest("Bob");
        await Expect(ada.Members("Here now")).ToHaveTextAsync(["Ada", "Bob"]);
        ada.ExpectsBrokenLines = bob.ExpectsBrokenLines = true;
        await Server.Kill();
        await bob.Page.CloseAsync();
        await Server.Start();
        await Expect(ada.Members("Away")).ToHaveTextAsync(["Bob"]);
        await Expect(ada.Members("Here now")).ToHaveTextAsync(["Ada"]);
    }

    [Fact]
    public async Task A_page_that_waits_for_the_server_says_so_until_it_is_back()
    {
        var ada = await Guest("Ada");
        ada.ExpectsBrokenLines = true;
        await Server.Kill();
        await Expect(ada.Page.GetByText("What you write is kept and sent.")).ToBeVisibleAsync();
        await Server.Start();
        await Expect(ada.Page.GetByText("What you write is kept and sent.")).ToHaveCountAsync(0);
        await ada.Says("There you are");
        await ada.SeesStored("There you are");
    }
}
