using OrleansChat.Client;

namespace OrleansChat.Tests.Gateway.Operations;

/// <summary>A deleted message's text, and that of its edits, is nowhere to be had.</summary>
public sealed class Deleting(ChatServer server) : IClassFixture<ChatServer>
{
    [Fact]
    public async Task A_deleted_text_is_gone_from_history_search_status_and_every_replay()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Join(room);
        var seq = await ada.Say(room, "A secret pelican", key: "key");
        await ada.Chat.Edit(room, seq, "A secret heron");
        await bob.Chat.React(room, seq, "👍");
        Assert.Single((await bob.Chat.Search("secret")).Messages);
        var deleted = (await ada.Chat.Delete(room, seq)).Seq;
        Assert.Equal(("deleted", seq), (await bob.EventsUpTo(room, deleted)) is [.., var last] ? (last.Kind, last.Target) : default);

        await using var reader = await Wire.Enter(server, bob.Token, $$"""{"{{room}}":0}""");
        await reader.Event(room, deleted);
        string[] questions =
        [
            $$"""{"op":"history","id":1,"room":"{{room}}"}""",
            $$"""{"op":"search","id":2,"query":"secret"}""",
            $$"""{"op":"search","id":3,"query":"pelican","room":"{{room}}"}""",
            $$"""{"op":"status","id":4,"room":"{{room}}"}""",
            $$"""{"op":"join","id":5,"room":"{{room}}","since":0}""",
        ];
        foreach (var question in questions) await reader.Send(question);
        await reader.Answer(5);
        Assert.All(reader.Frames, frame => Assert.DoesNotContain("secret", frame.GetRawText(), StringComparison.Ordinal));
        var (_, http) = (0, await server.Get($"/api/v1/rooms/{room}/messages", bob.Token));
        Assert.DoesNotContain("secret", http.Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_events_stay_without_their_text_and_its_key_goes_on_working()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var post = await ada.Chat.Post(room, "A secret pelican", "key");
        await ada.Chat.Edit(room, post.Seq, "A secret heron");
        await ada.Chat.Delete(room, post.Seq);
        await using var again = await ada.Again(new Dictionary<string, long> { [room] = 1 });
        var events = await again.EventsUpTo(room, 4);
        Assert.Equal([("message", true, null), ("edited", true, null), ("deleted", false, null)], events.Select(e => (e.Kind, e.Deleted, e.Text)));
        Assert.Equal(post.Seq, events[1].Target);
        Assert.Equal(post, await ada.Chat.Post(room, "Once more", "key"));
        var message = Assert.Single((await ada.Chat.History(room)).Messages);
        Assert.Equal((post.Seq, true, null), (message.Seq, message.Deleted, message.Text));
    }

    [Fact]
    public async Task A_deleted_message_can_be_neither_edited_answered_nor_deleted_again()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var seq = await ada.Say(room, "Oh no");
        await ada.Chat.Delete(room, seq);
        Assert.Equal("not_found", await ada.Word(chat => chat.Edit(room, seq, "Oh yes")));
        Assert.Equal("not_found", await ada.Word(chat => chat.Post(room, "Why?", reply: seq)));
        Assert.Equal("not_found", await ada.Word(chat => chat.React(room, seq, "👍")));
        Assert.Equal("not_found", await ada.Word(chat => chat.Delete(room, seq)));
        Assert.Equal("not_found", await ada.Word(chat => chat.Delete(room, 1)));
    }

    [Fact]
    public async Task Edits_and_reactions_are_folded_into_the_message()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Join(room);
        var seq = await ada.Say(room, "A pelican");
        var answer = await bob.Chat.Post(room, "Really?", reply: seq);
        Assert.Equal(5, (await ada.Chat.Edit(room, seq, "  A heron\n")).Seq);
        await ada.Chat.React(room, seq, "👍");
        await bob.Chat.React(room, seq, "👍");
        await bob.Chat.React(room, seq, "🦩");
        await bob.Chat.React(room, seq, "🦩", on: false);
        var messages = (await bob.Chat.History(room)).Messages;
        Assert.Equal((seq, "A heron", true), (messages[0].Seq, messages[0].Text, messages[0].Edited));
        Assert.Equal(["👍"], messages[0].Reactions!.Keys);
        Assert.Equal([ada.Id, bob.Id], messages[0].Reactions!["👍"].Order());
        Assert.Equal((answer.Seq, seq), (messages[1].Seq, messages[1].Reply));
        Assert.IsType<ChatPush.Events>(await ada.Next<ChatPush.Events>());
    }
}
