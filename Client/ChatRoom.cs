using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OrleansChat.Client;

/// <summary>
/// A room that a <see cref="ChatClient"/> has joined: its events in order and without a hole, over any number of
/// connections, for one reader.
/// </summary>
public sealed class ChatRoom
{
    private readonly Channel<RoomItem> items;
    private readonly Action catchUp;
    private readonly Lock turn = new();
    private volatile bool behind; // the reader was too slow: what came since is not held, but fetched again later

    internal ChatRoom(string id, long seq, int capacity, Action catchUp)
    {
        Id = id;
        Seq = seq;
        this.catchUp = catchUp;
        items = Channel.CreateBounded<RoomItem>(new BoundedChannelOptions(capacity) { SingleReader = true });
    }

    public string Id { get; }

    /// <summary>The number of the last event that is held for the reader, or was read: where a resume begins.</summary>
    public long Seq { get; private set; }

    /// <summary>True once one is no longer a member, or the room is gone; the items end then.</summary>
    public bool Ended { get; private set; }

    /// <summary>
    /// What happens in the room, from where one joined. It ends when the membership does, and fails when the client
    /// stops. A reader that falls far behind loses nothing: the client resumes from what was read.
    /// </summary>
    public async IAsyncEnumerable<RoomItem> Items([EnumeratorCancellation] CancellationToken cancel = default)
    {
        while (true)
        {
            while (items.Reader.TryRead(out var item)) yield return item;
            if (behind) catchUp();
            if (!await items.Reader.WaitToReadAsync(cancel)) yield break;
        }
    }

    /// <summary>Takes events as they came; false if one is missing before them, and the client must resume.</summary>
    internal bool Take(IReadOnlyList<ChatEvent> events, string me)
    {
        lock (turn)
        {
            foreach (var e in events)
            {
                if (behind || Ended) return true;
                if (e.Seq <= Seq) continue; // seen before: a replay and the live events may overlap
                if (e.Seq != Seq + 1) return false;
                if (!Hold(new RoomItem.Happened(e))) return true;
                Seq = e.Seq;
                if (e.Removes(me)) End(null);
            }

            return true;
        }
    }

    /// <summary>A new connection resumes this room: events follow from <see cref="Seq"/> on, or from the head where there is a gap.</summary>
    internal void Resume(RoomEntry entry)
    {
        lock (turn)
        {
            behind = false;
            if (entry.Gap) Skip(entry.Head);
        }
    }

    /// <summary>What lies between the last number and <paramref name="head"/> does not come.</summary>
    internal void Skip(long head)
    {
        lock (turn)
        {
            if (Hold(new RoomItem.Gap(Seq, head))) Seq = head;
        }
    }

    private bool Hold(RoomItem item)
    {
        behind = !items.Writer.TryWrite(item);
        return !behind;
    }

    internal void End(Exception? why)
    {
        lock (turn)
        {
            Ended = true;
            items.Writer.TryComplete(why);
        }
    }
}

/// <summary>What a reader of a room gets.</summary>
public abstract record RoomItem
{
    /// <summary>The next event of the room.</summary>
    public sealed record Happened(ChatEvent Event) : RoomItem;

    /// <summary>
    /// Events after <paramref name="After"/> and up to <paramref name="Head"/> do not come; <c>history</c> has the
    /// messages as they now are. The next event follows the head.
    /// </summary>
    public sealed record Gap(long After, long Head) : RoomItem;
}
