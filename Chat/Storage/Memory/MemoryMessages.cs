using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage.Memory;

/// <summary>
/// A room's messages: for each a row of numbers, and its text in a slab. Only what mentions somebody, is edited or reacted
/// to has an object of its own: a room may have millions of messages.
/// </summary>
/// <remarks>
/// A message is found by its author's key as in a hash table with chains: <see cref="heads"/> has the last row of each, and a
/// row the one before it.
/// </remarks>
internal sealed class MemoryMessages(RoomId room)
{
    private const int Least = 4; // rows for which there is place at first

    private readonly TextSlab texts = new();
    private readonly List<UserId> authors = [];
    private readonly Dictionary<UserId, int> numberOf = []; // an author's place in the list
    private readonly Dictionary<long, MemoryFate> fates = []; // by number, of few messages
    private Row[] rows = [];
    private int[] heads = []; // each a row's index and 1, or 0; a power of two, twice as many as there is place for rows

    public RoomId Room => room;

    public int Count { get; private set; }

    public MemoryMessage this[int index] => new(this, index);

    /// <summary>Where a message stands, or the complement of where it would.</summary>
    public int IndexOf(long seq)
    {
        var (low, high) = (0, Count - 1);
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
        if (Count == rows.Length) Grow();
        ref var row = ref rows[Count++];
        row = new(message.Seq, message.At.UtcTicks, message.Reply ?? 0, AuthorOf(message.By), texts.Add(message.Text ?? ""), message.Erased, texts.Add(key ?? ""), HashOf(message.By, key ?? ""));
        Chain(ref row, Count);
        if (mentions.Count > 0) FateOf(message.Seq).Mentions = mentions;
    }

    private void Grow()
    {
        Array.Resize(ref rows, Math.Max(Least, 2 * Count));
        heads = new int[2 * rows.Length];
        for (var i = 0; i < Count; i++) Chain(ref rows[i], i + 1);
    }

    private ref int HeadOf(int hash) => ref heads[hash & (heads.Length - 1)];

    private void Chain(ref Row row, int number)
    {
        if (row.Key.Length == 0) return;
        ref var head = ref HeadOf(row.Hash);
        (row.Before, head) = (head, number);
    }

    /// <summary>The message that an author posted with a key.</summary>
    public MemoryMessage? FindPost(UserId author, string key)
    {
        if (Count == 0) return null;
        var hash = HashOf(author, key);
        var number = HeadOf(hash);
        while (number > 0 && !IsPost(rows[number - 1], hash, author, key)) number = rows[number - 1].Before;
        return number > 0 ? this[number - 1] : null;
    }

    private bool IsPost(in Row row, int hash, UserId author, string key) =>
        row.Hash == hash && authors[row.Author] == author && texts[row.Key] == key;

    private static int HashOf(UserId author, string key) => HashCode.Combine(author, key);

    public void Erase(int index)
    {
        ref var row = ref rows[index];
        texts.Erase(row.Text);
        (row.Text, row.Erased) = (default, true);
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
    /// <param name="Hash">Of author and key.</param>
    private record struct Row(long Seq, long Ticks, long Reply, int Author, TextSlab.Place Text, bool Erased, TextSlab.Place Key, int Hash)
    {
        /// <summary>The next of its chain: a row's index and 1; 0 at the end.</summary>
        public int Before { get; set; }
    }
}
