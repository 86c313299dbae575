using OrleansChat.Tests.Deploy;
using OrleansChat.Tests.Terminal;

namespace OrleansChat.Tests.Browser;

/// <summary>Somebody at the page, and somebody at a real terminal.</summary>
public sealed class AtATerminal(House house) : Visit(house)
{
    [Fact]
    public async Task A_page_and_a_terminal_talk_with_each_other()
    {
        Packages.Need("/usr/bin/tmux", "tmux");
        var ada = await Guest("Ada");
        await using var bob = await TerminalScreen.Start(Server.Address, "Bob");
        await bob.Says($"/join {Room}");
        await bob.Sees("● Ada");
        await bob.Says("From a terminal 你好");
        await ada.SeesStored("From a terminal 你好");
        await ada.Says("From a page 👍");
        await bob.Sees("From a page 👍");
    }
}
