namespace OrleansChat.Client;

/// <summary>Saying, changing and finding messages.</summary>
public sealed partial class ChatClient
{
    private readonly RoomTurns turns = new();

    /// <summary>
    /// Says something, exactly once: it is repeated with the same key, over as many connections as it takes, until it
    /// is answered. Posts to one room are stored in the order of the calls, each after the one before is answered.
    /// </summary>
    /// <param name="room">A room of which one is a member.</param>
    /// <param name="text">At most as long as <see cref="ServerLimits.Text"/> of <see cref="Welcome"/>.</param>
    /// <param name="key">
    /// One's own name for this post, 1–64 visible ASCII characters; null makes a fresh one. With a key of one's own one may
    /// ask again at any time, in another process too, and gets the same answer.
    /// </param>
    /// <param name="reply">The number of the message that this one answers.</param>
    /// <param name="cancel">
    /// Gives up. If it was sent already nobody knows whether it is stored, now or in a moment: ask again with the same key.
    /// </param>
    /// <exception cref="ChatException">The server refused it for good; it is not stored.</exception>
    /// <exception cref="ChatStoppedException">The client stopped first; whether the post is stored is unknown.</exception>
    public Task<PostAnswer> Post(string room, string text, string? key = null, long? reply = null, CancellationToken cancel = default)
    {
        key ??= ChatConnection.NewKey();
        return turns.Take(room, () => Ask(connection => connection.Post(room, text, key, reply, cancel), cancel), cancel);
    }

    /// <summary>
    /// Changes the text of one's own message. After a broken line it is repeated unless the message is as it should be: an
    /// edit of the same message from elsewhere in that moment may be overwritten.
    /// </summary>
    /// <param name="room">The room's id.</param>
    /// <param name="seq">The message's number.</param>
    /// <param name="text">The new text.</param>
    /// <param name="cancel">Gives up; if it was sent already, whether it was done is unknown.</param>
    public Task Edit(string room, long seq, string text, CancellationToken cancel = default) => Change(
        room, seq, message => message.Text == text.Trim(), connection => connection.Edit(room, seq, text, cancel), cancel);

    /// <summary>Erases a message: one's own, or as a moderator anybody's.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="seq">The message's number.</param>
    /// <param name="cancel">Gives up; if it was sent already, whether it was done is unknown.</param>
    public Task Delete(string room, long seq, CancellationToken cancel = default) => Change(
        room, seq, message => message.Deleted, connection => connection.Delete(room, seq, cancel), cancel);

    /// <summary>Puts a reaction on a message, or takes one's own away.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="seq">The message's number.</param>
    /// <param name="emoji">Such as 👍.</param>
    /// <param name="on">False takes it away.</param>
    /// <param name="cancel">Gives up; if it was sent already, whether it was done is unknown.</param>
    public Task React(string room, long seq, string emoji, bool on = true, CancellationToken cancel = default) => Change(
        room, seq, message => message.HasReaction(emoji, Me.Id) == on, connection => connection.React(room, seq, emoji, on, cancel), cancel);

    /// <summary>Before a change is repeated of which nobody knows whether it was made, the message is looked at.</summary>
    private Task<bool> Change(string room, long seq, Func<ChatMessage, bool> made, Func<ChatConnection, Task> change, CancellationToken cancel) => Ask(
        async (connection, unsure) =>
        {
            if (unsure)
            {
                var page = await connection.History(room, after: seq - 1, limit: 1, cancel: cancel);
                if (page.Messages is [{ } message] && message.Seq == seq && made(message)) return true;
            }

            await change(connection);
            return true;
        },
        cancel);

    /// <summary>Messages as they now are, ascending; without marks the latest.</summary>
    /// <param name="room">One's own room, or a public one.</param>
    /// <param name="before">Only those before this number, the nearest to it.</param>
    /// <param name="after">Only those after this number, the nearest to it.</param>
    /// <param name="limit">At most 200.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<HistoryAnswer> History(
        string room, long? before = null, long? after = null, int? limit = null, CancellationToken cancel = default) =>
        Ask(connection => connection.History(room, before, after, limit, cancel), cancel);

    /// <summary>A page of what a gap holds; empty where the room is not to be read any more, which its stream tells by its end.</summary>
    internal async Task<HistoryAnswer> Missed(string room, long after, CancellationToken cancel)
    {
        try
        {
            return await History(room, after: after, limit: 200, cancel: cancel);
        }
        catch (ChatException e) when (e.Code is "not_found" or "not_member" or "banned" or "forbidden")
        {
            return new([], false);
        }
    }

    /// <summary>Searches one's own rooms, newest first.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="room">Only there.</param>
    /// <param name="cursor">The <see cref="SearchAnswer.Cursor"/> of the page before this one.</param>
    /// <param name="limit">At most 100.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<SearchAnswer> Search(
        string query, string? room = null, string? cursor = null, int? limit = null, CancellationToken cancel = default) =>
        Ask(connection => connection.Search(query, room, cursor, limit, cancel), cancel);

    /// <summary>Moves one's read mark forward.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="seq">The number of the last event that was read.</param>
    /// <param name="cancel">Gives up.</param>
    public Task Read(string room, long seq, CancellationToken cancel = default) => Ask(connection => connection.Read(room, seq, cancel), cancel);

    /// <summary>Lets others see that one is typing. It is passing news: without a connection nothing is sent, now or later.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task Typing(string room, CancellationToken cancel = default)
    {
        if (!IsConnected) return;
        try
        {
            await (await Live(cancel)).Typing(room, cancel);
        }
        catch (Exception e) when (e is ChatClosedException or ChatException { IsPassing: true })
        {
            // It is not worth saying any more.
        }
    }
}
