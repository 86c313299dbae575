using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>A room with more history than a page of it.</summary>
public sealed class OlderMessages(House house) : Visit(house)
{
    private const int Said = 120; // three pages, of 50

    [Fact]
    public async Task Scrolling_up_brings_older_messages_and_what_one_reads_stays_where_it_is()
    {
        var bob = await Program("Bob");
        await bob.Join(Room);
        for (var i = 1; i <= Said; i++) await bob.Post(Room, $"message {i}");

        var ada = await Guest("Ada");
        await Expect(ada.Texts.Last).ToHaveTextAsync($"message {Said}");
        await Expect(ada.Texts.Last).ToBeInViewportAsync();
        Assert.Equal(50, await ada.Texts.CountAsync());

        // Where the message that is being read stands, before and after the page above it has come.
        var jump = await ada.Page.EvaluateAsync<double>("""
            async () => {
              const scroller = document.querySelector(".log-scroller");
              const oldest = () => Number(document.querySelector(".message").dataset.seq);
              const before = oldest();
              scroller.scrollTop = 300;
              const reading = [...document.querySelectorAll(".message")].find(row => row.getBoundingClientRect().top > 200);
              const top = reading.getBoundingClientRect().top;
              while (oldest() === before) await new Promise(requestAnimationFrame);
              await new Promise(requestAnimationFrame);
              return reading.getBoundingClientRect().top - top;
            }
            """);
        Assert.InRange(jump, -1, 1);

        while (await ada.Texts.CountAsync() < Said)
        {
            var shown = await ada.Texts.CountAsync();
            await ada.Page.Locator(".log-scroller").EvaluateAsync("scroller => scroller.scrollTop = 0");
            await Expect(ada.Texts).Not.ToHaveCountAsync(shown);
        }

        await ada.Page.Locator(".log-scroller").EvaluateAsync("scroller => scroller.scrollTop = 0");
        await Expect(ada.Page.GetByText("Welcome to Garden")).ToBeInViewportAsync();
        await ada.SeesStored([.. Enumerable.Range(1, Said).Select(i => $"message {i}")]);

        await bob.Post(Room, "and one more");
        await Expect(ada.Texts.Last).ToHaveTextAsync("and one more");
        await Expect(ada.Page.GetByText("Welcome to Garden")).ToBeInViewportAsync(); // whoever reads above is left there
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "1 new message" }).ClickAsync();
        await Expect(ada.Texts.Last).ToBeInViewportAsync();

        await ada.Page.Locator(".log-scroller").EvaluateAsync("scroller => scroller.scrollTop = 0");
        await ada.Says("I have read it all"); // one sees what one says
        await Expect(ada.Texts.Last).ToHaveTextAsync("I have read it all");
        await Expect(ada.Texts.Last).ToBeInViewportAsync();
    }
}
