using OrleansChat.Client;

namespace OrleansChat.Terminal.Rooms;

/// <summary>One thing in a room's conversation: a message, or something that happened.</summary>
internal sealed class Entry(long seq, DateTimeOffset at, string by)
{
    /// <summary>Its number; that of the event before it, where it is only ours.</summary>
    public long Seq { get; } = seq;

    public DateTimeOffset At { get; } = at;

    public string By { get; } = by;

    /// <summary>What happened, in words; null for a message. Names may become known later.</summary>
    public Func<Names, string>? Told { get; init; }

    /// <summary>A complaint or an answer for us alone.</summary>
    public bool IsOurs { get; init; }

    public long? Reply { get; init; }

    public string? Text { get; set; }

    public bool Edited { get; set; }

    public bool Deleted { get; set; }

    /// <summary>Who reacted, by emoji.</summary>
    public SortedDictionary<string, List<string>> Reactions { get; } = new(StringComparer.Ordinal);

    public static Entry Of(ChatMessage message)
    {
        var entry = new Entry(message.Seq, message.At, message.By)
        {
            Reply = message.Reply,
            Text = message.Text,
            Edited = message.Edited,
            Deleted = message.Deleted,
        };
        foreach (var (emoji, users) in message.Reactions ?? new Dictionary<string, IReadOnlyList<string>>()) entry.Reactions[emoji] = [.. users];
        return entry;
    }

    public void React(string emoji, string user, bool on)
    {
        if (!Reactions.TryGetValue(emoji, out var users)) Reactions[emoji] = users = [];
        users.Remove(user);
        if (on) users.Add(user);
        if (users.Count == 0) Reactions.Remove(emoji);
    }
}
