using System.Collections.Frozen;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Operations;

/// <summary>What a client asks for, as the protocol has it: one record for each <c>op</c>.</summary>
public abstract record Operation
{
    /// <summary>The operations of the protocol, by their names on the wire.</summary>
    internal static readonly FrozenDictionary<string, JsonTypeInfo> ByName = new Dictionary<string, JsonTypeInfo>
    {
        ["hello"] = OperationJson.Default.Hello,
        ["join"] = OperationJson.Default.Join,
        ["leave"] = OperationJson.Default.Leave,
        ["create"] = OperationJson.Default.Create,
        ["configure"] = OperationJson.Default.Configure,
        ["destroy"] = OperationJson.Default.Destroy,
        ["post"] = OperationJson.Default.Post,
        ["edit"] = OperationJson.Default.Edit,
        ["delete"] = OperationJson.Default.Delete,
        ["react"] = OperationJson.Default.React,
        ["history"] = OperationJson.Default.History,
        ["search"] = OperationJson.Default.Search,
        ["status"] = OperationJson.Default.Status,
        ["who"] = OperationJson.Default.Who,
        ["rooms"] = OperationJson.Default.ListRooms,
        ["dm"] = OperationJson.Default.OpenDirect,
        ["invite"] = OperationJson.Default.Invite,
        ["kick"] = OperationJson.Default.Kick,
        ["ban"] = OperationJson.Default.Ban,
        ["unban"] = OperationJson.Default.Unban,
        ["role"] = OperationJson.Default.GiveRole,
        ["block"] = OperationJson.Default.Block,
        ["unblock"] = OperationJson.Default.Unblock,
        ["read"] = OperationJson.Default.Read,
        ["typing"] = OperationJson.Default.Typing,
        ["watch"] = OperationJson.Default.Watch,
        ["unwatch"] = OperationJson.Default.Unwatch,
        ["ping"] = OperationJson.Default.Ping,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, string> ByType = ByName.ToFrozenDictionary(entry => entry.Value.Type, entry => entry.Key);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static string NameOf(Operation operation) => ByType[operation.GetType()];

    public sealed record Hello(string? Token = null, string? Guest = null, Dictionary<string, long>? Resume = null) : Operation;

    public sealed record Join(RoomId Room, long? Since = null) : Operation, IInRoom;

    public sealed record Leave(RoomId Room) : Operation, IInRoom;

    public sealed record Create(RoomId Room, string? Name = null, string? Topic = null, Visibility Visibility = Visibility.Public) : Operation, IInRoom;

    public sealed record Configure(RoomId Room, string? Name = null, string? Topic = null, Visibility? Visibility = null, int? Slow = null) : Operation, IInRoom;

    public sealed record Destroy(RoomId Room) : Operation, IInRoom;

    public sealed record Post(RoomId Room, string Text, string Key, long? Reply = null) : Operation, IInRoom;

    public sealed record Edit(RoomId Room, long Seq, string Text) : Operation, IInRoom;

    public sealed record Delete(RoomId Room, long Seq) : Operation, IInRoom;

    public sealed record React(RoomId Room, long Seq, string Emoji, bool On) : Operation, IInRoom;

    public sealed record History(RoomId Room, long? Before = null, long? After = null, int? Limit = null) : Operation, IInRoom;

    public sealed record Search(string Query, RoomId? Room = null, string? Cursor = null, int? Limit = null) : Operation;

    public sealed record Status(RoomId Room, string? After = null) : Operation, IInRoom;

    public sealed record Who(IReadOnlyList<string> Users) : Operation;

    public sealed record ListRooms(string? Query = null, string? After = null) : Operation;

    public sealed record OpenDirect(UserId User) : Operation;

    public sealed record Invite(RoomId Room, UserId User, string? Reason = null) : Operation, IInRoom;

    public sealed record Kick(RoomId Room, UserId User, string? Reason = null) : Operation, IInRoom;

    public sealed record Ban(RoomId Room, UserId User, string? Reason = null) : Operation, IInRoom;

    public sealed record Unban(RoomId Room, UserId User, string? Reason = null) : Operation, IInRoom;

    public sealed record GiveRole(RoomId Room, UserId User, Role Role) : Operation, IInRoom;

    public sealed record Block(UserId User) : Operation;

    public sealed record Unblock(UserId User) : Operation;

    public sealed record Read(RoomId Room, long Seq) : Operation, IInRoom;

    public sealed record Typing(RoomId Room) : Operation, IInRoom;

    public sealed record Watch(string Topic) : Operation;

    public sealed record Unwatch(string Topic) : Operation;

    public sealed record Ping : Operation;

    /// <summary>The room whose order this operation keeps, if it is about one.</summary>
    public RoomId? LaneOf(UserId me) => this switch
    {
        IInRoom inRoom => inRoom.Room,
        Search { Room: { } room } => room,
        OpenDirect { User: var other } when other != me => RoomId.Direct(me, other),
        Block { User: var other } when other != me => RoomId.Direct(me, other),
        Unblock { User: var other } when other != me => RoomId.Direct(me, other),
        _ => null,
    };

    /// <summary>
    /// Whether it may set out while others like it are on their way to the same room: the room itself keeps them in
    /// order, and takes them into one append.
    /// </summary>
    public bool MayFollowClosely => this is Post or Edit or Delete or React;
}

/// <summary>An operation on one room.</summary>
public interface IInRoom
{
    RoomId Room { get; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = FrameParser.MaxDepth,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Operation.Hello))]
[JsonSerializable(typeof(Operation.Join))]
[JsonSerializable(typeof(Operation.Leave))]
[JsonSerializable(typeof(Operation.Create))]
[JsonSerializable(typeof(Operation.Configure))]
[JsonSerializable(typeof(Operation.Destroy))]
[JsonSerializable(typeof(Operation.Post))]
[JsonSerializable(typeof(Operation.Edit))]
[JsonSerializable(typeof(Operation.Delete))]
[JsonSerializable(typeof(Operation.React))]
[JsonSerializable(typeof(Operation.History))]
[JsonSerializable(typeof(Operation.Search))]
[JsonSerializable(typeof(Operation.Status))]
[JsonSerializable(typeof(Operation.Who))]
[JsonSerializable(typeof(Operation.ListRooms))]
[JsonSerializable(typeof(Operation.OpenDirect))]
[JsonSerializable(typeof(Operation.Invite))]
[JsonSerializable(typeof(Operation.Kick))]
[JsonSerializable(typeof(Operation.Ban))]
[JsonSerializable(typeof(Operation.Unban))]
[JsonSerializable(typeof(Operation.GiveRole))]
[JsonSerializable(typeof(Operation.Block))]
[JsonSerializable(typeof(Operation.Unblock))]
[JsonSerializable(typeof(Operation.Read))]
[JsonSerializable(typeof(Operation.Typing))]
[JsonSerializable(typeof(Operation.Watch))]
[JsonSerializable(typeof(Operation.Unwatch))]
[JsonSerializable(typeof(Operation.Ping))]
internal sealed partial class OperationJson : JsonSerializerContext;
