using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>The search: what was said is found by its words, and leads into its place.</summary>
public sealed class Finding(House house) : Visit(house)
{
    [Fact]
    public async Task What_was_searched_for_is_marked_whatever_its_case()
    {
        var ada = await Guest("Ada");
        await ada.Says("The Café on the corner has cafés next to it");
        await ada.SeesStored("The Café on the corner has cafés next to it");
        await Search(ada, "café");
        await Expect(Results(ada).Locator("mark")).ToHaveTextAsync(["Café", "café"]);
        await Expect(Results(ada)).ToContainTextAsync("Ada");
        await Expect(Results(ada)).ToContainTextAsync("# Garden");
    }

    [Fact]
    public async Task The_newest_comes_first_and_the_rest_as_one_scrolls()
    {
        var bob = await Program("Bob");
        await bob.Join(Room);
        for (var i = 1; i <= 40; i++) await bob.Post(Room, $"Apple {i}");
        var ada = await Guest("Ada");
        await Search(ada, "apple");
        await Expect(Results(ada).First).ToContainTextAsync("Apple 40");
        await Expect(Results(ada)).ToHaveCountAsync(30);
        await Results(ada).Last.ScrollIntoViewIfNeededAsync();
        await Expect(Results(ada)).ToHaveCountAsync(40);
        await Expect(Results(ada).Last).ToContainTextAsync("Apple 1");
        await Expect(Status(ada)).ToHaveTextAsync("40 messages");
    }

    [Fact]
    public async Task A_press_on_what_was_found_leads_to_it()
    {
        var bob = await Program("Bob");
        await bob.Join(Room);
        await bob.Post(Room, "The treasure is under the apple tree");
        for (var i = 1; i <= 120; i++) await bob.Post(Room, $"Line {i}");
        var ada = await Guest("Ada");
        await Expect(ada.Message("Line 120")).ToBeVisibleAsync();
        await Expect(ada.Message("treasure")).ToHaveCountAsync(0);
        await Search(ada, "treasure");
        await Results(ada).ClickAsync();
        await Expect(ada.Message("treasure")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task One_searches_this_room_or_all_of_ones_rooms_but_never_anothers()
    {
        var (kitchen, cellar) = (await NewRoom("Kitchen"), await NewRoom("Cellar"));
        var bob = await Program("Bob");
        foreach (var room in new[] { Room, kitchen, cellar })
        {
            await bob.Join(room);
            await bob.Post(room, $"Plums in {room.Split('-')[0]}");
        }

        var ada = await Guest("Ada", kitchen);
        await ada.GoesInto(Room);
        await Search(ada, "plums");
        await Expect(Results(ada).Locator(".search-text")).ToHaveTextAsync(["Plums in kitchen", "Plums in garden"]);
        await ada.Page.GetByLabel("This room").CheckAsync();
        await Expect(Results(ada).Locator(".search-text")).ToHaveTextAsync(["Plums in garden"]);
        await ada.GoesTo("Kitchen");
        await Expect(Results(ada).Locator(".search-text")).ToHaveTextAsync(["Plums in kitchen"]);
    }

    [Fact]
    public async Task It_says_so_when_there_is_nothing_and_when_there_is_too_little_to_search_for()
    {
        var ada = await Guest("Ada");
        await Search(ada, "x");
        await Expect(Status(ada)).ToHaveTextAsync("Type at least two letters.");
        await Search(ada, "!!!");
        await Expect(Status(ada)).ToHaveTextAsync("Type at least two letters.");
        await Search(ada, "unheard");
        await Expect(Status(ada)).ToHaveTextAsync("Nothing with “unheard” was found.");
        await Search(ada, "");
        await Expect(Status(ada)).ToHaveTextAsync("Type a word that was said. The last one may be unfinished.");
    }

    [Fact]
    public async Task The_keyboard_goes_from_the_field_through_the_results_and_back()
    {
        var bob = await Program("Bob");
        await bob.Join(Room);
        await bob.Post(Room, "Pears one");
        await bob.Post(Room, "Pears two");
        var ada = await Guest("Ada");
        await Search(ada, "pears");
        await Expect(Results(ada)).ToHaveCountAsync(2);
        await ada.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Results(ada).First).ToBeFocusedAsync();
        await ada.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Results(ada).Last).ToBeFocusedAsync();
        await ada.Page.Keyboard.PressAsync("ArrowUp");
        await ada.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(Field(ada)).ToBeFocusedAsync();
        await ada.Page.Keyboard.PressAsync("Escape");
        await Expect(Field(ada)).ToBeHiddenAsync();
        await Expect(ada.Composer).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData("plain words", "word", "plain [word]s")]
    [InlineData("words, word; sword", "word", "[word]s, [word]; sword")]
    [InlineData("red and blue and red", "red blue", "[red] and [blue] and [red]")]
    [InlineData("Éclair for the ÉCLAIRS", "éclair", "[Éclair] for the [ÉCLAIR]S")]
    [InlineData("Cafe\u0301s", "café", "[Cafe\u0301]s")]
    [InlineData("東京タワー", "京", "東[京]タワー")]
    [InlineData("<b>bold</b> words", "bold", "<b>[bold]</b> words")]
    [InlineData("nothing here", "", "nothing here")]
    public async Task Only_what_was_searched_for_is_marked(string text, string query, string expected)
    {
        var ada = await Visitor("Ada");
        await ada.Page.RouteAsync("**/empty", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<link rel=icon href=icon.svg>" }));
        await ada.Page.GotoAsync("/empty");
        var marked = await ada.Page.EvaluateAsync<string>(
            """
            async ([text, query]) => {
              const { marked } = await import("/components/search/hits.js");
              return marked(text, query).map(part => typeof part === "string" ? part : `[${part.textContent}]`).join("");
            }
            """, new[] { text, query });
        Assert.Equal(expected, marked);
    }

    private static async Task Search(Person person, string query)
    {
        await person.Page.Keyboard.PressAsync("Control+Shift+F");
        await Expect(Field(person)).ToBeFocusedAsync();
        await Field(person).FillAsync(query);
    }

    private static ILocator Field(Person person) => person.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search messages" });

    private static ILocator Results(Person person) => person.Page.Locator("#search .search-result");

    private static ILocator Status(Person person) => person.Page.Locator("#search").GetByRole(AriaRole.Status);
}
