using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OrleansChat.Client;

/// <summary>
/// A room that a <see cref="ChatClient"/> has joined: its events in order and without a hole, over any number of
/// connections, for one reader.
/// </summary>
public sealed class ChatRoom
{
    private readonly ChatClient client;
    private readonly Channel<RoomItem> items;
    private readonly Lock turn = new();
    private volatile bool behind; // the reader was too slow: what came since is not held, but fetched again later
    private RoomItem.Gap? missing; // what the reader has yet to be told of a gap
    private int readers;

    internal ChatRoom(ChatClient client, RoomEntry entry, long seq, int capacity)
    {
        this.client = client;
        Entry = entry;
        Seq = seq;
        items = Channel.CreateBounded<RoomItem>(new BoundedChannelOptions(capacity) { SingleReader = true });
    }

    /// <summary>The room's id, such as <c>lobby</c> or <c>dm:ada+bob</c>.</summary>
    public string Id => Entry.Room;

    /// <summary>The room as it was when one joined: its name, topic and head, one's role and read mark.</summary>
    public RoomEntry Entry { get; }

    /// <summary>The number of the last event that is held for the reader, or was read: where a resume begins.</summary>
    public long Seq { get; private set; }

    /// <summary>True once one is no longer a member, or the room is gone; the items end then.</summary>
    public bool Ended { get; private set; }

    /// <summary>
    /// What happens in the room, from where one joined. It ends when the membership does, and fails with a
    /// <see cref="ChatStoppedException"/> when the client stops. One reader at a time; the next goes on where the last
    /// one left off.
    /// </summary>
    /// <remarks>
    /// As many as <see cref="ChatClientOptions.RoomCapacity"/> items are held for a reader. When they are full nothing
    /// more is, and nobody is held up: once the reader has read them, the client breaks the connection and resumes from
    /// there. So a slow reader loses nothing, unless it is more than 1,000 events behind: then it gets a
    /// <see cref="RoomItem.Gap"/>, and the messages in it as <see cref="RoomItem.Reloaded"/>.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Somebody else is reading.</exception>
    public async IAsyncEnumerable<RoomItem> Items([EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (Interlocked.Exchange(ref readers, 1) != 0) throw new InvalidOperationException("A room has one reader at a time.");
        try
        {
            while (true)
            {
                if (missing is not null)
                {
                    await foreach (var past in Reload(cancel)) yield return past;
                }
                else if (items.Reader.TryRead(out var item))
                {
                    missing = item as RoomItem.Gap;
                    yield return item;
                }
                else
                {
                    if (behind) client.CatchUp();
                    if (!await items.Reader.WaitToReadAsync(cancel)) yield break;
                }
            }
        }
        finally
        {
            Volatile.Write(ref readers, 0);
        }
    }

    /// <summary>The messages in the gap, read page by page as the reader asks for them: it may be of any length.</summary>
    private async IAsyncEnumerable<RoomItem> Reload([EnumeratorCancellation] CancellationToken cancel)
    {
        while (missing is { } left)
        {
            var page = await client.Missed(Id, left.After, cancel);
            foreach (var message in page.Messages.TakeWhile(message => message.Seq <= left.Head))
            {
                missing = left with { After = message.Seq };
                yield return new RoomItem.Reloaded(message);
            }

            if (!page.More || page.Messages is [] || page.Messages[^1].Seq >= left.Head) missing = null;
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
            if (!Hold(new RoomItem.Gap(Seq, head))) return;
            client.Tell(new ChatNews.Gap(Id, Seq, head));
            Seq = head;
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
