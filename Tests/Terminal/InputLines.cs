using OrleansChat.Terminal.Writing;

namespace OrleansChat.Tests.Terminal;

/// <summary>The line that one writes, edited as in a shell.</summary>
public sealed class InputLines
{
    private const string Family = "👨‍👩‍👧"; // one character, of five code points

    [Fact]
    public void What_people_see_as_one_character_is_one_for_every_key()
    {
        var line = InputLine.Of($"a{Family}e\u0301");
        Assert.Equal($"a{Family}", line.Backspace().Text);
        Assert.Equal("a", line.Backspace().Backspace().Text);
        Assert.Equal("ae\u0301", line.Left().Left().Delete().Text);
        Assert.Equal(line.At, line.Left().Left().Left().Left().Right().Right().Right().Right().At);
    }

    [Fact]
    public void Words_and_halves_are_cut()
    {
        var line = InputLine.Of("tea and coffee");
        Assert.Equal("tea and ", line.CutWord().Text);
        Assert.Equal(new InputLine("tea coffee", 4), line.WordLeft().CutWord());
        Assert.Equal(new InputLine("coffee", 0), line.WordLeft().CutToStart());
        Assert.Equal("tea and ", line.WordLeft().CutToEnd().Text);
        Assert.Equal(3, line.Home().WordRight().At);
    }

    [Fact]
    public void Nothing_that_a_terminal_would_obey_gets_in_by_pasting() =>
        Assert.Equal("a[31mb\nc", InputLine.Empty.Insert("a\e[31mb\n\ac").Text);

    [Theory]
    [InlineData("short", 5, "short", 5)]
    [InlineData("a line that is longer", 21, "s longer", 8)]
    [InlineData("a line that is longer", 0, "a line th", 0)]
    [InlineData("你好你好你好", 6, "好你好", 6)]
    [InlineData("one\ntwo", 7, "one↵two", 7)]
    public void The_cursor_is_always_in_sight(string text, int at, string shown, int column) =>
        Assert.Equal((shown, column), new InputLine(text, at).Window(9) is var window && text.StartsWith('你') ? new InputLine(text, at).Window(7) : window);
}
