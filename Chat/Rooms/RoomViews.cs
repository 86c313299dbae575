using System.Text.Json.Serialization;
using OrleansChat.Users;

namespace OrleansChat.Rooms;

/// <summary>A message as it now is: edits and reactions folded in, the text gone if it was deleted.</summary>
public sealed record MessageView(
    long Seq,
    [property: JsonConverter(typeof(WireTimeConverter))] DateTimeOffset At,
    UserId By,
    string? Text,
    long? Reply = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Edited = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Deleted = false,
    IReadOnlyDictionary<string, IReadOnlyList<UserId>>? Reactions = null);

/// <summary>Which messages: those before, or after, a number; without either the latest.</summary>
/// <param name="Limit">1–200.</param>
public sealed record HistoryQuery(long? Before = null, long? After = null, int Limit = 50)
{
    public const int MaxLimit = 200;

    /// <summary>A page is cut at about this many bytes of text, so that no answer is larger than an outbox.</summary>
    public const int MaxBytes = 256 * 1024;
}

/// <param name="More">Whether there are more messages in the direction that was asked for.</param>
public sealed record HistoryPage(IReadOnlyList<MessageView> Messages, bool More);

/// <summary>A message that was found, with its room.</summary>
public sealed record FoundMessage(
    RoomId Room,
    long Seq,
    [property: JsonConverter(typeof(WireTimeConverter))] DateTimeOffset At,
    UserId By,
    string Text,
    long? Reply = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Edited = false,
    IReadOnlyDictionary<string, IReadOnlyList<UserId>>? Reactions = null);

/// <summary>A search in one room, or in all rooms of the one who asks.</summary>
/// <param name="Cursor">Where the page before this one ended, as it said.</param>
/// <param name="Limit">1–100.</param>
public sealed record SearchQuery(string Text, RoomId? Room = null, string? Cursor = null, int Limit = 50)
{
    public const int MaxLimit = 100;
}

/// <summary>Found messages, newest first.</summary>
public sealed record SearchPage(IReadOnlyList<FoundMessage> Messages, string? Cursor, bool More);

/// <summary>A room as one of its members has it in the list.</summary>
/// <param name="Head">The number of its last event.</param>
/// <param name="Read">The member's read mark.</param>
/// <param name="Unread">Messages of others after the read mark, without deleted ones.</param>
/// <param name="Mentions">How many of them speak to the member.</param>
/// <param name="Last">When its last event happened, or it began.</param>
/// <param name="Members">How many members it has.</param>
/// <param name="Since">The number of the event that made them a member.</param>
public sealed record RoomEntry(
    RoomId Room,
    string Name,
    string Topic,
    Visibility Visibility,
    long Head,
    long Read,
    int Unread,
    int Mentions,
    DateTimeOffset Last,
    Role Role,
    int Members,
    long Since);

/// <summary>A room in the public list.</summary>
public sealed record ListedRoom(RoomId Room, string Name, string Topic, int Members, long Head);

public sealed record ListedRooms(IReadOnlyList<ListedRoom> Rooms, bool More);

/// <summary>A participant of a room.</summary>
/// <param name="Read">Their read mark, where the room is small enough to show who has read what.</param>
public sealed record Participant(
    UserId User,
    string Name,
    Role Role,
    bool Online,
    [property: JsonConverter(typeof(WireTimeConverter))] DateTimeOffset LastActive,
    long? Read = null)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Bot => User.IsBot;
}

/// <summary>Somebody who is banned from a room.</summary>
public sealed record BannedUser(UserId User, string Name);

/// <summary>The chat status of a room: a page of its participants in the order of their ids, and its latest messages.</summary>
/// <param name="Slow">Seconds between one member's posts; 0 is no limit.</param>
/// <param name="Banned">On the first page, for those who may lift bans, if there are any.</param>
public sealed record RoomStatus(
    RoomId Room,
    string Name,
    string Topic,
    Visibility Visibility,
    long Head,
    IReadOnlyList<Participant> Members,
    bool More,
    IReadOnlyList<MessageView> Recent,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Slow = 0,
    IReadOnlyList<BannedUser>? Banned = null)
{
    public const int MembersPerPage = 500;
    public const int RecentMessages = 20;

    /// <summary>In a larger room nobody asks who has read a message, and the marks would be most of the answer.</summary>
    public const int MembersWithMarks = 25;

    /// <summary>As many as members on a page.</summary>
    public const int BannedShown = 500;
}
