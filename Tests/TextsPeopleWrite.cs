namespace OrleansChat.Tests;

public sealed class TextsPeopleWrite
{
    [Theory]
    [InlineData("tea\tand\ncake", true, "ok")]
    [InlineData("tea\tand cake", false, "BadRequest")]
    [InlineData("tea\nand cake", false, "BadRequest")]
    [InlineData("tea\rand cake", true, "BadRequest")]
    [InlineData("tea\0", true, "BadRequest")]
    [InlineData("tea\u001b[31m", true, "BadRequest")]
    [InlineData("tea\u007f", true, "BadRequest")]
    [InlineData("tea\u0085and cake", true, "BadRequest")]
    [InlineData("tea\u200d\u202eand cake", true, "ok")] // zero width and direction are letters' neighbours, not control
    public void Of_control_characters_only_tab_and_newline_pass_and_only_where_lines_are(string text, bool lines, string expected) =>
        Assert.Equal(expected, Texts.Check("text", text, 1, 100, out _, lines)?.Code.ToString() ?? "ok");

    [Theory]
    [InlineData(0, 1, 3, "BadRequest")]
    [InlineData(1, 1, 3, "ok")]
    [InlineData(3, 1, 3, "ok")]
    [InlineData(4, 1, 3, "TooLong")]
    [InlineData(0, 0, 3, "ok")]
    [InlineData(1_000_000, 0, 3, "TooLong")]
    public void Sizes_are_code_points(int length, int min, int max, string expected)
    {
        foreach (var letter in new[] { "a", "é", "👍" })
        {
            var text = string.Concat(Enumerable.Repeat(letter, length));
            Assert.Equal(expected, Texts.Check("text", text, min, max, out _)?.Code.ToString() ?? "ok");
        }
    }

    [Fact]
    public void Texts_are_trimmed_before_they_are_measured()
    {
        Assert.Null(Texts.Check("name", " \t\r\n Ada   ", 1, 3, out var trimmed));
        Assert.Equal("Ada", trimmed);
        Assert.NotNull(Texts.Check("name", null, 1, 3, out trimmed));
        Assert.Equal("", trimmed);
    }

    [Theory]
    [InlineData("k", true)]
    [InlineData("!~{}\"\\", true)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123", true)]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData(" ", false)]
    [InlineData("a\u007f", false)]
    [InlineData("é", false)]
    public void A_key_is_1_to_64_visible_ascii_characters(string? key, bool good) => Assert.Equal(good, Texts.CheckKey(key) is null);

    [Theory]
    [InlineData("👍", true)]
    [InlineData("👩‍👩‍👧‍👦", true)] // seven code points
    [InlineData("1️⃣", true)]
    [InlineData("🇨🇦", true)]
    [InlineData("!!!!!!!!!!!!!!!!", true)]
    [InlineData("!!!!!!!!!!!!!!!!!", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("lol", false)]
    [InlineData("é", false)]
    [InlineData("👍 ", false)]
    [InlineData("\n", false)]
    public void An_emoji_is_1_to_16_code_points_without_letters(string? emoji, bool good) => Assert.Equal(good, Texts.CheckEmoji(emoji) is null);
}
