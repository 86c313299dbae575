namespace OrleansChat.Client;

/// <summary>The answer of an operation that has nothing to say but that it was done.</summary>
public sealed record Done;

/// <summary>The answer to <c>hello</c>.</summary>
/// <param name="User">Who this connection speaks for.</param>
/// <param name="Limits">What the server takes.</param>
/// <param name="Rooms">The rooms of which they are a member.</param>
/// <param name="Token">For a guest: the way to come back as the same guest.</param>
/// <param name="Blocked">Whom the user blocks.</param>
public sealed record HelloAnswer(
    ChatUser User,
    ServerLimits Limits,
    IReadOnlyList<RoomEntry> Rooms,
    string? Token = null,
    IReadOnlyList<string>? Blocked = null);

/// <summary>A person as <c>hello</c> names them.</summary>
/// <param name="Id">By which everybody knows them.</param>
/// <param name="Name">What people see.</param>
/// <param name="Guest">Whether they have no account.</param>
/// <param name="Admin">Whether they are an administrator.</param>
public sealed record ChatUser(string Id, string Name, bool Guest = false, bool Admin = false);

/// <summary>What the server takes.</summary>
/// <param name="Text">Code points of a message.</param>
/// <param name="Frame">Bytes of a message to the server.</param>
/// <param name="Rooms">Rooms that one user may be a member of.</param>
public sealed record ServerLimits(int Text, int Frame, int Rooms);

/// <summary>A room as one of its members has it in the list.</summary>
/// <param name="Room">Its id.</param>
/// <param name="Name">What people see.</param>
/// <param name="Head">The number of its last event.</param>
/// <param name="Read">One's own read mark.</param>
/// <param name="Unread">Others' messages after it.</param>
/// <param name="Mentions">How many of them mention one.</param>
/// <param name="Last">When its last event happened.</param>
/// <param name="Role">One's own: <c>owner</c>, <c>moderator</c> or <c>member</c>.</param>
/// <param name="Gap">True where the server could not resume: what lies between must be read with <c>history</c>.</param>
/// <param name="Topic">Only in the answer to <c>join</c>.</param>
/// <param name="Visibility"><c>public</c>, <c>private</c> or <c>direct</c>.</param>
/// <param name="Members">How many there are; only in the answer to <c>join</c>.</param>
public sealed record RoomEntry(
    string Room,
    string Name,
    long Head,
    long Read,
    int Unread,
    int Mentions,
    DateTimeOffset Last,
    string Role,
    bool Gap = false,
    string? Topic = null,
    string? Visibility = null,
    int? Members = null);

/// <summary>The answer to <c>join</c>: the next event of the room that comes as a frame follows the last one here.</summary>
/// <param name="Room">As it is now.</param>
/// <param name="Events">Those after <c>since</c>, or the latest.</param>
/// <param name="Gap">True where the server could not resume from <c>since</c>.</param>
public sealed record JoinAnswer(RoomEntry Room, IReadOnlyList<ChatEvent> Events, bool Gap = false);

/// <summary>The id of a room that was created or opened.</summary>
/// <param name="Room">The id.</param>
public sealed record RoomAnswer(string Room);

/// <summary>Where and when a post stands in the room's log.</summary>
/// <param name="Seq">The number of its event, by which it is edited, answered and found.</param>
/// <param name="At">When it was stored.</param>
public sealed record PostAnswer(long Seq, DateTimeOffset At);

/// <summary>The number of the event that the operation caused.</summary>
/// <param name="Seq">Not the number of the message that it is about.</param>
public sealed record SeqAnswer(long Seq);

/// <summary>The server's time.</summary>
/// <param name="At">In UTC.</param>
public sealed record PingAnswer(DateTimeOffset At);

/// <summary>A page of a room's messages.</summary>
/// <param name="Messages">As they now are, ascending.</param>
/// <param name="More">Whether there are more in the direction that was asked for.</param>
public sealed record HistoryAnswer(IReadOnlyList<ChatMessage> Messages, bool More);

