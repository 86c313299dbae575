using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Memory;

/// <summary>A message as it now is.</summary>
internal sealed class MemoryMessage(RoomEvent.Message message, IReadOnlyList<UserId> mentions)
{
    private List<ReactionRow>? reactions;

    public long Seq { get; } = message.Seq;

    public DateTimeOffset At { get; } = message.At;

    public UserId By { get; } = message.By;

    public long? Reply { get; } = message.Reply;

    public string? Text { get; private set; } = message.Text;

    public bool Edited { get; private set; }

    public bool Deleted { get; private set; }

    /// <summary>The numbers of its edits, whose texts go with it.</summary>
    public List<long> Edits { get; } = [];

    public bool Mentions(UserId user) => !Deleted && user != By && mentions.Contains(user);

    public void Edit(RoomEvent.Edited edited)
    {
        Edits.Add(edited.Seq);
        if (Deleted) return;
        (Text, Edited) = (edited.Text, true);
    }

    public void React(RoomId room, RoomEvent.Reacted reacted)
    {
        var row = new ReactionRow(room, Seq, reacted.Emoji, reacted.By);
        reactions ??= [];
        if (!reacted.On) reactions.Remove(row);
        else if (!reactions.Contains(row)) reactions.Add(row);
    }

    public void Erase()
    {
        (Text, Deleted, reactions) = (null, true, null);
    }

    public MessageView View() => new(Seq, At, By, Text, Reply, Edited, Deleted, Reactions());

    public FoundMessage Found(RoomId room) => new(room, Seq, At, By, Text!, Reply, Edited, Reactions());

    private IReadOnlyDictionary<string, IReadOnlyList<UserId>>? Reactions() =>
        reactions is { Count: > 0 } ? ReactionRow.Fold(reactions).Values.Single() : null;
}
