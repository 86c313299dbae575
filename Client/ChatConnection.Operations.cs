namespace OrleansChat.Client;

/// <summary>
/// The operations of the protocol, one method each. A refusal is a <see cref="ChatException"/> with the protocol's
/// code; a connection that ends first is a <see cref="ChatClosedException"/>.
/// </summary>
public sealed partial class ChatConnection
{
    private static ClientJson Json => ClientJson.Wire;

    /// <summary>Says who is speaking. Must be the first operation.</summary>
    /// <param name="token">Of an account, or an earlier guest's.</param>
    /// <param name="guest">The name of a new guest.</param>
    /// <param name="resume">The number of the last event that one has, by room.</param>
    public Task<HelloAnswer> Hello(
        string? token = null, string? guest = null, IReadOnlyDictionary<string, long>? resume = null, CancellationToken cancel = default) =>
        Hello(new Operation.Hello(token, guest, resume), null, cancel);

    /// <param name="hello">Who, and what they have.</param>
    /// <param name="first">Runs on the receiving path, before anything that the server sends after its answer.</param>
    /// <param name="cancel">Gives up.</param>
    internal Task<HelloAnswer> Hello(Operation.Hello hello, Action<HelloAnswer>? first, CancellationToken cancel) => Call(
        hello,
        Json.HelloAnswer,
        cancel,
        welcome =>
        {
            frameLimit = welcome.Limits.Frame;
            first?.Invoke(welcome);
        });

    /// <summary>Becomes a member of a room.</summary>
    /// <param name="since">Gives the events after this number, rather than the latest 50.</param>
    public Task<JoinAnswer> Join(string room, long? since = null, CancellationToken cancel = default) =>
        Call(new Operation.Join(room, since), Json.JoinAnswer, cancel);

    /// <summary>Gives up membership.</summary>
    public Task<Done> Leave(string room, CancellationToken cancel = default) => Do(new Operation.Leave(room), cancel);

    /// <summary>Makes a room, of which one is then the owner.</summary>
    /// <param name="visibility"><c>public</c> (the default) or <c>private</c>.</param>
    public Task<RoomAnswer> Create(
        string room, string? name = null, string? topic = null, string? visibility = null, CancellationToken cancel = default) =>
        Call(new Operation.Create(room, name, topic, visibility), Json.RoomAnswer, cancel);

    /// <summary>Changes a room's settings; what is null stays.</summary>
    /// <param name="slow">Seconds between one member's posts, 0–3600.</param>
    public Task<Done> Configure(
        string room, string? name = null, string? topic = null, string? visibility = null, int? slow = null, CancellationToken cancel = default) =>
        Do(new Operation.Configure(room, name, topic, visibility, slow), cancel);

    /// <summary>Erases a room and its log.</summary>
    public Task<Done> Destroy(string room, CancellationToken cancel = default) => Do(new Operation.Destroy(room), cancel);

    /// <summary>Says something. Answered once it is stored.</summary>
    /// <param name="key">One's own name for this post: repeating it stores nothing more. Null makes a fresh one.</param>
    /// <param name="reply">The number of the message that this one answers.</param>
    public Task<PostAnswer> Post(string room, string text, string? key = null, long? reply = null, CancellationToken cancel = default) =>
        Call(new Operation.Post(room, text, key ?? NewKey(), reply), Json.PostAnswer, cancel);

    internal static string NewKey() => Guid.NewGuid().ToString("N");

    /// <summary>Changes one's own message. Each call makes an event, also where nothing changes.</summary>
    public Task<SeqAnswer> Edit(string room, long seq, string text, CancellationToken cancel = default) =>
        Call(new Operation.Edit(room, seq, text), Json.SeqAnswer, cancel);

    /// <summary>Erases a message.</summary>
    public Task<SeqAnswer> Delete(string room, long seq, CancellationToken cancel = default) =>
        Call(new Operation.Delete(room, seq), Json.SeqAnswer, cancel);

    /// <summary>Puts a reaction on a message, or takes it away. Each call makes an event, also where nothing changes.</summary>
    public Task<SeqAnswer> React(string room, long seq, string emoji, bool on = true, CancellationToken cancel = default) =>
        Call(new Operation.React(room, seq, emoji, on), Json.SeqAnswer, cancel);

