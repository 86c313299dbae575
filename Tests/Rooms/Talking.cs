using OrleansChat.Rooms;
using static OrleansChat.Tests.Rooms.Scene;

namespace OrleansChat.Tests.Rooms;

/// <summary>Posts, replies, edits, deletions and reactions.</summary>
public sealed class Talking
{
    private readonly Scene _room = AdasRoom(Bob);

    [Fact]
    public void A_post_is_trimmed()
    {
        _room.Says(Bob, " \n Hello, Ada!\t\n");
        Assert.Equal("Hello, Ada!", Assert.IsType<RoomEvent.Message>(_room.Log[^1]).Text);
    }

    [Theory]
    [InlineData("a", 4_000, "ok")]
    [InlineData("a", 4_001, "too_long")]
    [InlineData("👍", 4_000, "ok")]
    [InlineData("👍", 4_001, "too_long")]
    [InlineData("é", 4_001, "too_long")]
    [InlineData("a", 8_001, "too_long")]
    [InlineData(" ", 9_000, "bad_request")]
    [InlineData("", 1, "bad_request")]
    public void A_text_has_1_to_4000_code_points(string what, int times, string expected)
    {
        var text = string.Concat(Enumerable.Repeat(what, times));
        var seq = _room.Says(Bob, "Hello");
        Assert.Equal(expected, Word(_room.Decide(Bob, _room.Post(text))));
        Assert.Equal(expected, Word(_room.Decide(Bob, new RoomCommand.Edit(seq, text))));
    }

    [Fact]
    public void The_size_of_a_text_is_a_limit_of_the_server()
    {
        _room.Limits = new RoomLimits(Text: 5);
        _room.Says(Bob, "Hello");
        Assert.Equal(ErrorCode.TooLong, _room.Refused(Bob, _room.Post("Hello!")).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("clé")]
    [InlineData("line\n")]
    public void A_key_is_visible_ascii(string key) =>
        Assert.Equal(ErrorCode.BadRequest, _room.Refused(Bob, new RoomCommand.Post("Hello", key, null)).Code);

    [Fact]
    public void A_reply_names_a_message_that_stands()
    {
        var seq = _room.Says(Ada, "Tea?");
        _room.Says(Bob, "Yes", reply: seq);
        Assert.Equal(seq, Assert.IsType<RoomEvent.Message>(_room.Log[^1]).Reply);
        Assert.Equal(ErrorCode.NotFound, _room.Refused(Bob, _room.Post("Yes", reply: 99)).Code);
        _room.Happens(Ada, new RoomCommand.Delete(seq));
        Assert.Equal(ErrorCode.NotFound, _room.Refused(Bob, _room.Post("Yes", reply: seq)).Code);
    }

    [Fact]
    public void Events_that_are_no_messages_are_not_edited_deleted_or_reacted_to()
    {
        const long created = 1;
        Assert.Equal("not_found", Outcomes(Ada, created));
    }

    [Fact]
    public void Messages_that_are_not_there_are_not_edited_deleted_or_reacted_to() => Assert.Equal("not_found", Outcomes(Ada, 99));

    [Fact]
    public void Deleted_messages_are_not_edited_deleted_or_reacted_to()
    {
        var seq = _room.Says(Ada, "Oh");
        _room.Happens(Ada, new RoomCommand.Delete(seq));
        Assert.Equal("not_found", Outcomes(Ada, seq));
    }

    [Fact]
    public void Ones_own_messages_are_edited_deleted_and_reacted_to() => Assert.Equal("ok", Outcomes(Bob, _room.Says(Bob, "Oh")));

    [Fact]
    public void A_foreign_message_is_only_reacted_to()
    {
        var seq = _room.Says(Ada, "Oh");
        Assert.Equal(ErrorCode.Forbidden, _room.Refused(Bob, new RoomCommand.Edit(seq, "Ah")).Code);
        Assert.Equal(ErrorCode.Forbidden, _room.Refused(Bob, new RoomCommand.Delete(seq)).Code);
        _room.Happens(Bob, new RoomCommand.React(seq, "👍", true));
        _room.Happens(Bob, new RoomCommand.React(seq, "👍", false));
    }

    [Fact]
    public void A_log_that_is_read_again_deletes_messages_that_nobody_looked_up()
    {
        var seq = _room.Says(Ada, "Oh");
        var deletion = _room.Happens(Ada, new RoomCommand.Delete(seq))[0];
        Assert.Equal(deletion.Seq, _room.Room.Forget().Apply(deletion).Head);
    }

    /// <summary>The one word that editing, deleting and reacting all come to.</summary>
    private string Outcomes(Actor actor, long seq)
    {
        RoomCommand[] commands = [new RoomCommand.Edit(seq, "Ah"), new RoomCommand.Delete(seq), new RoomCommand.React(seq, "👍", true)];
        return Assert.Single(commands.Select(command => Word(_room.Decide(actor, command))).Distinct());
    }
}
