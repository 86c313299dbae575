using System.Buffers;
using System.Globalization;
using System.Text;
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

    // Each thread's own, used again: one thread writes all events into the log.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? utf8;

    [ThreadStatic]
    private static Utf8JsonWriter? json;

    /// <summary>An event's JSON as a text.</summary>
    public static string Text(RoomEvent e)
    {
        utf8 ??= new();
        json ??= new(utf8, new JsonWriterOptions { Encoder = WireEncoder.Instance });
        utf8.ResetWrittenCount();
        json.Reset(); // also of what an exception may have left
        Write(json, e);
        json.Flush();
        return Encoding.UTF8.GetString(utf8.WrittenSpan);
    }

    /// <summary>
    /// An event's JSON. A message, which nearly all of them are, is written out here: the serializer takes ten times as
    /// long to find out what it is.
    /// </summary>
    public static void Write(Utf8JsonWriter json, RoomEvent e)
    {
        if (e is not RoomEvent.Message message)
        {
            JsonSerializer.Serialize(json, e, Wire.RoomEvent);
            return;
        }

        json.WriteStartObject();
        json.WriteString("kind"u8, "message"u8);
        json.WriteNumber("seq"u8, e.Seq);
        json.WritePropertyName("at"u8);
        WireTimeConverter.Write(json, e.At);
        json.WriteString("by"u8, e.By.Value);
        if (message.Text is not null) json.WriteString("text"u8, message.Text);
        if (message.Reply is { } reply) json.WriteNumber("reply"u8, reply);
        if (message.Erased) json.WriteBoolean("deleted"u8, true);
        json.WriteEndObject();
    }
}

/// <summary>Times on the wire: ISO 8601, UTC, milliseconds.</summary>
public sealed class WireTimeConverter : JsonConverter<DateTimeOffset>
{
    private const int Length = 24; // 2026-11-22T09:00:00.000Z

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => Write(writer, value);

    public static void Write(Utf8JsonWriter writer, DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[32];
        value.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture); // to the tick, of which the end is cut off
        text[Length - 1] = (byte)'Z';
        writer.WriteStringValue(text[..Length]);
    }
}

/// <summary>Enumerations on the wire are lower case words: <c>owner</c>, <c>not_found</c>.</summary>
public sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
