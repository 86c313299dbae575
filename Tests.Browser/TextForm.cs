using System.Text.Json;

namespace OrleansChat.Tests.Browser;

/// <summary><c>text/</c>: what the signs in a text mean, shown as the elements that are made of them; and that no text takes long.</summary>
public sealed class TextForm(House house, TextPage page) : IClassFixture<TextPage>
{
    [Theory]
    [InlineData("**bold** and *italic*, _italic_, ~~gone~~", "<p><strong>bold</strong> and <em>italic</em>, <em>italic</em>, <s>gone</s></p>")]
    [InlineData("***both*** **bold *and italic***", "<p><strong><em>both</em></strong> <strong>bold <em>and italic</em></strong></p>")]
    [InlineData("**bold *and** open", "<p><strong>bold *and</strong> open</p>")]
    [InlineData("**two\nlines**", "<p><strong>two\nlines</strong></p>")]
    [InlineData("これは*大事*です", "<p>これは<em>大事</em>です</p>")]
    public Task Signs_around_words_give_them_weight(string text, string expected) => Reads(text, expected);

    [Theory]
    [InlineData("2*3*4 = 24, snake_case_name, a * b * c")]
    [InlineData(@"¯\_(ツ)_/¯ \*not this\*")]
    [InlineData("* one\n* two\n  * three")]
    [InlineData("** not bold ** and ~ ~~ **** ~~~")]
    [InlineData("   three   spaces,\ttab")]
    [InlineData("an `open tick and ``another")]
    [InlineData(">_< and >:(")]
    [InlineData("a@example.org, @ and @@")]
    public Task Signs_that_mean_nothing_stay_as_they_are(string text) => Reads(text, $"<p>{text.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)}</p>");

    [Theory]
    [InlineData("a `b*c*d` e", "<p>a <code>b*c*d</code> e</p>")]
    [InlineData("``a`b``", "<p><code>a`b</code></p>")]
    [InlineData("```js\nlet a;\n  **b**\n```\nafter", "<pre dir=\"ltr\"><code>let a;\n  **b**</code></pre><p>after</p>")]
    [InlineData("```one line```", "<pre dir=\"ltr\"><code>one line</code></pre>")]
    [InlineData("```\nnever *closed*", "<p>```\nnever <em>closed</em></p>")]
    public Task In_code_nothing_means_anything(string text, string expected) => Reads(text, expected);

    [Theory]
    [InlineData("> one\n> *two*\n\nmine", "<blockquote><p>one\n<em>two</em></p></blockquote><p>mine</p>")]
    [InlineData("> > inner\n> outer", "<blockquote><blockquote><p>inner</p></blockquote><p>outer</p></blockquote>")]
    [InlineData(">", "<p>&gt;</p>")]
    public Task Quotes_are_set_apart(string text, string expected) => Reads(text, expected);

    [Theory]
    [InlineData("See https://example.org/a_(b), (https://example.org/c).", "https://example.org/a_(b)", "https://example.org/c")]
    [InlineData("**https://example.org/** _https://example.org/d_ HTTP://EXAMPLE.ORG/E?f=g#h", "https://example.org/", "https://example.org/d", "HTTP://EXAMPLE.ORG/E?f=g#h")]
    [InlineData("javascript:alert(1) ftp://example.org data:text/html,x https:// xhttps://example.org //example.org")]
    [InlineData("https://example.org/\u202Egpj.exe https://example.com\u200B.evil.org", "https://example.org/", "https://example.com")]
    public async Task Web_addresses_are_links_to_what_one_sees(string text, params string[] links) =>
        Assert.Equal(links, await Run<string[]>("[...render(text, reader).querySelectorAll('a')].map(a => a.textContent === a.getAttribute('href') ? a.textContent : 'another')", text));

    [Theory]
    [InlineData("@ada, @bob. @ADA! (@ada-) @bob_x @carol", "@Ada Lovelace mine|@Bob|@Ada Lovelace mine|@Ada Lovelace mine")]
    [InlineData("a@ada @adaé x@ada .@ada @@ada `@ada`", "")]
    public async Task Who_is_spoken_to_is_shown_by_name_and_the_others_are_not(string text, string expected) =>
        Assert.Equal(expected, await Run<string>("[...render(text, reader).querySelectorAll('.mention')].map(m => m.textContent + (m.matches('.mine') ? ' mine' : '')).join('|')", text));

