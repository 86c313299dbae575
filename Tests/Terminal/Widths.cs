using OrleansChat.Terminal.Screen;

namespace OrleansChat.Tests.Terminal;

/// <summary>How many columns a text takes, and where it is broken.</summary>
public sealed class Widths
{
    [Theory]
    [InlineData("Ada", 3)]
    [InlineData("你好", 4)]
    [InlineData("👍", 2)]
    [InlineData("👨‍👩‍👧", 2)]
    [InlineData("🇩🇪", 2)]
    [InlineData("❤️", 2)]
    [InlineData("e\u0301", 1)]
    [InlineData("\u200B", 0)]
    [InlineData("", 0)]
    public void A_text_is_as_wide_as_it_looks(string text, int width) => Assert.Equal(width, TextWidth.Of(text));

    [Theory]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("one two three", 8, "one two|three")]
    [InlineData("one two three", 6, "one|two|three")]
    [InlineData("extraordinary", 5, "extra|ordin|ary")]
    [InlineData("a extraordinary", 5, "a|extra|ordin|ary")]
    [InlineData("你好你好", 5, "你好|你好")]
    [InlineData("tea 你好 👍", 6, "tea|你好|👍")]
    [InlineData("a\n\nb", 9, "a||b")]
    [InlineData("", 9, "")]
    public void Lines_are_broken_between_words_and_never_within_a_character(string text, int width, string lines) =>
        Assert.Equal(lines.Split('|'), TextWidth.Wrap(text, width));

    [Fact]
    public void No_line_of_any_text_is_wider_than_it_may_be()
    {
        foreach (var text in new[] { "the quick brown fox", "你好 wide👨‍👩‍👧🇩🇪 and ❤️", new('\u0301', 20), "  spaces   everywhere  ", "a界b界c界d界" })
        {
            for (var width = 2; width < 12; width++)
            {
                Assert.All(TextWidth.Wrap(text, width), line => Assert.InRange(TextWidth.Of(line), 0, width));
                Assert.InRange(TextWidth.Of(TextWidth.Clip(text, width)), 0, width);
            }
        }
    }

    [Fact]
    public void What_is_cut_off_says_so()
    {
        Assert.Equal("Ada", TextWidth.Clip("Ada", 3));
        Assert.Equal("A…", TextWidth.Clip("Ada", 2));
        Assert.Equal("你…", TextWidth.Clip("你好吗", 4));
    }
}
