using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Storage;

/// <summary>One standing reaction to a message.</summary>
internal sealed record ReactionRow(RoomId Room, long Target, string Emoji, UserId User)
{
    /// <summary>By message: each emoji with its users, in the order of the rows.</summary>
    public static Dictionary<(RoomId Room, long Seq), IReadOnlyDictionary<string, IReadOnlyList<UserId>>> Fold(IEnumerable<ReactionRow> rows) =>
        rows.GroupBy(r => (r.Room, r.Target)).ToDictionary(
            message => message.Key,
            message => (IReadOnlyDictionary<string, IReadOnlyList<UserId>>)message.GroupBy(r => r.Emoji)
                .ToDictionary(emoji => emoji.Key, emoji => (IReadOnlyList<UserId>)[.. emoji.Select(r => r.User)]));
}
