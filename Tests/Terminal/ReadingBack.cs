using OrleansChat.Client;
using OrleansChat.Terminal.Rooms;
using OrleansChat.Terminal.Screen;

namespace OrleansChat.Tests.Terminal;

/// <summary>A room on the screen: what its messages look like, and that nothing moves under somebody who reads further up.</summary>
public sealed class ReadingBack
{
    private static readonly ChatUser Ada = new("ada", "Ada");
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly RoomView room = new("lobby", "Lobby");
    private readonly Names names = new();

    public ReadingBack()
    {
        names.Learn("ada", "Ada");
        names.Learn("bob", "Bob");
    }

    private void Happens(long seq, string kind = "message", string? text = null, string by = "bob", long? target = null, string? emoji = null, long? reply = null) =>
        room.Take(new ChatEvent(seq, Noon, by, kind, text ?? $"text {seq}", reply, target, Emoji: emoji, On: true));

    private string[] Seen(int height = 5, int width = 40) => [.. Scrolling.Visible(room, Lines(width), height).Select(line => line.Text.TrimEnd())];

    private MessageLines Lines(int width = 40) => new(room, names, Ada, width);

    [Fact]
    public void A_message_has_its_author_number_quote_and_reactions()
    {
        Happens(1, text: "Tea?");
        Happens(2, by: "ada", text: "Yes @bob", reply: 1);
        Happens(3, "reacted", by: "ada", target: 1, emoji: "👍");
        Happens(4, "edited", by: "ada", text: "Oh yes @bob", target: 2);
        Assert.Equal(["   1 Tea?", "     👍 1", $"Ada  {Noon.LocalDateTime:HH:mm}", "     ╭ Bob: Tea?", "   2 Oh yes @Bob (edited)"], Seen());
        Happens(5, "deleted", target: 1);
        Assert.Equal(["   1 deleted", $"Ada  {Noon.LocalDateTime:HH:mm}", "     ╭ Bob: deleted", "   2 Oh yes @Bob (edited)"], Seen(4));
    }

    [Fact]
    public void What_a_terminal_would_obey_is_shown_and_not_sent()
    {
        names.Learn("bob", "B\e[2Job");
        Happens(1, text: "\e]0;title\a\e[31mred\u202E");
        Happens(2, "reacted", target: 1, emoji: "\e[5m");
        Assert.DoesNotContain(Seen(), line => line.Any(char.IsControl) || line.Contains('\u202E'));
    }

    [Fact]
    public void Who_reads_further_up_stays_there_whatever_comes()
    {
        for (var seq = 1; seq <= 50; seq++) Happens(seq);
        Assert.True(Scrolling.Move(room, Lines(), 5, -10));
        string[] seen = ["  36 text 36", "  37 text 37", "  38 text 38", "  39 text 39", "  40 text 40"];
        Assert.Equal(seen, Seen());
        for (var seq = 51; seq <= 60; seq++) Happens(seq);
        room.Prepend([new(0, Noon, "bob", "older")], false);
        Assert.Equal(seen, Seen());
        Assert.Equal("  40 text 40", Seen(width: 20)[^1]);
        Scrolling.Move(room, Lines(), 5, 1000);
        Assert.Equal("  60 text 60", Seen()[^1]);
        Assert.Null(room.Place);
    }

    [Fact]
    public void At_the_beginning_it_goes_no_further()
    {
        for (var seq = 1; seq <= 20; seq++) Happens(seq);
        Assert.False(Scrolling.Move(room, Lines(), 5, -1000));
        Assert.Equal("   3 text 3", Seen()[^1]);
        Assert.StartsWith("── ", Seen()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_was_read_already_changes_nothing()
    {
        Happens(5);
        Happens(5, text: "again");
        Happens(4, text: "late");
        Assert.Equal("text 5", Assert.Single(room.Entries).Text);
    }
}
