using System.Text.RegularExpressions;
using OrleansChat.Client;

namespace OrleansChat.Terminal.Lines;

/// <summary>What a program writes, as a message.</summary>
internal static partial class Spoken
{
    /// <summary>Builds colour their output, and the server takes no control characters: colours go, and what else there is shows as U+FFFD.</summary>
    public static string Clean(string line) => PlainText.Harmless(Escapes().Replace(line, "").Replace("\r\n", "\n"), lines: true);

    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]*(?:\x07|\x1B\\))")]
    private static partial Regex Escapes();
}
