using Microsoft.Playwright;
using OrleansChat.Client;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>Whatever somebody writes is text in the other's page, and nothing else.</summary>
public sealed class HostileTexts(House house) : Visit(house)
{
    public static TheoryData<string> Texts => new(
        "<script>document.title = 'taken'</script>",
        "<img src=x onerror=alert(1)><svg onload=alert(1)>",
        "javascript:alert(1) data:text/html,<b>hello</b>",
        "\u202Egnp.exe \u2067right\u2066left", // bidi overrides and isolates that nobody ends
        "zero\u200Bwidth\u200D\u200C\uFEFFspace",
        "Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324\u031E\u0349\u035A\u032Fa\u0360l\u0328g\u0321o");

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task It_is_shown_as_it_was_written(string text)
    {
        var bob = await Program("Bob");
        await bob.Join(Room);
        await bob.Post(Room, text);
        var ada = await Guest("Ada");
        await Expect(ada.Texts).ToHaveCountAsync(1);
        Assert.Equal(text, await ada.Texts.TextContentAsync());
        Assert.Equal(0, await ada.Texts.Locator("script, img, svg, b, a").CountAsync());
        Assert.Equal("Garden · OrleansChat", await ada.Page.TitleAsync());
    }

    [Fact]
    public async Task A_huge_word_makes_nothing_wider()
    {
        var bob = await Program(new string('B', 100));
        await bob.Join(Room);
        await bob.Post(Room, new string('w', 4000));
        foreach (var width in new[] { 360, 800, 1440 })
        {
            var ada = await Visitor("Ada", new() { ViewportSize = new() { Width = width, Height = 700 } });
            await ada.Opens(Room);
            await ada.ComesIn();
            await Expect(ada.Texts).ToHaveCountAsync(1);
            Assert.Empty(await Beyond(ada));
        }
    }

    /// <summary>The parts of the page that became wider than they are shown.</summary>
    private static Task<string[]> Beyond(Person person) => person.Page.EvaluateAsync<string[]>("""
        () => [...document.querySelectorAll("html, #rooms, #room, #members, .log-scroller, .message")]
          .filter(part => part.scrollWidth > part.clientWidth).map(part => part.id || part.className || part.tagName)
        """);

    public static TheoryData<string> Monsters => new(
        string.Concat(Enumerable.Repeat("🎈", 4000)),
        new string('*', 4000),
        string.Concat(Enumerable.Repeat("**a *b ~~c _d ", 285)),
        new string('`', 4000),
        string.Concat(Enumerable.Repeat("> ", 1998)) + "deep",
        string.Concat(Enumerable.Repeat("```\n", 999)) + "x",
        string.Concat(Enumerable.Repeat("@ada ", 800)),
        string.Concat(Enumerable.Repeat("https://a.b/((", 285)),
        string.Concat(Enumerable.Repeat("\u202E\u2067a", 1333)),
        string.Concat(Enumerable.Repeat("\u200B\u200D", 1999)) + "x");

    [Theory]
    [MemberData(nameof(Monsters))]
    public async Task As_much_of_anything_as_may_be_sent_leaves_the_others_page_as_it_was(string text)
    {
        var bob = await Program("Bob");
        await bob.Join(Room);
        var ada = await Guest("Ada");
        await bob.Post(Room, text);
        await bob.Post(Room, "and a *word* more");
        await Expect(ada.Texts.Last).ToHaveTextAsync("and a word more");
        await ada.Says("That was all?");
        await Expect(ada.Texts.Last).ToHaveTextAsync("That was all?");
        await Expect(ada.Texts).ToHaveCountAsync(3);
        Assert.Equal("Garden · OrleansChat", await ada.Page.TitleAsync());
        Assert.Empty(await Beyond(ada));
        var deepest = await ada.Texts.First.EvaluateAsync<int>("text => Math.max(...[text, ...text.querySelectorAll('*')].map(part => { let depth = 0; for (; part !== text; part = part.parentElement) depth++; return depth; }))");
        Assert.InRange(deepest, 1, 9);
    }

    [Fact]
    public async Task A_bidi_override_turns_nothing_but_its_own_text()
    {
        var bob = await Program("Bob \u202E");
        await bob.Join(Room);
        await bob.Post(Room, "\u202Eevil");
        var ada = await Guest("Ada");
        await Expect(ada.Texts).ToHaveCountAsync(1);
        var author = await ada.Page.Locator(".message .author").BoundingBoxAsync();
        var time = await ada.Page.Locator(".message header time").BoundingBoxAsync();
        Assert.True(author!.X < time!.X);
    }

