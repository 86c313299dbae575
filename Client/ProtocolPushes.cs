using System.Text.Json;

namespace OrleansChat.Client;

/// <summary>An event of a room's log. Which of the optional fields are there depends on <see cref="Kind"/>.</summary>
/// <param name="Seq">Its number in the room: 1, 2, 3 … without a hole.</param>
/// <param name="By">The id of who did it.</param>
/// <param name="Kind"><c>created</c>, <c>joined</c>, <c>message</c> …; there may be kinds that are not known yet.</param>
/// <param name="Deleted">True where a message's or an edit's text was erased.</param>
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
public abstract record ChatPush
{
    /// <summary>Events of a room's log, ascending, without a hole.</summary>
    public sealed record Events(string Room, IReadOnlyList<ChatEvent> List) : ChatPush;

    /// <summary>Who came and went; in a large room only how many are online. May be dropped under load.</summary>
    public sealed record Presence(string Room, IReadOnlyList<string>? Online = null, IReadOnlyList<string>? Offline = null, int? Count = null) : ChatPush;

    public sealed record Typing(string Room, string User) : ChatPush;

    /// <summary>Somebody's read mark moved.</summary>
    public sealed record Read(string Room, string User, long Seq) : ChatPush;

    /// <param name="Kind"><c>mention</c>, <c>direct</c> or <c>invited</c>.</param>
    public sealed record Notice(string Kind, string Room, string? By = null, long? Seq = null) : ChatPush;

    /// <summary>The readings of the nodes, for administrators who watch them.</summary>
    public sealed record Metrics(JsonElement Nodes) : ChatPush;

    /// <summary>The room was destroyed.</summary>
    public sealed record Gone(string Room) : ChatPush;

    /// <summary>One is a member of a room now; its events follow.</summary>
    public sealed record Entered(RoomEntry Room) : ChatPush;

    /// <summary>The node is going down.</summary>
    /// <param name="RetryAfter">Seconds.</param>
    public sealed record Bye(string? Reason = null, double? RetryAfter = null) : ChatPush;

    /// <summary>
    /// An answer that nobody waits for: to a text that was sent raw, to an operation that was cancelled, or,
    /// with <paramref name="Re"/> null, to a frame in which the server found no id.
    /// </summary>
    public sealed record StrayAnswer(long? Re, JsonElement? Ok, ChatError? Error) : ChatPush;
}

/// <summary>Why something was not done.</summary>
/// <param name="Code">One of the error codes of the protocol.</param>
/// <param name="RetryAfter">Seconds after which a repeat may succeed.</param>
public sealed record ChatError(string Code, string Message, double? RetryAfter = null);
