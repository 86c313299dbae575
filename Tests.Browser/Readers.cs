using OrleansChat.Client;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>In a small room one sees who has read what one said.</summary>
public sealed class Readers(House house) : Visit(house)
{
    [Fact]
    public async Task It_stands_under_the_last_message_that_each_has_read_and_follows_them()
    {
        var (ada, bob, carol) = (await Guest("Ada"), await Program("Bob"), await Program("Carol"));
        await bob.Join(Room);
        await carol.Join(Room);
        await Expect(ada.Members("Here now")).ToHaveCountAsync(3);
        await ada.Says("One");
        await ada.Says("Two");
        await ada.SeesStored("One", "Two");
        var (one, two) = await Marks(bob);
        await bob.Ask(connection => connection.Read(Room, one));
        await Expect(ada.Message("One").Locator(".readers")).ToHaveTextAsync("Read by Bob");
        await carol.Ask(connection => connection.Read(Room, two));
        await Expect(ada.Message("Two").Locator(".readers")).ToHaveTextAsync("Read by Carol");
        await bob.Ask(connection => connection.Read(Room, two));
        await Expect(ada.Page.Locator(".readers")).ToHaveTextAsync(["Read by Bob, Carol"]);
        await bob.Post(Room, "I have");
        await Expect(ada.Page.Locator(".readers")).ToHaveTextAsync(["Read by Carol"]); // of Bob, one sees it
    }

    [Fact]
    public async Task Whoever_comes_back_sees_who_had_read_it_meanwhile()
    {
        var (ada, bob) = (await Guest("Ada"), await Program("Bob"));
        await bob.Join(Room);
        await ada.Says("One");
        await ada.Says("Two");
        await ada.SeesStored("One", "Two");
        await bob.Ask(connection => connection.Read(Room, Marks(bob).Result.Two));
        await ada.Page.ReloadAsync();
        await ada.IsIn();
        await Expect(ada.Page.Locator(".readers")).ToHaveTextAsync(["Read by Bob"]);
    }

    [Fact]
    public async Task In_a_large_room_nobody_is_watched()
    {
        var ada = await Guest("Ada");
        for (var i = 1; i <= 25; i++) await (await Program($"Bob {i}")).Join(Room);
        var carol = await Program("Carol");
        await carol.Join(Room);
        await ada.Says("One");
        await ada.Says("Two");
        await ada.SeesStored("One", "Two");
        await carol.Ask(connection => connection.Read(Room, Marks(carol).Result.Two));
        await carol.Post(Room, "Read it");
        await ada.SeesStored("One", "Two", "Read it");
        await Expect(ada.Page.Locator(".readers")).ToHaveCountAsync(0);
    }

    /// <summary>The numbers of the last two messages.</summary>
    private async Task<(long One, long Two)> Marks(ChatClient reader)
    {
        var history = await reader.Ask(connection => connection.History(Room));
        return (history.Messages[^2].Seq, history.Messages[^1].Seq);
    }
}
