using System.Runtime.InteropServices;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Memory;

/// <summary>
/// A room's messages: for each a row of numbers, and its text in a slab. Only what mentions somebody, is edited or reacted
/// to has an object of its own: a room may have millions of messages.
/// </summary>
internal sealed class MemoryMessages(RoomId room)
{
    private readonly List<Row> rows = [];
    private readonly TextSlab texts = new();
    private readonly List<UserId> authors = [];
    private readonly Dictionary<UserId, int> numberOf = []; // an author's place in the list
    private readonly Dictionary<int, int> posts = []; // by the hash of author and key, the last row that has it
    private readonly Dictionary<long, MemoryFate> fates = []; // by number, of few messages

    public RoomId Room => room;

    public int Count => rows.Count;

    public MemoryMessage this[int index] => new(this, index);

    /// <summary>Where a message stands, or the complement of where it would.</summary>
    public int IndexOf(long seq)
    {
        var (low, high) = (0, rows.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (rows[middle].Seq == seq) return middle;
            if (rows[middle].Seq < seq) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    public void Add(RoomEvent.Message message, string? key, IReadOnlyList<UserId> mentions)
    {
        var alike = key is null ? -1 : Note(HashCode.Combine(message.By, key), rows.Count);
        rows.Add(new(message.Seq, message.At.UtcTicks, message.Reply ?? 0, AuthorOf(message.By), texts.Add(message.Text ?? ""), message.Erased, texts.Add(key ?? ""), alike));
        if (mentions.Count > 0) FateOf(message.Seq).Mentions = mentions;
    }

    /// <returns>The row before that has the same hash; -1 when there is none.</returns>
    private int Note(int hash, int row)
    {
        ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(posts, hash, out var exists);
        var before = exists ? last : -1;
        last = row;
        return before;
    }

    /// <summary>The message that an author posted with a key.</summary>
    public MemoryMessage? FindPost(UserId author, string key)
    {
        var index = posts.GetValueOrDefault(HashCode.Combine(author, key), -1);
        while (index >= 0 && (ByOf(index) != author || texts[rows[index].Key] != key)) index = rows[index].Alike;
        return index < 0 ? null : this[index];
    }

    public void Erase(int index)
    {
        texts.Erase(rows[index].Text);
        rows[index] = rows[index] with { Text = default, Erased = true };
    }

    public long SeqOf(int index) => rows[index].Seq;

    public DateTimeOffset AtOf(int index) => new(rows[index].Ticks, TimeSpan.Zero);

    public UserId ByOf(int index) => authors[rows[index].Author];

    public bool IsErased(int index) => rows[index].Erased;

    /// <summary>The message as it was said; its text is gone if it was erased.</summary>
    public RoomEvent.Message Said(int index)
    {
        var row = rows[index];
        return new(row.Erased ? null : texts[row.Text], row.Reply > 0 ? row.Reply : null) { Seq = row.Seq, At = AtOf(index), By = ByOf(index), Erased = row.Erased };
    }

    /// <summary>What became of a message, where anything did.</summary>
    public MemoryFate? FindFate(long seq) => fates.GetValueOrDefault(seq);

    public MemoryFate FateOf(long seq)
    {
        if (!fates.TryGetValue(seq, out var fate)) fates.Add(seq, fate = new());
        return fate;
    }

    private int AuthorOf(UserId user)
    {
        if (numberOf.TryGetValue(user, out var number)) return number;
        authors.Add(user);
        numberOf.Add(user, authors.Count - 1);
        return authors.Count - 1;
    }

    /// <param name="Ticks">When it was said, in UTC.</param>
    /// <param name="Reply">The number of the message that it answers; 0 when it answers none.</param>
    /// <param name="Alike">The row before it whose author and key have the same hash; -1 when there is none.</param>
    private readonly record struct Row(long Seq, long Ticks, long Reply, int Author, TextSlab.Place Text, bool Erased, TextSlab.Place Key, int Alike);
}
