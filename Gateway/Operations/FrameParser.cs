using System.Text.Json;

namespace OrleansChat.Gateway.Operations;

/// <summary>A client's frame, understood or not.</summary>
/// <param name="Id">The client's number for it, where it had a usable one.</param>
/// <param name="Operation">Null where the frame is no operation.</param>
/// <param name="Refusal">Why it is not carried out.</param>
/// <param name="Bad">Whether the frame itself was bad, as the protocol counts them.</param>
public readonly record struct ParsedFrame(long? Id, Operation? Operation, Refusal? Refusal, bool Bad);

/// <summary>Reads the JSON of a client's frame, strictly: what two parsers could read differently is refused.</summary>
public static class FrameParser
{
    public const int MaxDepth = 16;
    internal const long MaxId = (1L << 53) - 1;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    public static ParsedFrame Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            // Before anything looks at names: in one with half of a pair the framework finds no name at all, and throws.
            if (HasLoneSurrogate(utf8.Span)) return BadFrame(null, "A string has half of a surrogate pair.");
            if (PostReader.TryRead(utf8.Span, out var id, out var post)) return new(id, post, null, false);
            using var document = JsonDocument.Parse(utf8, Strict);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return BadFrame(null, $"A frame is one JSON object, at most {MaxDepth} deep, without duplicate keys.");
        }
    }

    private static ParsedFrame Read(JsonElement frame)
    {
        if (frame.ValueKind is not JsonValueKind.Object) return BadFrame(null, "A frame is a JSON object.");
        long? id = frame.TryGetProperty("id", out var number) && number.ValueKind is JsonValueKind.Number
            && number.TryGetInt64(out var value) && value is >= 0 and <= MaxId ? value : null;
        if (!frame.TryGetProperty("op", out var op) || op.ValueKind is not JsonValueKind.String
            || !Operation.ByName.TryGetValue(op.GetString()!, out var type))
        {
            return BadFrame(id, "The field 'op' names no operation.");
        }

        if (id is null) return BadFrame(null, "The field 'id' is an integer from 0 to 2^53-1.");
        try
        {
            return new(id, (Operation)frame.Deserialize(type)!, null, false);
        }
        catch (JsonException e)
        {
            return new(id, null, Refusal.BadRequest(Explain(e)), false);
        }
    }

    private static string Explain(JsonException e) =>
        e.Path is { Length: > 2 } path
            ? $"The field '{path[2..]}' has a value that cannot be."
            : "A field is missing or has a value that cannot be.";

    private static ParsedFrame BadFrame(long? id, string message) => new(id, null, Refusal.BadRequest(message), true);

    /// <summary>The text is valid UTF-8, so that only an escape can make half a pair.</summary>
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("\\u"u8) < 0) return false;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped) continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException)
            {
                return true;
            }
        }

        return false;
    }
}
