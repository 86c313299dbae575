using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansChat.Gateway.Http;
using OrleansChat.Nodes;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Operations;

// The answers and pushes of the protocol that are not a domain record as it is.

/// <param name="Blocked">Whom the user blocks.</param>
public sealed record HelloAnswer(UserView User, LimitsView Limits, IReadOnlyList<EntryView> Rooms, IReadOnlyList<UserId> Blocked, string? Token)
{
    /// <summary>Whoever blocks more people than this sees the first ones by their ids.</summary>
    public const int BlockedShown = 1_000;
}

public sealed record UserView(UserId Id, string Name, bool Guest, bool? Admin = null);

public sealed record LimitsView(int Text, int Frame, int Rooms);

/// <summary>A room in hello; with topic and members in join.</summary>
public sealed record EntryView(
    RoomId Room,
    string Name,
    long Head,
    long Read,
    int Unread,
    int Mentions,
    [property: JsonConverter(typeof(WireTimeConverter))] DateTimeOffset Last,
    Role Role,
    bool Gap,
    string? Topic = null,
    Visibility? Visibility = null,
    int? Members = null)
{
    public static EntryView Of(RoomEntry entry, bool gap = false) =>
        new(entry.Room, entry.Name, entry.Head, entry.Read, entry.Unread, entry.Mentions, entry.Last, entry.Role, gap, Visibility: entry.Visibility);
}

public sealed record JoinAnswer(EntryView Room, IReadOnlyList<RoomEvent> Events, bool Gap);

public sealed record RoomAnswer(RoomId Room);

public sealed record PostAnswer(long Seq, [property: JsonConverter(typeof(WireTimeConverter))] DateTimeOffset At);

public sealed record SeqAnswer(long Seq);

public sealed record PingAnswer([property: JsonConverter(typeof(WireTimeConverter))] DateTimeOffset At);

public sealed record WhoAnswer(IReadOnlyList<UserStatus> Users);

public sealed record MetricsAnswer(IReadOnlyList<NodeReading> Nodes);

public sealed record ErrorView(ErrorCode Code, string Message, double? RetryAfter);

/// <summary>What comes without being asked for; <c>ev</c> says what it is.</summary>
public abstract record Push([property: JsonPropertyOrder(-1)] string Ev);

public sealed record EventsPush(RoomId Room, IReadOnlyList<RoomEvent> Events) : Push("events");

public sealed record RoomPush(EntryView Room) : Push("room");

public sealed record PresencePush(RoomId Room, IReadOnlyList<UserId>? Online, IReadOnlyList<UserId>? Offline, int? Count) : Push("presence");

public sealed record TypingPush(RoomId Room, UserId User) : Push("typing");

public sealed record ReadPush(RoomId Room, UserId User, long Seq) : Push("read");

public sealed record NoticePush(string Kind, RoomId Room, long Seq, UserId By) : Push("notice");

public sealed record MetricsPush(IReadOnlyList<NodeReading> Nodes) : Push("metrics");

public sealed record GonePush(RoomId Room) : Push("gone");

public sealed record ByePush(string Reason, double RetryAfter) : Push("bye");

/// <summary>The JSON that leaves this edge.</summary>
[JsonSerializable(typeof(HelloAnswer))]
[JsonSerializable(typeof(JoinAnswer))]
[JsonSerializable(typeof(RoomAnswer))]
[JsonSerializable(typeof(PostAnswer))]
[JsonSerializable(typeof(SeqAnswer))]
[JsonSerializable(typeof(PingAnswer))]
[JsonSerializable(typeof(WhoAnswer))]
[JsonSerializable(typeof(MetricsAnswer))]
[JsonSerializable(typeof(ErrorView))]
[JsonSerializable(typeof(Done))]
[JsonSerializable(typeof(HistoryPage))]
[JsonSerializable(typeof(SearchPage))]
[JsonSerializable(typeof(RoomStatus))]
[JsonSerializable(typeof(ListedRooms))]
[JsonSerializable(typeof(HooksAnswer))]
[JsonSerializable(typeof(NewHookAnswer))]
[JsonSerializable(typeof(EventsPush))]
[JsonSerializable(typeof(RoomPush))]
[JsonSerializable(typeof(PresencePush))]
[JsonSerializable(typeof(TypingPush))]
[JsonSerializable(typeof(ReadPush))]
[JsonSerializable(typeof(NoticePush))]
[JsonSerializable(typeof(MetricsPush))]
[JsonSerializable(typeof(GonePush))]
[JsonSerializable(typeof(ByePush))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>Plain UTF-8, camel case, nulls left out: the page never puts any of it into HTML.</summary>
    public static WireJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = WireEncoder.Instance,
    });
}
