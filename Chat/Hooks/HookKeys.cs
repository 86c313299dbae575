using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using OrleansChat.Storage;

namespace OrleansChat.Hooks;

/// <summary>
/// What deliveries are signed with. A key that signs cannot be kept as a hash; so none is kept at all: each is derived
/// from one key of the server's, which lies beside those that sign the tokens.
/// </summary>
public sealed class HookKeys(IStorage storage)
{
    /// <summary>Tells the server's key from the framework's in the same place.</summary>
    public const string Element = "hooks";

    private const string Name = "hooks";
    private const string SecretPrefix = "whsec_"; // by which the Standard Webhooks know it

    private byte[]? root;

    /// <summary>The 32 bytes that sign what this webhook sends: HMAC-SHA256 of its id.</summary>
    public async Task<byte[]> KeyOf(HookId hook) => HMACSHA256.HashData(root ??= await Root(), Encoding.UTF8.GetBytes($"webhook {hook}"));

    /// <summary>The key as people copy it: <c>whsec_</c> and Base64.</summary>
    public async Task<string> SecretOf(HookId hook) => SecretPrefix + Convert.ToBase64String(await KeyOf(hook));

    private async Task<byte[]> Root()
    {
        var ours = new XElement(Element, new XAttribute("key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        var kept = await storage.KeepKey(Name, ours.ToString(SaveOptions.DisableFormatting));
        return Convert.FromBase64String(XElement.Parse(kept).Attribute("key")!.Value);
    }
}