    /// <summary>Messages as they now are, ascending; without marks the latest.</summary>
    /// <param name="limit">At most 200.</param>
    public Task<HistoryAnswer> History(
        string room, long? before = null, long? after = null, int? limit = null, CancellationToken cancel = default) =>
        Call(new Operation.History(room, before, after, limit), Json.HistoryAnswer, cancel);

    /// <summary>Searches one's own rooms, newest first.</summary>
    /// <param name="limit">At most 100.</param>
    public Task<SearchAnswer> Search(
        string query, string? room = null, string? cursor = null, int? limit = null, CancellationToken cancel = default) =>
        Call(new Operation.Search(query, room, cursor, limit), Json.SearchAnswer, cancel);

    /// <summary>A room's participants and latest messages.</summary>
    /// <param name="after">The last user of the page before this one.</param>
    public Task<StatusAnswer> Status(string room, string? after = null, CancellationToken cancel = default) =>
        Call(new Operation.Status(room, after), Json.StatusAnswer, cancel);

    /// <summary>The status of up to 100 people.</summary>
    public Task<WhoAnswer> Who(IReadOnlyList<string> users, CancellationToken cancel = default) =>
        Call(new Operation.Who(users), Json.WhoAnswer, cancel);

    /// <summary>The public rooms.</summary>
    /// <param name="after">The last room of the page before this one.</param>
    public Task<RoomsAnswer> Rooms(string? query = null, string? after = null, CancellationToken cancel = default) =>
        Call(new Operation.Rooms(query, after), Json.RoomsAnswer, cancel);

    /// <summary>Opens the direct room with somebody.</summary>
    public Task<RoomAnswer> Direct(string user, CancellationToken cancel = default) =>
        Call(new Operation.Direct(user), Json.RoomAnswer, cancel);

    /// <summary>Brings somebody in: they are a member at once.</summary>
    public Task<Done> Invite(string room, string user, string? reason = null, CancellationToken cancel = default) =>
        Do(new Operation.Invite(room, user, reason), cancel);

    /// <summary>Puts somebody out; they may come back.</summary>
    public Task<Done> Kick(string room, string user, string? reason = null, CancellationToken cancel = default) =>
        Do(new Operation.Kick(room, user, reason), cancel);

    /// <summary>Puts somebody out for good.</summary>
    public Task<Done> Ban(string room, string user, string? reason = null, CancellationToken cancel = default) =>
        Do(new Operation.Ban(room, user, reason), cancel);

    /// <summary>Lets somebody come back who was banned.</summary>
    public Task<Done> Unban(string room, string user, string? reason = null, CancellationToken cancel = default) =>
        Do(new Operation.Unban(room, user, reason), cancel);

    /// <summary>Makes a member something else in a room.</summary>
    /// <param name="role"><c>owner</c>, <c>moderator</c> or <c>member</c>.</param>
    public Task<Done> Role(string room, string user, string role, CancellationToken cancel = default) =>
        Do(new Operation.GiveRole(room, user, role), cancel);

    /// <summary>Hears nothing more from somebody.</summary>
    public Task<Done> Block(string user, CancellationToken cancel = default) => Do(new Operation.Block(user), cancel);

    /// <summary>Takes a block back.</summary>
    public Task<Done> Unblock(string user, CancellationToken cancel = default) => Do(new Operation.Unblock(user), cancel);

    /// <summary>Moves one's read mark forward.</summary>
    public Task<Done> Read(string room, long seq, CancellationToken cancel = default) => Do(new Operation.Read(room, seq), cancel);

    /// <summary>Lets others see that one is typing; passed on at most once in 2 s.</summary>
    public Task<Done> Typing(string room, CancellationToken cancel = default) => Do(new Operation.Typing(room), cancel);

    /// <summary>Asks for node metrics as they arrive; for administrators.</summary>
    public Task<Done> Watch(string topic = "metrics", CancellationToken cancel = default) => Do(new Operation.Watch(topic), cancel);

    /// <summary>Takes it back.</summary>
    public Task<Done> Unwatch(string topic = "metrics", CancellationToken cancel = default) => Do(new Operation.Unwatch(topic), cancel);

    /// <summary>Asks for the server's time, and whether it is there.</summary>
    public Task<PingAnswer> Ping(CancellationToken cancel = default) => Call(new Operation.Ping(), Json.PingAnswer, cancel);

    private Task<Done> Do(Operation operation, CancellationToken cancel) => Call(operation, Json.Done, cancel);
}
