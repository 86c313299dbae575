using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace OrleansChat;

/// <summary>
/// Escapes only what RFC 8259 says must be: quotes, backslashes and control characters. The framework's relaxed encoder
/// also escapes everything beyond the basic plane, which makes an emoji three times as long.
/// </summary>
public sealed class WireEncoder : JavaScriptEncoder
{
    public static readonly WireEncoder Instance = new();

    // A surrogate stops the search, since it may be half of a pair; a whole pair is then found to need nothing.
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    private static readonly SearchValues<byte> SpecialBytes = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    private WireEncoder()
    {
    }

    public override int MaxOutputCharactersPerInputCharacter => 6; // \u001f

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var rest = new ReadOnlySpan<char>(text, textLength);
        for (var i = 0; ;)
        {
            var next = rest[i..].IndexOfAny(Special);
            if (next < 0) return -1;
            i += next;
            if (Rune.DecodeFromUtf16(rest[i..], out var rune, out var used) != OperationStatus.Done || WillEncode(rune.Value)) return i;
            i += used;
        }
    }

    /// <summary>The texts here are UTF-8 that was checked when it came in.</summary>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) => utf8Text.IndexOfAny(SpecialBytes);

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        Default.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
}