    [Fact]
    public async Task Nor_does_one_that_was_asked_for_turn_the_sentence_around_it()
    {
        const string Query = "\u202Enobody";
        var ada = await Guest("Ada");
        for (var i = 1; i <= 21; i++) await (await Program($"Person {i}")).Join(Room);
        await ada.Page.GetByLabel("Find a member").FillAsync(Query);
        await StandsBefore(ada, "Nobody here is called “", Query, "”.");
        await ada.Clicks("Find or create a room");
        await ada.Page.GetByLabel("Find a room").FillAsync(Query);
        await StandsBefore(ada, "No room has “", Query, "” in its name or topic.");
        await ada.Page.Keyboard.PressAsync("Escape");
        await ada.Page.Keyboard.PressAsync("Control+Shift+F");
        await ada.Page.Locator("#search").GetByRole(AriaRole.Searchbox).FillAsync(Query);
        await StandsBefore(ada, "Nothing with “", Query, "” was found.");
        await ada.Clicks("Room settings");
        await ada.Page.GetByLabel("User id, or the name of somebody you know").FillAsync(Query);
        await ada.Clicks("Invite");
        await StandsBefore(ada, "There is nobody with the id “", Query, "”.");
    }

    [Fact]
    public async Task Nor_does_one_in_the_reason_of_a_removal()
    {
        const string Reason = "\u202Enobody";
        var owner = await Program("Olga");
        var room = $"{Room}-of-olga";
        await owner.Ask(connection => connection.Create(room, "Olga's garden"));
        var ada = await Guest("Ada", room);
        var id = await ada.Id();
        await owner.Ask(connection => connection.Kick(room, id, Reason));
        await StandsBefore(ada, "Olga removed you from Olga's garden. “", Reason, "”");
    }

    /// <summary>What ends in "nobody" has what follows it to its right, whichever way it turns itself.</summary>
    private static async Task StandsBefore(Person person, string before, string text, string after)
    {
        var sentence = person.Page.GetByText(before + text + after);
        await Expect(sentence).ToBeVisibleAsync();
        Assert.True(await sentence.EvaluateAsync<bool>("""
            sentence => {
              const left = (text, from, to) => {
                const range = document.createRange();
                range.setStart(text, from);
                range.setEnd(text, to);
                return range.getBoundingClientRect().left;
              };
              const nobody = ([...sentence.querySelectorAll("bdi")].at(-1) ?? sentence).firstChild;
              const rest = sentence.lastChild;
              const at = nobody.data.lastIndexOf("nobody");
              return left(nobody, at, at + "nobody".length) < left(rest, rest.length - 1, rest.length);
            }
            """), $"{before}…{after}");
    }

    [Fact]
    public async Task Ten_thousand_emoji_are_too_long_and_stay_in_the_field()
    {
        var ada = await Guest("Ada");
        var text = string.Concat(Enumerable.Repeat("🎈", 10_000));
        await ada.Says(text);
        await Expect(ada.Page.Locator(".composer .left")).ToHaveTextAsync("-6000");
        await Expect(ada.Composer).ToHaveValueAsync(text);
        await ada.Sees();
        var bob = await Program("Bob");
        await bob.Join(Room);
        var refusal = await Assert.ThrowsAsync<ChatException>(() => bob.Post(Room, text[..8002])); // 4,001 of them
        Assert.Equal("too_long", refusal.Code);
        await ada.Says("shorter");
        await ada.SeesStored("shorter");
    }

    [Fact]
    public async Task A_web_address_is_a_link_that_gives_nothing_away()
    {
        var ada = await Guest("Ada");
        await ada.Says("See https://example.org/a?b=c, and more.");
        var link = ada.Texts.Locator("a");
        await Expect(link).ToHaveTextAsync("https://example.org/a?b=c");
        await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer");
    }

    [Fact]
    public async Task The_page_forbids_itself_what_it_does_not_need()
    {
        var ada = await Visitor("Ada");
        var page = await ada.Page.GotoAsync("/");
        var policy = await page!.HeaderValueAsync("content-security-policy");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", await page.HeaderValueAsync("x-content-type-options"));
    }
}
