using System.Text.Json.Serialization;

namespace OrleansChat.Client;

/// <summary>
/// What a client asks of the server: the table of operations in docs/PROTOCOL.md, one record each.
/// <see cref="ChatConnection"/> has a method for each of them and chooses the id.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "op")]
[JsonDerivedType(typeof(Hello), "hello")]
[JsonDerivedType(typeof(Join), "join")]
[JsonDerivedType(typeof(Leave), "leave")]
[JsonDerivedType(typeof(Create), "create")]
[JsonDerivedType(typeof(Configure), "configure")]
[JsonDerivedType(typeof(Destroy), "destroy")]
[JsonDerivedType(typeof(Post), "post")]
[JsonDerivedType(typeof(Edit), "edit")]
[JsonDerivedType(typeof(Delete), "delete")]
[JsonDerivedType(typeof(React), "react")]
[JsonDerivedType(typeof(History), "history")]
[JsonDerivedType(typeof(Search), "search")]
[JsonDerivedType(typeof(Status), "status")]
[JsonDerivedType(typeof(Who), "who")]
[JsonDerivedType(typeof(Rooms), "rooms")]
[JsonDerivedType(typeof(Direct), "dm")]
[JsonDerivedType(typeof(Invite), "invite")]
[JsonDerivedType(typeof(Kick), "kick")]
[JsonDerivedType(typeof(Ban), "ban")]
[JsonDerivedType(typeof(Unban), "unban")]
[JsonDerivedType(typeof(GiveRole), "role")]
[JsonDerivedType(typeof(Block), "block")]
[JsonDerivedType(typeof(Unblock), "unblock")]
[JsonDerivedType(typeof(Read), "read")]
[JsonDerivedType(typeof(Typing), "typing")]
[JsonDerivedType(typeof(Watch), "watch")]
[JsonDerivedType(typeof(Unwatch), "unwatch")]
[JsonDerivedType(typeof(Ping), "ping")]
internal abstract record Operation
{
    /// <summary>The number by which the answer is known; the connection sets it.</summary>
    [JsonPropertyOrder(-1)]
    public long Id { get; init; }

    /// <summary>The first operation: who is speaking, and up to where they know each room.</summary>
    public sealed record Hello(string? Token, string? Guest, IReadOnlyDictionary<string, long>? Resume) : Operation;

    public sealed record Join(string Room, long? Since) : Operation;

    public sealed record Leave(string Room) : Operation;

    public sealed record Create(string Room, string? Name, string? Topic, string? Visibility) : Operation;

    public sealed record Configure(string Room, string? Name, string? Topic, string? Visibility, int? Slow) : Operation;

    public sealed record Destroy(string Room) : Operation;

    public sealed record Post(string Room, string Text, string Key, long? Reply) : Operation;

    public sealed record Edit(string Room, long Seq, string Text) : Operation;

    public sealed record Delete(string Room, long Seq) : Operation;

    public sealed record React(string Room, long Seq, string Emoji, bool On) : Operation;

    public sealed record History(string Room, long? Before, long? After, int? Limit) : Operation;

    public sealed record Search(string Query, string? Room, string? Cursor, int? Limit) : Operation;

    public sealed record Status(string Room, string? After) : Operation;

    public sealed record Who(IReadOnlyList<string> Users) : Operation;

    public sealed record Rooms(string? Query, string? After) : Operation;

    public sealed record Direct(string User) : Operation;

    public sealed record Invite(string Room, string User, string? Reason) : Operation;

    public sealed record Kick(string Room, string User, string? Reason) : Operation;

    public sealed record Ban(string Room, string User, string? Reason) : Operation;

    public sealed record Unban(string Room, string User, string? Reason) : Operation;

    public sealed record GiveRole(string Room, string User, string Role) : Operation;

    public sealed record Block(string User) : Operation;

    public sealed record Unblock(string User) : Operation;

    public sealed record Read(string Room, long Seq) : Operation;

    public sealed record Typing(string Room) : Operation;

    public sealed record Watch(string Topic) : Operation;

    public sealed record Unwatch(string Topic) : Operation;

    public sealed record Ping : Operation;
}
