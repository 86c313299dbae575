namespace OrleansChat.Client;

/// <summary>The answer of an operation that has nothing to say but that it was done.</summary>
public sealed record Done;

/// <summary>The answer to <c>hello</c>.</summary>
/// <param name="User">Who this connection speaks for.</param>
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
public sealed record ChatUser(string Id, string Name, bool Guest = false, bool Admin = false);

/// <param name="Text">Code points of a message.</param>
/// <param name="Frame">Bytes of a message to the server.</param>
/// <param name="Rooms">Rooms that one user may be a member of.</param>
public sealed record ServerLimits(int Text, int Frame, int Rooms);

/// <summary>A room as one of its members has it in the list.</summary>
/// <param name="Head">The number of its last event.</param>
/// <param name="Read">One's own read mark.</param>
/// <param name="Last">When its last event happened.</param>
/// <param name="Gap">True where the server could not resume: what lies between must be read with <c>history</c>.</param>
/// <param name="Topic">Only in the answer to <c>join</c>, as are the next two.</param>
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
public sealed record JoinAnswer(RoomEntry Room, IReadOnlyList<ChatEvent> Events, bool Gap = false);

/// <summary>The id of a room that was created or opened.</summary>
public sealed record RoomAnswer(string Room);

/// <summary>Where and when a post stands in the room's log.</summary>
public sealed record PostAnswer(long Seq, DateTimeOffset At);

/// <summary>The number of the event that the operation caused.</summary>
public sealed record SeqAnswer(long Seq);

/// <summary>The server's time.</summary>
public sealed record PingAnswer(DateTimeOffset At);

/// <param name="Messages">As they now are, ascending.</param>
/// <param name="More">Whether there are more in the direction that was asked for.</param>
public sealed record HistoryAnswer(IReadOnlyList<ChatMessage> Messages, bool More);

/// <param name="Messages">Newest first, each with its room.</param>
/// <param name="Cursor">What to ask with for the next page.</param>
public sealed record SearchAnswer(IReadOnlyList<ChatMessage> Messages, bool More, string? Cursor = null);

/// <summary>A message as it now is: edits and reactions folded in.</summary>
/// <param name="Room">Only in the answer to <c>search</c>.</param>
/// <param name="Text">Null once it is deleted.</param>
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
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Reactions = null);

/// <summary>The chat status of a room: a page of its participants and its latest messages.</summary>
/// <param name="More">Whether there are more members after the last one here.</param>
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

/// <param name="Read">Their read mark, in rooms of at most 25 members, for members.</param>
public sealed record RoomMember(string User, string Name, string Role, bool Online, DateTimeOffset LastActive, long? Read = null);

public sealed record BannedUser(string User, string Name);

/// <summary>The status of people; unknown ones are left out.</summary>
public sealed record WhoAnswer(IReadOnlyList<Person> Users);

public sealed record Person(string User, string Name, bool Online, DateTimeOffset LastActive);

/// <summary>A page of the public rooms.</summary>
public sealed record RoomsAnswer(IReadOnlyList<PublicRoom> Rooms, bool More);

public sealed record PublicRoom(string Room, string Name, string Topic, int Members, long Head);
