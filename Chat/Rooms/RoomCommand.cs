using System.Text.Json.Serialization;
using OrleansChat.Users;

namespace OrleansChat.Rooms;

/// <summary>What somebody wants done in a room; <see cref="RoomRules"/> decides whether it happens.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Create), "create")]
[JsonDerivedType(typeof(OpenDirect), "dm")]
[JsonDerivedType(typeof(Join), "join")]
[JsonDerivedType(typeof(Leave), "leave")]
[JsonDerivedType(typeof(Configure), "configure")]
[JsonDerivedType(typeof(Destroy), "destroy")]
[JsonDerivedType(typeof(Post), "post")]
[JsonDerivedType(typeof(Edit), "edit")]
[JsonDerivedType(typeof(Delete), "delete")]
[JsonDerivedType(typeof(React), "react")]
[JsonDerivedType(typeof(Invite), "invite")]
[JsonDerivedType(typeof(Kick), "kick")]
[JsonDerivedType(typeof(Ban), "ban")]
[JsonDerivedType(typeof(Unban), "unban")]
[JsonDerivedType(typeof(GiveRole), "role")]
public abstract record RoomCommand
{
    public sealed record Create(string? Name, string? Topic, Visibility Visibility) : RoomCommand;

    /// <summary>Opens the direct room of the one who asks and <paramref name="Peer"/>, if it is not open yet.</summary>
    public sealed record OpenDirect(UserId Peer) : RoomCommand;

    public sealed record Join : RoomCommand;

    public sealed record Leave : RoomCommand;

    public sealed record Configure(string? Name, string? Topic, Visibility? Visibility, int? Slow) : RoomCommand;

    /// <summary>Erases the room and its log; its id is never free again.</summary>
    public sealed record Destroy : RoomCommand;

    /// <param name="Key">The author's own name for this post: a second post with it in this room stores nothing.</param>
    public sealed record Post(string Text, string Key, long? Reply) : RoomCommand;

    public sealed record Edit(long Seq, string Text) : RoomCommand;

    public sealed record Delete(long Seq) : RoomCommand;

    public sealed record React(long Seq, string Emoji, bool On) : RoomCommand;

    public sealed record Invite(UserId User) : RoomCommand;

    public sealed record Kick(UserId User, string? Reason) : RoomCommand;

    public sealed record Ban(UserId User, string? Reason) : RoomCommand;

    public sealed record Unban(UserId User) : RoomCommand;

    public sealed record GiveRole(UserId User, Role Role) : RoomCommand;

    /// <summary>The message that the command is about, whose author and fate the rules must know.</summary>
    [JsonIgnore]
    public long? Target => this switch
    {
        Post post => post.Reply,
        Edit edit => edit.Seq,
        Delete delete => delete.Seq,
        React react => react.Seq,
        _ => null,
    };

    /// <summary>The person besides its author that the command is about.</summary>
    [JsonIgnore]
    public UserId? Person => this switch
    {
        OpenDirect open => open.Peer,
        Invite invite => invite.User,
        Kick kick => kick.User,
        Ban ban => ban.User,
        Unban unban => unban.User,
        GiveRole give => give.User,
        _ => null,
    };
}
