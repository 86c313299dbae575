using OrleansChat.Client;
using OrleansChat.Tests.Deploy;
using OrleansChat.Tests.Processes;

namespace OrleansChat.Tests.Terminal;

/// <summary>What somebody at a real terminal sees of real servers.</summary>
[Collection(Processes.Processes.Name)]
public sealed class OnTheScreen
{
    private static async Task<GatewayProcess> Server()
    {
        Packages.Need("/usr/bin/tmux", "tmux");
        return await GatewayProcess.Start();
    }

    [Fact]
    public async Task Ada_talks_with_Bob_at_any_width_and_gets_her_terminal_back()
    {
        await using var server = await Server();
        await using var bob = await ChatClient.Connect(server.Address, new SignIn.Guest("Bob"));
        await bob.Join("lobby");
        var first = await bob.Post("lobby", "Is anybody there?");
        await using var ada = await TerminalScreen.Start(server.Address, "Ada");
        await ada.Sees("Is anybody there?");
        await ada.Sees("● Bob");
        await ada.Says("I am 你好");
        Assert.Equal("I am 你好", (await Said(bob, 2))[^1].Text);

        // The reply is quoted, the reaction counted, the edit seen; the answers come by commands.
        await bob.Post("lobby", "Tea?", reply: first.Seq);
        await ada.Sees("╭ Bob: Is anybody there?");
        await ada.Says($"/react {first.Seq} 👍");
        await ada.Sees("👍 1");
        await ada.Says("/edit I am here");
        await ada.Sees("I am here (edited)");
        await ada.Says("/search anybody");
        await ada.Sees($"#lobby {first.Seq}  Bob: Is anybody there?");
        await bob.Typing("lobby");
        await ada.Sees("Bob is typing…");

        // A narrow screen has the messages and the line, and nothing beside them.
        await ada.Resizes(40, 12);
        var narrow = await ada.Sees(shown => shown.Contains("Tea?") && !shown.Contains('│'), "no panes");
        Assert.All(narrow.Split('\n'), line => Assert.InRange(OrleansChat.Terminal.Screen.TextWidth.Of(line), 0, 40));
        await ada.Resizes(100, 30);
        await ada.Sees("● Bob");

        // Tab completes, also the commands that go elsewhere.
        await ada.Types("/jo");
        await ada.Presses("Tab");
        await ada.Says("tea");
        await ada.Sees(shown => shown.StartsWith("tea", StringComparison.Ordinal), "the other room"); // before that she still reads the first
        await bob.Post("lobby", "Where are you?");
        await ada.Sees(shown => shown.Split('\n').Any(line => line.StartsWith("#Lobby", StringComparison.Ordinal) && line.Split('│')[0].TrimEnd().EndsWith(" 1", StringComparison.Ordinal)), "1 unread");
        await ada.Presses("M-Up");
        await ada.Sees("── new ──");

        await ada.Says("/quit");
        var after = await ada.Sees(shown => shown.Contains("left with 0"), "the shell");
        Assert.Contains("before", after, StringComparison.Ordinal);
        Assert.DoesNotContain("Where are you?", after, StringComparison.Ordinal);
        Assert.True(await ada.IsForLines());
    }

    [Fact]
    public async Task What_strangers_write_stays_text()
    {
        await using var server = await Server();
        await using var mallory = await ChatClient.Connect(server.Address, new SignIn.Guest("Mal\u200Blory 你好"));
        await mallory.Join("lobby");
        await using var ada = await TerminalScreen.Start(server.Address, "Ada", 60, 20);
        foreach (var text in new[] { "right \u202Eto left", "wide 你好👨‍👩‍👧🇩🇪❤️", new string('\u0301', 200) + "x", new('界', 300), "last" }) await mallory.Post("lobby", text);
        await ada.Sees("last");
        var shown = await ada.Shown();
        Assert.DoesNotContain('\u202E', shown);
        // The rule between the rooms and the messages stands where it stood, in every line.
        var lines = shown.Split('\n')[2..18];
        Assert.All(lines, line => Assert.Equal('│', line[16]));
        await ada.Says("/quit");
        await ada.Sees("left with 0");
    }

    [Fact]
    public async Task A_server_that_is_killed_is_waited_for_and_nothing_is_lost()
    {
        await using var server = await Server();
        await using var bob = await ChatClient.Connect(server.Address, new SignIn.Guest("Bob"));
        await bob.Join("lobby");
        await using var ada = await TerminalScreen.Start(server.Address, "Ada");
        await ada.Says("Before");
        await Said(bob, 1);
        await server.Kill();
        await ada.Sees(shown => shown.Contains("Reconnecting…") || shown.Contains("No answer."), "that the line is lost");
        await ada.Says("Meanwhile");
        await ada.Sees("… Meanwhile");
        await server.Begin();
        Assert.Equal(["Before", "Meanwhile"], (await Said(bob, 2)).Select(message => message.Text));
        await bob.Post("lobby", "Welcome back");
        await ada.Sees("Welcome back");
        await ada.Sees(shown => !shown.Contains("… Meanwhile") && shown.Contains("Meanwhile"), "it is stored");

        // SIGTERM gives the terminal back too.
        await ada.Signals("TERM");
        await ada.Sees("left with 143");
        Assert.True(await ada.IsForLines());
    }

    private static async Task<IReadOnlyList<ChatMessage>> Said(ChatClient who, int count)
    {
        IReadOnlyList<ChatMessage> said = [];
        await new Waiting(TimeSpan.FromSeconds(20)).Until(async () => (said = (await who.History("lobby")).Messages).Count >= count);
        return said;
    }
}
