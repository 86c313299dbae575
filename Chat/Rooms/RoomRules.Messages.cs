namespace OrleansChat.Rooms;

/// <summary>What is said.</summary>
public static partial class RoomRules
{
    private static Decision Post(RoomState room, Actor actor, RoomCommand.Post post, DateTimeOffset now, RoomLimits limits)
    {
        if (Texts.CheckKey(post.Key) is { } badKey) return badKey;
        if (Texts.Check("text", post.Text, 1, limits.Text, out var text, lines: true) is { } badText) return badText;
        if (post.Reply is { } seq && Standing(room, seq) is null) return NoSuchMessage(seq);
        if (room.Slow > 0 && room.Member(actor.Id)?.LastPost is { } last && last.AddSeconds(room.Slow) - now is { Ticks: > 0 } wait)
        {
            return Refusal.RateLimited($"This room takes one post in {room.Slow} s from each member.", wait);
        }

        return new RoomEvent.Message(text, post.Reply);
    }

    private static Decision Edit(RoomState room, Actor actor, RoomCommand.Edit edit, RoomLimits limits)
    {
        if (Texts.Check("text", edit.Text, 1, limits.Text, out var text, lines: true) is { } bad) return bad;
        return Standing(room, edit.Seq) is not { } message ? NoSuchMessage(edit.Seq)
            : message.By != actor.Id ? Refusal.Forbidden("Only its author edits a message.")
            : new RoomEvent.Edited(edit.Seq, text);
    }

    private static Decision Delete(RoomState room, Actor actor, RoomCommand.Delete delete) =>
        Standing(room, delete.Seq) is not { } message ? NoSuchMessage(delete.Seq)
        : message.By != actor.Id && OutOfReach(room, actor, message.By, "delete this message") is { } forbidden ? forbidden
        : new RoomEvent.Deleted(delete.Seq);

    private static Decision React(RoomState room, Actor actor, RoomCommand.React react) =>
        Texts.CheckEmoji(react.Emoji) is { } bad ? bad
        : Standing(room, react.Seq) is null ? NoSuchMessage(react.Seq)
        : new RoomEvent.Reacted(react.Seq, react.Emoji, react.On);

    private static MessageFact? Standing(RoomState room, long seq) =>
        room.KnownMessages?.GetValueOrDefault(seq) is { Deleted: false } message ? message : null;

    private static Refusal NoSuchMessage(long seq) => Refusal.NotFound($"There is no message {seq} in this room.");
}
