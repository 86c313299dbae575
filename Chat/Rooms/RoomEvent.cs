using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using OrleansChat.Users;

namespace OrleansChat.Rooms;

/// <summary>
/// Something that happened in a room. The events of a room, numbered 1, 2, 3 … without a hole, are its log,
/// and the log is the truth about the room.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(Joined), "joined")]
[JsonDerivedType(typeof(Left), "left")]
[JsonDerivedType(typeof(Invited), "invited")]
[JsonDerivedType(typeof(Kicked), "kicked")]
[JsonDerivedType(typeof(Banned), "banned")]
[JsonDerivedType(typeof(Unbanned), "unbanned")]
[JsonDerivedType(typeof(RoleGiven), "role")]
[JsonDerivedType(typeof(Configured), "configured")]
[JsonDerivedType(typeof(Message), "message")]
[JsonDerivedType(typeof(Edited), "edited")]
[JsonDerivedType(typeof(Deleted), "deleted")]
[JsonDerivedType(typeof(Reacted), "reacted")]
public abstract record RoomEvent
{
    private static readonly FrozenDictionary<Type, string> KindOf = typeof(RoomEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(kind => kind.DerivedType, kind => (string)kind.TypeDiscriminator!);

    private long seq;
    private DateTimeOffset at;
    private UserId by;

    /// <summary>The kinds of events, by their words on the wire.</summary>
    public static IReadOnlyCollection<string> Kinds => KindOf.Values;

    /// <summary>The event's number in its room, from 1.</summary>
    [JsonPropertyOrder(-3)]
    public long Seq
    {
        get => seq;
        init => seq = value;
    }

    /// <summary>When it was decided, to the millisecond; never earlier than the event before it.</summary>
    [JsonPropertyOrder(-2)]
    [JsonConverter(typeof(WireTimeConverter))]
    public DateTimeOffset At
    {
        get => at;
        init => at = value;
    }

    /// <summary>Who did it.</summary>
    [JsonPropertyOrder(-1)]
    public UserId By
    {
        get => by;
        init => by = value;
    }

    /// <summary>Gives an event that nobody has seen yet its place in the log.</summary>
    internal void Stamp(long seq, DateTimeOffset at, UserId by) => (this.seq, this.at, this.by) = (seq, at, by);

    /// <summary>The room began; its author is its owner and first member.</summary>
    public sealed record Created(string Name, Visibility Visibility, string? Topic = null) : RoomEvent;

    public sealed record Joined : RoomEvent;

    public sealed record Left : RoomEvent;

    public sealed record Invited(UserId User) : RoomEvent;

    public sealed record Kicked(UserId User, string? Reason) : RoomEvent;

    public sealed record Banned(UserId User, string? Reason) : RoomEvent;

    public sealed record Unbanned(UserId User) : RoomEvent;

    public sealed record RoleGiven(UserId User, Role Role) : RoomEvent;

    /// <summary>Settings that changed; what is null stayed.</summary>
    public sealed record Configured(string? Name, string? Topic, Visibility? Visibility, int? Slow) : RoomEvent;

    /// <summary>A message. Once it is deleted, <see cref="Text"/> is gone and <see cref="Erased"/> says so.</summary>
    public sealed record Message(string? Text, long? Reply = null) : RoomEvent
    {
        [JsonPropertyName("deleted")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Erased { get; init; }
    }

    /// <summary>The message <see cref="Target"/> has a new text, unless it was deleted later.</summary>
    public sealed record Edited(long Target, string? Text) : RoomEvent
    {
        [JsonPropertyName("deleted")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Erased { get; init; }
    }

    public sealed record Deleted(long Target) : RoomEvent;

    public sealed record Reacted(long Target, string Emoji, bool On) : RoomEvent;

    /// <summary>What it is, in the wire's word.</summary>
    [JsonIgnore]
    public string Kind => KindOf[GetType()];

    /// <summary>Who became a member by this event, if anybody did.</summary>
    public UserId? Gained() => this switch
    {
        Created or Joined => By,
        Invited invited => invited.User,
        _ => null,
    };

    /// <summary>Who stopped being a member by this event, if anybody did.</summary>
    public UserId? Lost() => this switch
    {
        Left => By,
        Kicked kicked => kicked.User,
        Banned banned => banned.User,
        _ => null,
    };
}

[JsonConverter(typeof(SnakeCaseEnumConverter<Visibility>))]
public enum Visibility
{
    /// <summary>Anyone finds it, reads it and may join.</summary>
    Public,

    /// <summary>Only members know that it exists.</summary>
    Private,
}

/// <summary>What a member may do, in ascending order.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Role>))]
public enum Role
{
    Member,
    Moderator,
    Owner,
}
