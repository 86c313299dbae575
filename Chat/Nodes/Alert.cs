using System.Security.Cryptography;
using System.Text;

namespace OrleansChat.Nodes;

/// <summary>That a node has crossed a threshold, or is over it again.</summary>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Over">Whether things are well again.</param>
/// <param name="At">The reading by which it was decided: milliseconds since 1970, by the node's clock.</param>
/// <param name="Text">What is posted.</param>
public sealed record Alert(string Node, string Rule, bool Over, long At, string Text)
{
    /// <summary>The same for the same crossing, whoever judges it: a room takes it once.</summary>
    public string Key => $"alert-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Node}\n{Rule}\n{Over}\n{At}")))[..40]}";
}