/// <summary>A page of what was found.</summary>
/// <param name="Messages">Newest first, each with its room.</param>
/// <param name="More">Whether there are more.</param>
/// <param name="Cursor">What to ask with for the next page.</param>
public sealed record SearchAnswer(IReadOnlyList<ChatMessage> Messages, bool More, string? Cursor = null);

/// <summary>A message as it now is: edits and reactions folded in.</summary>
/// <param name="Seq">Its number in its room.</param>
/// <param name="At">When it was posted.</param>
/// <param name="By">The id of its author.</param>
/// <param name="Text">Null once it is deleted.</param>
/// <param name="Room">Only in the answer to <c>search</c>.</param>
/// <param name="Reply">The number of the message that it answers.</param>
/// <param name="Edited">Whether its text was changed.</param>
/// <param name="Deleted">Whether its text was erased.</param>
/// <param name="Reactions">Who reacted, by emoji.</param>
public sealed record ChatMessage(
    long Seq,
    DateTimeOffset At,
    string By,
    string? Text = null,
    string? Room = null,
    long? Reply = null,
    bool Edited = false,
    bool Deleted = false,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Reactions = null)
{
    /// <summary>Whether <paramref name="user"/> has put this reaction on it.</summary>
    public bool HasReaction(string emoji, string user) => Reactions?.GetValueOrDefault(emoji)?.Contains(user) is true;
}

/// <summary>The chat status of a room: a page of its participants and its latest messages.</summary>
/// <param name="Room">Its id.</param>
/// <param name="Name">What people see.</param>
/// <param name="Topic">What it is about; may be empty.</param>
/// <param name="Visibility"><c>public</c>, <c>private</c> or <c>direct</c>.</param>
/// <param name="Head">The number of its last event.</param>
/// <param name="Members">At most 500, by their ids.</param>
/// <param name="More">Whether there are more members after the last one here.</param>
/// <param name="Recent">The latest 20 messages, ascending.</param>
/// <param name="Slow">Seconds between one member's posts; 0 is no limit.</param>
/// <param name="Banned">With the first page, for those who may lift bans, if there are any.</param>
public sealed record StatusAnswer(
    string Room,
    string Name,
    string Topic,
    string Visibility,
    long Head,
    IReadOnlyList<RoomMember> Members,
    bool More,
    IReadOnlyList<ChatMessage> Recent,
    int Slow = 0,
    IReadOnlyList<BannedUser>? Banned = null);

/// <summary>A participant of a room.</summary>
/// <param name="User">Their id.</param>
/// <param name="Name">What people see.</param>
/// <param name="Role"><c>owner</c>, <c>moderator</c> or <c>member</c>.</param>
/// <param name="Online">Whether any of their sessions lives.</param>
/// <param name="LastActive">When they last did something.</param>
/// <param name="Read">Their read mark, in rooms of at most 25 members, for members.</param>
public sealed record RoomMember(string User, string Name, string Role, bool Online, DateTimeOffset LastActive, long? Read = null);

/// <summary>Who may not come back into a room.</summary>
/// <param name="User">Their id.</param>
/// <param name="Name">What people see.</param>
public sealed record BannedUser(string User, string Name);

/// <summary>The status of people; unknown ones are left out.</summary>
/// <param name="Users">In no order.</param>
public sealed record WhoAnswer(IReadOnlyList<Person> Users);

/// <summary>The status of somebody.</summary>
/// <param name="User">Their id.</param>
/// <param name="Name">What people see.</param>
/// <param name="Online">Whether any of their sessions lives.</param>
/// <param name="LastActive">When they last did something.</param>
public sealed record Person(string User, string Name, bool Online, DateTimeOffset LastActive);

/// <summary>A page of the public rooms.</summary>
/// <param name="Rooms">By their ids.</param>
/// <param name="More">Whether there are more after the last one here.</param>
public sealed record RoomsAnswer(IReadOnlyList<PublicRoom> Rooms, bool More);

/// <summary>A room as it is listed.</summary>
/// <param name="Room">Its id.</param>
/// <param name="Name">What people see.</param>
/// <param name="Topic">What it is about; may be empty.</param>
/// <param name="Members">How many there are.</param>
/// <param name="Head">The number of its last event.</param>
public sealed record PublicRoom(string Room, string Name, string Topic, int Members, long Head);
