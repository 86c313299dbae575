using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansChat.Rooms;

namespace OrleansChat;

/// <summary>The JSON of the log and of the wire: one shape for both, so that a stored event is sent as it is.</summary>
[JsonSerializable(typeof(RoomEvent))]
[JsonSerializable(typeof(List<RoomEvent>))]
public sealed partial class ChatJson : JsonSerializerContext
{
    /// <summary>Text leaves as plain UTF-8 (the page never puts it into HTML), which keeps frames small.</summary>
    public static ChatJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = WireEncoder.Instance,
    });
}

/// <summary>Times on the wire: ISO 8601, UTC, milliseconds.</summary>
public sealed class WireTimeConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[24];
        value.UtcDateTime.TryFormat(text, out var written, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..written]);
    }
}

/// <summary>Enumerations on the wire are lower case words: <c>owner</c>, <c>not_found</c>.</summary>
public sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
