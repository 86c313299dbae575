using System.Text.RegularExpressions;
using OrleansChat.Terminal.Rooms;

namespace OrleansChat.Terminal.Screen;

/// <summary><c>@user</c> in a text: an id on the wire, a name on the screen.</summary>
internal static partial class Mention
{
    public static string Replace(string text, Names names) =>
        Candidate().Replace(text, found => names.Knows(found.Groups[1].Value) ? $"@{names.Of(found.Groups[1].Value)}" : found.Value);

    [GeneratedRegex(@"(?<![\p{L}\p{N}_.@-])@([a-z0-9][a-z0-9_.-]{1,31})(?<![.-])")]
    private static partial Regex Candidate();
}
