using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OrleansChat.Users;

/// <summary>
/// A secret that the server makes, shows once and does not keep. It has 256 random bits, so that a plain SHA-256 of it
/// can be kept in its place: there is nothing to guess that a slow hash would slow down.
/// </summary>
public static class Secret
{
    private const int Bytes = 32;

    /// <summary>43 letters of base64url after <paramref name="prefix"/>, by which people and scanners know what it is.</summary>
    public static string New(string prefix = "") => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is kept of a secret, and looked for.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
