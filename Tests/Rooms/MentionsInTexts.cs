using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Rooms;

public sealed class MentionsInTexts
{
    private static readonly HashSet<UserId> Members =
        [.. new[] { "ada", "bob", "bob.", "ad", "mary-jane", "x".PadRight(32, 'y') }.Select(id => UserId.Parse(id))];

    [Theory]
    [InlineData("@ada", "ada")]
    [InlineData("Hello @ada, how are you?", "ada")]
    [InlineData("@Ada and @BOB", "ada bob")]
    [InlineData("@ada @ada @ada", "ada")]
    [InlineData("Ask @ada.", "ada")]
    [InlineData("Ask @ada...", "ada")]
    [InlineData("Ask @bob.", "bob.")] // somebody is called so
    [InlineData("(@ada)", "ada")]
    [InlineData("Is it @ada's?", "ada")]
    [InlineData("line\n@ada", "ada")]
    [InlineData("@mary-jane_", "mary-jane")]
    [InlineData("@xyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy.", "xyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy")]
    public void An_at_sign_before_a_member_speaks_to_them(string text, string expected) =>
        Assert.Equal(expected.Split(' '), Mentions.In(text, Members.Contains).Select(user => user.Value));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@")]
    [InlineData("@ ada")]
    [InlineData("@nobody")]
    [InlineData("@ada-bob")]
    [InlineData("mail@ada")]
    [InlineData("é@ada")]
    [InlineData("@@ada")]
    [InlineData("@adé")] // not ad
    [InlineData("@ade\u0301")]
    [InlineData("@xyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyz")] // 33 letters are nobody's name
    public void Everything_else_speaks_to_nobody(string? text) => Assert.Empty(Mentions.In(text, Members.Contains));

    [Fact]
    public void A_text_full_of_at_signs_takes_no_time()
    {
        var text = string.Concat(Enumerable.Repeat("@a.", 1_300)) + new string('@', 100);
        Assert.Empty(Mentions.In(text, Members.Contains));
    }
}
