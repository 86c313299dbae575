using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using OrleansChat.Client;

namespace OrleansChat.Terminal.Lines;

/// <summary>
/// One JSON object a line, for programs: an event with the protocol's fields, its room and its author's name. What a
/// terminal would obey is escaped, since people look at such lines too.
/// </summary>
internal static class EventLine
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.Create(Letters()),
    };

    /// <summary>All but what turns the direction of a line, or breaks it; control characters are escaped in any case.</summary>
    private static TextEncoderSettings Letters()
    {
        var letters = new TextEncoderSettings(UnicodeRanges.All);
        letters.ForbidCharacters('\u061C', '\u200E', '\u200F');
        letters.ForbidRange(UnicodeRange.Create('\u2028', '\u202E'));
        letters.ForbidRange(UnicodeRange.Create('\u2066', '\u2069'));
        return letters;
    }

    public static string Of(string room, string author, ChatEvent e)
    {
        var line = new JsonObject { ["room"] = room };
        foreach (var (key, value) in JsonSerializer.SerializeToNode(e, Options)!.AsObject().ToArray())
        {
            line[key] = key == "at" ? Time(e.At) : value?.DeepClone();
            if (key == "by") line["author"] = author; // "name" is an event's own: what a room is called now
        }

        return line.ToJsonString(Options);
    }

    /// <summary>Events between these numbers do not come; their messages follow, as they now are.</summary>
    public static string Of(string room, RoomItem.Gap gap) =>
        new JsonObject { ["room"] = room, ["kind"] = "gap", ["after"] = gap.After, ["head"] = gap.Head }.ToJsonString(Options);

    /// <summary>The answer to a line that was posted.</summary>
    public static string Of(string room, PostAnswer stored) => new JsonObject
    {
        ["room"] = room,
        ["seq"] = stored.Seq,
        ["at"] = Time(stored.At),
    }.ToJsonString(Options);

    /// <summary>As on the wire.</summary>
    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
