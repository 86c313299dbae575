using OrleansChat.Client;
using OrleansChat.Terminal.Writing;

namespace OrleansChat.Terminal.Rooms;

/// <summary>A member as the list shows them.</summary>
internal sealed record Member(string User, string Role, bool Online);

/// <summary>A room as far as we know it: what was said, who is there, where we are in it.</summary>
internal sealed class RoomView(string id, string name)
{
    /// <summary>So many entries are kept of a room that is read at its end; older ones are fetched again.</summary>
    private const int Kept = 1000;

    public string Id { get; } = id;

    public string Name { get; set; } = PlainText.Harmless(name);

    public string Topic { get; set; } = "";

    public int Unread { get; set; }

    public int Mentions { get; set; }

    public List<Entry> Entries { get; } = [];

    public Dictionary<string, Member> Members { get; } = [];

    /// <summary>In a large room: how many are online, instead of who.</summary>
    public int? OnlineCount { get; set; }

    /// <summary>Who types, and until when it is believed.</summary>
    public Dictionary<string, DateTimeOffset> Typing { get; } = [];

    /// <summary>Texts under way to the server.</summary>
    public List<string> Sending { get; } = [];

    public bool IsOpened { get; set; }

    /// <summary>There is more before the first entry.</summary>
    public bool HasOlder { get; set; } = true;

    public bool IsLoading { get; set; }

    public long Head { get; private set; }

    /// <summary>Up to here we have read, and have told the server.</summary>
    public long ReadMark { get; set; }

    /// <summary>Above the first message after this one a line says that it is new; null where nothing was.</summary>
    public long? NewAfter { get; set; }

    /// <summary>Where one reads: null at the end, otherwise the entry at the bottom and how many of its lines are below.</summary>
    public (Entry Bottom, int Hidden)? Place { get; set; }

    public InputLine Draft { get; set; } = InputLine.Empty;

    public bool IsDirect => Id.StartsWith("dm:", StringComparison.Ordinal);

    public Entry? Find(long seq) => Entries.LastOrDefault(entry => entry.Seq == seq && entry.Told is null);

    public void Prepend(IReadOnlyList<ChatMessage> older, bool more)
    {
        var before = Entries is [var first, ..] ? first.Seq : long.MaxValue;
        Entries.InsertRange(0, older.Where(message => message.Seq < before).Select(Entry.Of).ToList());
        HasOlder = more;
        if (older is [.., var last]) Head = Math.Max(Head, last.Seq);
    }

    public void Begin(long head) => Head = Math.Max(Head, head);

    public void Tell(Func<Names, string> told, bool ours = true) =>
        Entries.Add(new(Head, DateTimeOffset.Now, "") { Told = told, IsOurs = ours });

    /// <summary>A message as it now is, after a gap.</summary>
    public void Take(ChatMessage message)
    {
        if (Find(message.Seq) is not null) return;
        Entries.Add(Entry.Of(message));
        Head = Math.Max(Head, message.Seq);
    }

    /// <summary>The next event of the log.</summary>
    public void Take(ChatEvent e)
    {
        if (e.Seq <= Head) return; // it is in what was read
        Head = e.Seq;
        switch (e.Kind)
        {
            case "message":
                Typing.Remove(e.By);
                Entries.Add(new(e.Seq, e.At, e.By) { Text = e.Text, Reply = e.Reply, Deleted = e.Deleted });
                break;
            case "edited" when Find(e.Target ?? 0) is { Deleted: false } edited && e.Text is not null:
                (edited.Text, edited.Edited) = (e.Text, true);
                break;
            case "deleted" when Find(e.Target ?? 0) is { } deleted:
                (deleted.Text, deleted.Deleted) = (null, true);
                deleted.Reactions.Clear();
                break;
            case "reacted" when Find(e.Target ?? 0) is { } reacted:
                reacted.React(PlainText.Harmless(e.Emoji ?? ""), e.By, e.On ?? true);
                break;
            default:
                ComeOrGo(e);
                if (Words(e) is { } told) Entries.Add(new(e.Seq, e.At, e.By) { Told = told });
                break;
        }

        if (Place is null && Entries.Count > Kept * 3 / 2)
        {
            Entries.RemoveRange(0, Entries.Count - Kept);
            HasOlder = true;
        }
    }

    private void ComeOrGo(ChatEvent e)
    {
        var who = e.User ?? e.By;
        if (e.Kind is "created" or "joined" or "invited") Members.TryAdd(who, new(who, e.Kind is "created" ? "owner" : "member", e.Kind is not "invited"));
        if (e.Kind is "left" or "kicked" or "banned") Members.Remove(who);
        if (e.Kind is "role" && Members.TryGetValue(who, out var member)) Members[who] = member with { Role = e.Role ?? member.Role };
        if (e.Kind is "configured")
        {
            Name = e.Name is { } name ? PlainText.Harmless(name) : Name;
            Topic = e.Topic is { } topic ? PlainText.Harmless(topic) : Topic;
        }
    }

    private static Func<Names, string>? Words(ChatEvent e)
    {
        var why = e.Reason is { Length: > 0 } reason ? $": {PlainText.Harmless(reason)}" : "";
        return e.Kind switch
        {
            "created" => names => $"{names.Of(e.By)} made this room",
            "joined" => names => $"{names.Of(e.By)} came in",
            "left" => names => $"{names.Of(e.By)} left",
            "invited" => names => $"{names.Of(e.By)} brought in {names.Of(e.User!)}",
            "kicked" => names => $"{names.Of(e.By)} put out {names.Of(e.User!)}{why}",
            "banned" => names => $"{names.Of(e.By)} banned {names.Of(e.User!)}{why}",
            "unbanned" => names => $"{names.Of(e.By)} lifted the ban of {names.Of(e.User!)}",
            "role" => names => $"{names.Of(e.User!)} is {PlainText.Harmless(e.Role ?? "")} now",
            "configured" when e.Topic is { } topic => names => $"{names.Of(e.By)} set the topic: {PlainText.Harmless(topic)}",
            "configured" => names => $"{names.Of(e.By)} changed the room",
            _ => null,
        };
    }
}