    [Fact]
    public async Task However_many_are_spoken_to_it_is_asked_who_twenty_of_them_are() =>
        Assert.Equal("20 shown, 20 asked for", await Run<string>("""
            (() => {
              const asked = new Set();
              const nameOf = user => { asked.add(user); return `The one called ${user}`; };
              const shown = render(text, { me: "ada", nameOf }).querySelectorAll(".mention").length;
              plain(text, nameOf);
              return `${shown} shown, ${asked.size} asked for`;
            })()
            """, string.Join(' ', Enumerable.Range(1, 800).Select(i => $"@u{i}"))));

    [Theory]
    [InlineData("🎉", true)]
    [InlineData("👩‍💻 ❤️ 🇪🇺", true)]
    [InlineData("🎉!", false)]
    [InlineData("12", false)]
    [InlineData("🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉", false)]
    public async Task Nothing_but_a_few_emoji_is_shown_larger(string text, bool larger) =>
        Assert.Equal(larger, await Run<bool>("render(text, reader).matches('.big')", text));

    [Theory]
    [InlineData("> quoted\n\n**Well**, @ada:\n```\ncode\n```", "quoted Well, @Ada Lovelace: code")]
    [InlineData("  see   https://example.org  ", "see https://example.org")]
    public async Task A_preview_is_one_line_without_signs(string text, string expected) =>
        Assert.Equal(expected, await Run<string>("plain(text, reader.nameOf)", text));

    /// <summary>Texts a hundred times as long as any may be: whatever took quadratic time on them would take minutes.</summary>
    [Theory]
    [InlineData("\"*\".repeat(400000)")]
    [InlineData("\"*a \".repeat(130000)")]
    [InlineData("\"*a\".repeat(100000) + \"a*\".repeat(100000)")]
    [InlineData("\"**a *b ~~c _d \".repeat(30000)")]
    [InlineData("\"`\".repeat(400000)")]
    [InlineData("Array.from({ length: 800 }, (_, i) => \"`\".repeat(i + 1)).join(\" \")")]
    [InlineData("\"`a \".repeat(130000)")]
    [InlineData("\">\".repeat(400000)")]
    [InlineData("\"> \".repeat(200000)")]
    [InlineData("\">\\n> >\\n\".repeat(60000)")]
    [InlineData("\"```\\n\".repeat(100000)")]
    [InlineData("\"```x\\n\".repeat(80000)")]
    [InlineData("\"https://\".repeat(50000)")]
    [InlineData("\"http://[\".repeat(50000)")]
    [InlineData("\"https://a.b/\" + \"(\".repeat(200000) + \")\".repeat(200000)")]
    [InlineData("\"@a\".repeat(200000)")]
    [InlineData("\"🎉\".repeat(200000)")]
    [InlineData("\"\\u202E\\u2067\".repeat(200000)")]
    public async Task A_hostile_text_is_read_at_once_and_nests_nothing_deeply(string text)
    {
        var depth = await Run<int>("""
            (() => {
              const deep = part => 1 + Math.max(0, ...(Array.isArray(part.content) ? part.content.filter(run => typeof run === "object").slice(0, 10000).map(deep) : []));
              plain(text, reader.nameOf);
              return Math.max(0, ...parse(text).slice(0, 10000).map(deep));
            })()
            """, text, raw: true);
        Assert.InRange(depth, 1, 9); // three quotes, words, four kinds of emphasis, and what is in them
    }

    private async Task Reads(string text, string expected) => Assert.Equal(expected, await Run<string>("render(text, reader).innerHTML", text));

    private Task<T> Run<T>(string script, string text, bool raw = false) => page.Run<T>(house, $$"""
        async () => {
          const { parse } = await import("/text/parse.js");
          const { render } = await import("/text/render.js");
          const { plain } = await import("/text/plain.js");
          const people = { ada: "Ada Lovelace", bob: "Bob" };
          const reader = { me: "ada", nameOf: user => people[user] };
          const text = {{(raw ? text : JsonSerializer.Serialize(text))}};
          return {{script}};
        }
        """);
}
