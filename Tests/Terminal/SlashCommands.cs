using OrleansChat.Terminal.Writing;

namespace OrleansChat.Tests.Terminal;

/// <summary>Lines that begin with a slash, and what Tab makes of them.</summary>
public sealed class SlashCommands
{
    private static readonly string[] Rooms = ["lobby", "ops", "opera"];
    private static readonly (string, string)[] People = [("bob", "Bob"), ("guest-7", "Bea Arthur")];

    [Fact]
    public void A_line_is_a_message_unless_it_begins_with_one_slash()
    {
        Assert.Null(Command.Of("hello /there"));
        Assert.Null(Command.Of("//not a command"));
        Assert.Null(Command.Of("/"));
        Assert.Equal(new Command("join", "ops", null), Command.Of("/join ops"));
    }

    [Fact]
    public void A_number_names_a_message_where_a_command_is_about_one()
    {
        Assert.Equal(new Command("edit", "say it so", 12), Command.Of("/edit 12 say it so"));
        Assert.Equal(new Command("react", "👍", 12), Command.Of("/react #12 👍"));
        Assert.Equal(new Command("edit", "all of it", null), Command.Of("/edit all of it"));
        Assert.Equal(new Command("topic", "12 monkeys", null), Command.Of("/topic 12 monkeys"));
        Assert.Equal(("bob", "12 times"), Command.Of("/kick bob 12 times")!.Words);
    }

    [Theory]
    [InlineData("/jo", "/join ")]
    [InlineData("/join op", "/join opera ", "/join ops ", "/join opera ")]
    [InlineData("/dm be", "/dm guest-7 ")]
    [InlineData("hello @b", "hello @bob ", "hello @guest-7 ")]
    public void Tab_completes_commands_rooms_and_people_and_goes_on_to_the_next(string line, params string[] then)
    {
        var completion = Completion.Of(InputLine.Of(line), Rooms, People)!;
        foreach (var text in then) Assert.Equal(InputLine.Of(text), completion.Next(1));
    }

    [Fact]
    public void Tab_leaves_alone_what_it_does_not_know_and_what_comes_after()
    {
        Assert.Null(Completion.Of(InputLine.Of("hello bo"), Rooms, People));
        Assert.Equal(new InputLine("@bob !", 5), Completion.Of(new("@bo!", 3), Rooms, People)!.Next(1));
    }
}
