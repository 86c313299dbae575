using OrleansChat.Client;

namespace OrleansChat.Tests.Gateway.Plain;

/// <summary>Talking over plain TCP.</summary>
public sealed class PlainTalk(PlainServer server) : IClassFixture<PlainServer>
{
    [Fact]
    public async Task A_line_is_a_message_for_everyone_else_and_does_not_come_back()
    {
        using var ada = await Named("Ada");
        using var bob = await Named("Bob");
        await ada.Send("Hello\n");
        Assert.Equal("Ada: Hello", await bob.Line());
        await bob.Send("Hello yourself\n");
        Assert.Equal("Bob: Hello yourself", await ada.Line()); // and not her own line
    }

    [Fact]
    public async Task They_talk_with_people_at_the_page()
    {
        await using var ada = await server.Enter("ada");
        await ada.Join("lobby");
        using var bob = await Named("Bob");
        await bob.Send("From a socket\n");
        var said = (await ada.Next<ChatPush.Events>(events => events.List.Any(e => e.Kind == "message"))).List.Single(e => e.Kind == "message");
        Assert.Equal("From a socket", said.Text);
        Assert.Equal("Bob", (await ada.Chat.Who([said.By])).Users.Single().Name);
        var seq = await ada.Say("lobby", "From a page\nin two lines");
        Assert.Equal(["Ada: From a page", "Ada: in two lines"], await bob.Lines(2));
        await ada.Chat.Edit("lobby", seq, "Better");
        Assert.Equal("Ada (edited): Better", await bob.Line());
    }

    [Fact]
    public async Task What_has_no_newline_is_a_line_once_the_peer_pauses()
    {
        using var ada = await Named("Ada");
        using var bob = await Named("Bob");
        await ada.Send("no newl");
        await ada.Send("ine");
        Assert.Equal("Ada: no newline", await bob.Line());
        await ada.Send("and so it goes on");
        Assert.Equal("Ada: and so it goes on", await bob.Line());
    }

    [Fact]
    public async Task What_was_said_last_counts_although_its_sender_is_gone()
    {
        using var ada = await Named("Ada");
        using var bob = await Named("Bob");
        await ada.Send("one\ntwo\nlast words");
        ada.SaysNoMore();
        Assert.Equal(["Ada: one", "Ada: two", "Ada: last words"], await bob.Lines(3));
        Assert.Equal("", await ada.Rest());
    }

    [Fact]
    public async Task Who_pastes_a_lot_is_slowed_down_and_loses_nothing()
    {
        using var ada = await Named("Ada");
        using var bob = await Named("Bob");
        await ada.Send(string.Concat(Enumerable.Range(1, 150).Select(i => $"line {i}\r\n"))); // more than a connection may at once
        Assert.Equal(Enumerable.Range(1, 150).Select(i => $"Ada: line {i}"), await bob.Lines(150));
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_and_the_next_one_is_heard()
    {
        using var ada = await Named("Ada");
        using var bob = await Named("Bob");
        await ada.Send($"{new string('x', 5_000)}\n{new string('y', 100_000)}\n{new string('ä', 4_000)}\nshort\n");
        Assert.Equal(["! The text is longer than 4000 characters.", "! A line is at most 4000 characters."], await ada.Lines(2));
        Assert.Equal([$"Ada: {new string('ä', 4_000)}", "Ada: short"], await bob.Lines(2));
    }

    [Fact]
    public async Task Nothing_that_a_terminal_would_obey_gets_through()
    {
        using var ada = await Named("Ada");
        await using var eve = await server.EnterAsGuest("Eve \u202Eevil");
        await eve.Join("lobby");
        await eve.Say("lobby", "left \u202Eright\u2029* You are removed\u2066");
        Assert.Equal("Eve \uFFFDevil: left \uFFFDright\uFFFD* You are removed\uFFFD", await ada.Line());
        using var bob = await Named("Bob");
        await bob.Send("\0\a red: \u001b[31m \u0085\u009b0m \t end\b\r\n\0\n \n");
        await bob.Send([0xff, 0xfe, (byte)'!', (byte)'\n']);
        Assert.Equal(["Bob: red: [31m 0m \t end", "Bob: \uFFFD\uFFFD!"], await ada.Lines(2));
    }

    [Fact]
    public async Task A_slash_command_is_obeyed_and_not_said()
    {
        using var ada = await Named("Ada");
        using var bob = await Named("Bob");
        var den = await Room();
        await bob.Send($"/join {den}\n");
        Assert.Equal($"* You are in {den}.", await bob.Line());
        await ada.Send($"/join {den}\n/bogus\n//slash\n");
        Assert.Equal([$"* You are in {den}.", "! There is no command /bogus; /help lists them. A message that begins with a slash is written with two."], await ada.Lines(2));
        Assert.Equal("Ada: /slash", await bob.Line());
        await bob.Send("/who\n");
        var here = await bob.Lines(2);
        Assert.Contains(here, line => line.StartsWith("* Ada (guest-", StringComparison.Ordinal));
        Assert.Contains(here, line => line.StartsWith("* Bob (guest-", StringComparison.Ordinal) && line.EndsWith("), you", StringComparison.Ordinal));
        await ada.Send("/join no such room\n/msg Bob Psst!\n/msg\n");
        Assert.Equal("Ada (to you): Psst!", await bob.Line());
        Assert.All(await ada.Lines(2), line => Assert.StartsWith("! ", line, StringComparison.Ordinal));
        await ada.Send("/help\n/quit\nnever said\n");
        Assert.Equal(8, (await ada.Rest()).Count(c => c == '\n'));
    }

    [Fact]
    public async Task Who_is_removed_is_told_and_may_go_elsewhere()
    {
        var den = await Room(out var owner);
        using var bob = await Named("Bob");
        await bob.Send($"/join {den}\n");
        Assert.Equal($"* You are in {den}.", await bob.Line());
        var him = (await owner.Chat.Status(den)).Members.Single(member => member.Name == "Bob").User;
        await owner.Chat.Kick(den, him);
        Assert.Equal($"! You were removed from {den}. /join another room.", await bob.Line());
        await bob.Send("am I heard?\n/join lobby\n");
        Assert.StartsWith("! ", await bob.Line());
        Assert.Equal("* You are in lobby.", await bob.Line());
        await owner.DisposeAsync();
    }

    [Fact]
    public async Task Who_goes_is_no_member_any_more()
    {
        await using var ada = await server.Enter("ada");
        await ada.Join("lobby");
        using (var bob = await Named("Bob the last")) await bob.Send("Goodbye\n");
        var left = await ada.Next<ChatPush.Events>(events => events.List.Any(e => e.Kind == "left"));
        Assert.DoesNotContain((await ada.Chat.Status("lobby")).Members, member => left.List.Any(e => e.Kind == "left" && e.By == member.User));
    }

    private async Task<PlainPeer> Named(string name)
    {
        var peer = await server.Connect();
        await peer.Be(name);
        return peer;
    }

    private async Task<string> Room()
    {
        var room = await Room(out var owner);
        await owner.DisposeAsync();
        return room;
    }

    private Task<string> Room(out Person owner)
    {
        var person = owner = server.Enter("olga").GetAwaiter().GetResult();
        return person.NewRoom();
    }
}
