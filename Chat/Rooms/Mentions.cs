using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using OrleansChat.Users;

namespace OrleansChat.Rooms;

/// <summary><c>@user</c> in a text speaks to that user.</summary>
public static partial class Mentions
{
    /// <summary>The members of <paramref name="room"/> who are mentioned in <paramref name="text"/>, each once.</summary>
    public static IReadOnlyList<UserId> In(string? text, RoomState room) => MayBeIn(text) ? In(text, room.Members.ContainsKey) : [];

    /// <summary>False where nobody is mentioned for sure.</summary>
    public static bool MayBeIn([NotNullWhen(true)] string? text) => text?.Contains('@') == true;

    /// <summary>The people mentioned in <paramref name="text"/> of whom <paramref name="isMember"/> says yes, each once.</summary>
    public static IReadOnlyList<UserId> In(string? text, Func<UserId, bool> isMember)
    {
        if (!MayBeIn(text)) return [];
        var found = new HashSet<UserId>();
        foreach (var match in Candidate().EnumerateMatches(text))
        {
            // "@ada." is Ada at the end of a sentence, unless somebody is really called "ada.".
            var name = text.Substring(match.Index + 1, match.Length - 1).ToLowerInvariant();
            for (; name.Length >= 2; name = name[..^1])
            {
                if (UserId.TryParse(name, null, out var user) && isMember(user))
                {
                    found.Add(user);
                    break;
                }

                if (name[^1] is not ('.' or '-' or '_')) break;
            }
        }

        return [.. found];
    }

    // The whole word or nothing: "@adamé" and a name of 33 letters speak to nobody who is called like their beginning.
    [GeneratedRegex(@"(?<![\p{L}\p{N}_.@-])@(?>[A-Za-z0-9][A-Za-z0-9_.-]{1,31})(?![\p{L}\p{M}\p{N}_])")]
    private static partial Regex Candidate();
}
