using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Memory;

/// <summary>A message as it now is.</summary>
/// <param name="index">Its place among the room's.</param>
internal readonly struct MemoryMessage(MemoryMessages all, int index)
{
    public long Seq => all.SeqOf(index);

    public DateTimeOffset At => all.AtOf(index);

    public UserId By => all.ByOf(index);

    /// <summary>Its text, as it was said or last edited.</summary>
    public string? Text => Deleted ? null : Fate?.Text ?? Said.Text;

    public bool Deleted => all.IsErased(index);

    /// <summary>The numbers of its edits, whose texts go with it.</summary>
    public IReadOnlyList<long> Edits => Fate?.Edits ?? [];

    /// <summary>As the log has it.</summary>
    public RoomEvent.Message Said => all.Said(index);

    private MemoryFate? Fate => all.FindFate(Seq);

    public bool Mentions(UserId user) => !Deleted && user != By && Fate?.Mentions?.Contains(user) == true;

    public void Edit(RoomEvent.Edited edited)
    {
        var fate = all.FateOf(Seq);
        (fate.Edits ??= []).Add(edited.Seq);
        if (!Deleted) (fate.Text, fate.Edited) = (edited.Text, true);
    }

    public void React(RoomEvent.Reacted reacted)
    {
        var fate = all.FateOf(Seq);
        var row = new ReactionRow(all.Room, Seq, reacted.Emoji, reacted.By);
        fate.Reactions ??= [];
        if (!reacted.On) fate.Reactions.Remove(row);
        else if (!fate.Reactions.Contains(row)) fate.Reactions.Add(row);
    }

    public void Erase()
    {
        all.Erase(index);
        if (Fate is { } fate) (fate.Text, fate.Reactions) = (null, null);
    }

    public MessageView View()
    {
        var (said, fate) = (Said, Fate);
        return new(said.Seq, said.At, said.By, fate?.Text ?? said.Text, said.Reply, fate?.Edited == true, said.Erased, fate?.Folded());
    }

    public FoundMessage Found()
    {
        var view = View();
        return new(all.Room, view.Seq, view.At, view.By, view.Text!, view.Reply, view.Edited, view.Reactions);
    }
}

/// <summary>What became of a message, and whom it speaks to.</summary>
internal sealed class MemoryFate
{
    public IReadOnlyList<UserId>? Mentions { get; set; }

    /// <summary>Of the last edit.</summary>
    public string? Text { get; set; }

    public bool Edited { get; set; }

    public List<long>? Edits { get; set; }

    public List<ReactionRow>? Reactions { get; set; }

    public IReadOnlyDictionary<string, IReadOnlyList<UserId>>? Folded() =>
        Reactions is { Count: > 0 } ? ReactionRow.Fold(Reactions).Values.Single() : null;
}
