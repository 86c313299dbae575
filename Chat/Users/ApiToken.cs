namespace OrleansChat.Users;

/// <summary>A token for a program that speaks for a person. It is one of their sessions, and ends like one.</summary>
/// <param name="Name">The owner's own name for it.</param>
/// <param name="Expires">When it is over; null for never.</param>
/// <param name="LastUsed">To within a minute; null before the first use.</param>
public sealed record ApiToken(
    SessionId Id, UserId User, string Name, Scopes Scopes, DateTimeOffset Created, DateTimeOffset? Expires = null, DateTimeOffset? LastUsed = null)
{
    /// <summary>What every secret of an API token begins with.</summary>
    public const string Prefix = "oc_";

    /// <summary>Tokens that one person may have: more than programs they could keep in mind.</summary>
    public const int PerUser = 50;
}

/// <summary>What an API token is good for. Each operation of the protocol and each address of the server takes one of these.</summary>
[Flags]
public enum Scopes
{
    None = 0,

    /// <summary>To see what its owner sees: rooms, messages, people, events as they happen.</summary>
    Read = 1,

    /// <summary>To talk: post, edit, delete, react.</summary>
    Post = 2,

    /// <summary>To change rooms, who is in them and who is what there, as far as the owner may.</summary>
    Rooms = 4,

    /// <summary>To act as the administrator that the owner is. Without it, a token of theirs is like anybody's.</summary>
    Admin = 8,
}
