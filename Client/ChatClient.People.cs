namespace OrleansChat.Client;

/// <summary>Rooms and the people in them. What was not answered is repeated: where it is so already, nothing happens.</summary>
public sealed partial class ChatClient
{
    /// <summary>Makes a room; one is its owner and a member, and may <see cref="Join"/> it to hear its events.</summary>
    /// <param name="room">Its id: small letters, digits and dashes.</param>
    /// <param name="name">What people see; null is the id.</param>
    /// <param name="topic">What it is about.</param>
    /// <param name="visibility"><c>public</c> (the default) or <c>private</c>.</param>
    /// <param name="cancel">Gives up; if it was sent already, whether it was done is unknown.</param>
    /// <exception cref="ChatException"><c>conflict</c>: it exists, or ever did.</exception>
    public Task Create(string room, string? name = null, string? topic = null, string? visibility = null, CancellationToken cancel = default) => Ask(
        async (connection, unsure) =>
        {
            try
            {
                await connection.Create(room, name, topic, visibility, cancel);
            }
            catch (ChatException e) when (unsure && e.Code is "conflict")
            {
                // Where nothing but its making has happened, and we own it, the attempt that was not answered made it.
                var status = await connection.Status(room, cancel: cancel);
                if (status.Head != 1 || status.Members is not [{ } owner] || owner.User != Me.Id) throw;
            }

            return true;
        },
        cancel);

    /// <summary>Changes a room's settings; what is null stays.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="name">What people see.</param>
    /// <param name="topic">What it is about.</param>
    /// <param name="visibility"><c>public</c> or <c>private</c>.</param>
    /// <param name="slow">Seconds between one member's posts, 0–3600.</param>
    /// <param name="cancel">Gives up; if it was sent already, whether it was done is unknown.</param>
    public Task Configure(
        string room, string? name = null, string? topic = null, string? visibility = null, int? slow = null, CancellationToken cancel = default) =>
        Ask(connection => connection.Configure(room, name, topic, visibility, slow, cancel), cancel);

    /// <summary>Sets a room's topic.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="topic">At most 500 characters.</param>
    /// <param name="cancel">Gives up.</param>
    public Task Topic(string room, string topic, CancellationToken cancel = default) => Configure(room, topic: topic, cancel: cancel);

    /// <summary>Erases a room and its log.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="cancel">Gives up.</param>
    public Task Destroy(string room, CancellationToken cancel = default) =>
        Once(connection => connection.Destroy(room, cancel), cancel, "not_found");

    /// <summary>Opens the direct room with somebody; gives its id.</summary>
    /// <param name="user">Their id.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<string> Direct(string user, CancellationToken cancel = default) =>
        (await Ask(connection => connection.Direct(user, cancel), cancel)).Room;

    /// <summary>Brings somebody in: they are a member at once.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="user">Their id.</param>
    /// <param name="reason">For the others.</param>
    /// <param name="cancel">Gives up.</param>
    public Task Invite(string room, string user, string? reason = null, CancellationToken cancel = default) =>
        Ask(connection => connection.Invite(room, user, reason, cancel), cancel);

    /// <summary>Puts somebody out; they may come back.</summary>
    /// <inheritdoc cref="Invite"/>
    public Task Kick(string room, string user, string? reason = null, CancellationToken cancel = default) =>
        Ask(connection => connection.Kick(room, user, reason, cancel), cancel);

    /// <summary>Puts somebody out for good.</summary>
    /// <inheritdoc cref="Invite"/>
    public Task Ban(string room, string user, string? reason = null, CancellationToken cancel = default) =>
        Ask(connection => connection.Ban(room, user, reason, cancel), cancel);

    /// <summary>Lets somebody come back who was banned.</summary>
    /// <inheritdoc cref="Invite"/>
    public Task Unban(string room, string user, string? reason = null, CancellationToken cancel = default) =>
        Ask(connection => connection.Unban(room, user, reason, cancel), cancel);

    /// <summary>Makes a member something else in a room.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="user">Their id.</param>
    /// <param name="role"><c>owner</c>, <c>moderator</c> or <c>member</c>.</param>
    /// <param name="cancel">Gives up.</param>
    public Task Role(string room, string user, string role, CancellationToken cancel = default) =>
        Ask(connection => connection.Role(room, user, role, cancel), cancel);

    /// <summary>Hears nothing more from somebody: no direct messages, no notices.</summary>
    /// <param name="user">Their id.</param>
    /// <param name="cancel">Gives up.</param>
    public Task Block(string user, CancellationToken cancel = default) => Ask(connection => connection.Block(user, cancel), cancel);

    /// <summary>Takes a block back.</summary>
    /// <param name="user">Their id.</param>
    /// <param name="cancel">Gives up.</param>
    public Task Unblock(string user, CancellationToken cancel = default) => Ask(connection => connection.Unblock(user, cancel), cancel);

    /// <summary>A room's name, topic and settings, a page of 500 of its members, and its latest 20 messages.</summary>
    /// <param name="room">One's own room, or a public one.</param>
    /// <param name="after">The last user of the page before this one.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<StatusAnswer> Status(string room, string? after = null, CancellationToken cancel = default) =>
        Ask(connection => connection.Status(room, after, cancel), cancel);

    /// <summary>All members of a room, asked for page by page.</summary>
    /// <param name="room">One's own room, or a public one.</param>
    /// <param name="cancel">Gives up.</param>
    public async IAsyncEnumerable<RoomMember> Members(string room, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (string? after = null; ;)
        {
            var page = await Status(room, after, cancel);
            foreach (var member in page.Members) yield return member;
            if (!page.More || page.Members is []) yield break;
            after = page.Members[^1].User;
        }
    }

    /// <summary>Who people are, and whether they are online; unknown ones are left out.</summary>
    /// <param name="users">At most 100 ids.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<Person>> Who(IReadOnlyList<string> users, CancellationToken cancel = default) =>
        (await Ask(connection => connection.Who(users, cancel), cancel)).Users;

    /// <summary>A page of the rooms that one may see.</summary>
    /// <param name="query">Only those whose name or id has this.</param>
    /// <param name="after">The last room of the page before this one.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<RoomsAnswer> Rooms(string? query = null, string? after = null, CancellationToken cancel = default) =>
        Ask(connection => connection.Rooms(query, after, cancel), cancel);

    /// <param name="ask">What to do.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="already">The refusals of a repeat that mean that it was done the first time.</param>
    private Task<bool> Once(Func<ChatConnection, Task> ask, CancellationToken cancel, params string[] already) => Ask(
        async (connection, unsure) =>
        {
            try
            {
                await ask(connection);
            }
            catch (ChatException e) when (unsure && already.Contains(e.Code))
            {
                // so it was
            }

            return true;
        },
        cancel);
}
