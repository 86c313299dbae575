using System.Text.Json;

namespace OrleansChat.Client;

/// <summary>An event of a room's log. Which of the optional fields are there depends on <see cref="Kind"/>.</summary>
/// <param name="Seq">Its number in the room: 1, 2, 3 … without a hole.</param>
/// <param name="At">When it happened.</param>
/// <param name="By">The id of who did it.</param>
/// <param name="Kind"><c>created</c>, <c>joined</c>, <c>message</c> …; there may be kinds that are not known yet.</param>
/// <param name="Text">Of a <c>message</c> or <c>edited</c>.</param>
/// <param name="Reply">Of a <c>message</c>: the number of the one that it answers.</param>
/// <param name="Target">Of <c>edited</c>, <c>deleted</c> and <c>reacted</c>: the number of the message.</param>
/// <param name="Deleted">True where a message's or an edit's text was erased.</param>
/// <param name="Emoji">Of <c>reacted</c>.</param>
/// <param name="On">Of <c>reacted</c>: false where it was taken away.</param>
/// <param name="User">Of <c>invited</c>, <c>kicked</c>, <c>banned</c>, <c>unbanned</c> and <c>role</c>: who it is about.</param>
/// <param name="Reason">Of <c>kicked</c> and <c>banned</c>, where one was given.</param>
/// <param name="Role">Of <c>role</c>: what they are now.</param>
/// <param name="Name">Of <c>created</c> and <c>configured</c>.</param>
/// <param name="Topic">Of <c>configured</c>.</param>
/// <param name="Visibility">Of <c>created</c> and <c>configured</c>.</param>
/// <param name="Slow">Of <c>configured</c>: seconds between one member's posts.</param>
public sealed record ChatEvent(
    long Seq,
    DateTimeOffset At,
    string By,
    string Kind,
    string? Text = null,
    long? Reply = null,
    long? Target = null,
    bool Deleted = false,
    string? Emoji = null,
    bool? On = null,
    string? User = null,
    string? Reason = null,
    string? Role = null,
    string? Name = null,
    string? Topic = null,
    string? Visibility = null,
    int? Slow = null)
{
    /// <summary>Whether this event ends the membership of <paramref name="user"/>; it is then the last one they get.</summary>
    public bool Removes(string user) =>
        Kind switch { "left" => By == user, "kicked" or "banned" => User == user, _ => false };
}

/// <summary>What the server sends without being asked.</summary>
public abstract record ChatPush : ChatNews
{
    private ChatPush()
    {
    }

    /// <summary>Events of a room's log, ascending, without a hole.</summary>
    /// <param name="Room">Its id.</param>
    /// <param name="List">At least one.</param>
    public sealed record Events(string Room, IReadOnlyList<ChatEvent> List) : ChatPush;

    /// <summary>Who came and went; in a large room only how many are online. May be dropped under load.</summary>
    /// <param name="Room">Its id.</param>
    /// <param name="Online">The ids of who came.</param>
    /// <param name="Offline">The ids of who went.</param>
    /// <param name="Count">In rooms of more than 500 members, instead of the ids: how many are online.</param>
    public sealed record Presence(string Room, IReadOnlyList<string>? Online = null, IReadOnlyList<string>? Offline = null, int? Count = null) : ChatPush;

    /// <summary>Somebody is typing.</summary>
    /// <param name="Room">Where.</param>
    /// <param name="User">Their id.</param>
    public sealed record Typing(string Room, string User) : ChatPush;

    /// <summary>Somebody's read mark moved.</summary>
    /// <param name="Room">Where.</param>
    /// <param name="User">Their id.</param>
    /// <param name="Seq">The last event that they have read.</param>
    public sealed record Read(string Room, string User, long Seq) : ChatPush;

    /// <summary>Something that is meant for this user.</summary>
    /// <param name="Kind"><c>mention</c>, <c>direct</c> or <c>invited</c>.</param>
    /// <param name="Room">Where.</param>
    /// <param name="By">The id of who did it.</param>
    /// <param name="Seq">The number of the event.</param>
    public sealed record Notice(string Kind, string Room, string? By = null, long? Seq = null) : ChatPush;

    /// <summary>The readings of the nodes, for administrators who watch them.</summary>
    /// <param name="Nodes">As the protocol has them.</param>
    public sealed record Metrics(JsonElement Nodes) : ChatPush;

    /// <summary>The room was destroyed.</summary>
    /// <param name="Room">Its id.</param>
    public sealed record Gone(string Room) : ChatPush;

    /// <summary>One is a member of a room now; its events follow.</summary>
    /// <param name="Room">As in the answer to <c>hello</c>.</param>
    public sealed record Entered(RoomEntry Room) : ChatPush;

    /// <summary>The node is going down.</summary>
    /// <param name="Reason">For people.</param>
    /// <param name="RetryAfter">Seconds.</param>
    public sealed record Bye(string? Reason = null, double? RetryAfter = null) : ChatPush;

    /// <summary>
    /// An answer that nobody waits for: to a text that was sent raw, to an operation that was cancelled, or,
    /// with <paramref name="Re"/> null, to a frame in which the server found no id.
    /// </summary>
    /// <param name="Re">The id of the operation.</param>
    /// <param name="Ok">What was answered.</param>
    /// <param name="Error">Or why it was refused.</param>
    public sealed record StrayAnswer(long? Re, JsonElement? Ok, ChatError? Error) : ChatPush;
}

/// <summary>Why something was not done.</summary>
/// <param name="Code">One of the error codes of the protocol.</param>
/// <param name="Message">For people.</param>
/// <param name="RetryAfter">Seconds after which a repeat may succeed.</param>
public sealed record ChatError(string Code, string Message, double? RetryAfter = null);
