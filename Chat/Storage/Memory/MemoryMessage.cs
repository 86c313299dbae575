using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Memory;

/// <summary>A message as it now is. What nobody did to it takes no memory: most stay as they were said.</summary>
internal sealed class MemoryMessage(RoomEvent.Message message, IReadOnlyList<UserId> mentions)
{
    private RoomEvent.Message said = message;
    private List<long>? edits;
    private List<ReactionRow>? reactions;

    public long Seq => said.Seq;

    public DateTimeOffset At => said.At;

    public UserId By => said.By;

    public long? Reply => said.Reply;

    /// <summary>Its text, as it was said or last edited.</summary>
    public string? Text => said.Text;

    public bool Edited { get; private set; }

    public bool Deleted => said.Erased;

    /// <summary>The numbers of its edits, whose texts go with it.</summary>
    public IReadOnlyList<long> Edits => edits ?? [];

    public bool Mentions(UserId user) => !Deleted && user != By && mentions.Contains(user);

    public void Edit(RoomEvent.Edited edited)
    {
        (edits ??= []).Add(edited.Seq);
        if (Deleted) return;
        (said, Edited) = (said with { Text = edited.Text }, true);
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
        (said, reactions) = (said with { Text = null, Erased = true }, null);
    }

    public MessageView View() => new(Seq, At, By, Text, Reply, Edited, Deleted, Reactions());

    public FoundMessage Found(RoomId room) => new(room, Seq, At, By, Text!, Reply, Edited, Reactions());

    private IReadOnlyDictionary<string, IReadOnlyList<UserId>>? Reactions() =>
        reactions is { Count: > 0 } ? ReactionRow.Fold(reactions).Values.Single() : null;
}
