using System.Text.Json;

namespace OrleansChat.Client;

/// <summary>
/// A frame from the server, looked at once from above: whether it is an answer or a push, and where its parts lie.
/// The parts are parsed later, straight into what the waiting caller wants.
/// </summary>
internal readonly ref struct ServerFrame
{
    private ServerFrame(ReadOnlySpan<byte> json, bool isAnswer, long? re, Range ok, Range error, string? ev)
    {
        Json = json;
        IsAnswer = isAnswer;
        Re = re;
        Ok = json[ok];
        Error = json[error];
        Ev = ev;
    }

    public ReadOnlySpan<byte> Json { get; }

    public bool IsAnswer { get; }

    /// <summary>The id of the operation that this answers; null in an answer to a frame without one.</summary>
    public long? Re { get; }

    /// <summary>Empty where the answer is an error.</summary>
    public ReadOnlySpan<byte> Ok { get; }

    public ReadOnlySpan<byte> Error { get; }

    public string? Ev { get; }

    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public static ServerFrame Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) throw new JsonException("A frame that is not an object.");

        var isAnswer = false;
        long? re = null;
        string? ev = null;
        Range ok = default, error = default;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("re"u8))
            {
                reader.Read();
                isAnswer = true;
                re = reader.TokenType is JsonTokenType.Number ? reader.GetInt64() : null;
            }
            else if (reader.ValueTextEquals("ev"u8))
            {
                reader.Read();
                ev = Known(ref reader);
            }
            else if (reader.ValueTextEquals("ok"u8)) ok = Value(ref reader);
            else if (reader.ValueTextEquals("error"u8)) error = Value(ref reader);
            else Value(ref reader);
        }

        return new(json, isAnswer, re, ok, error, ev);
    }

    private static Range Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }

    /// <summary>The commonest name without a new string for each frame.</summary>
    private static string? Known(ref Utf8JsonReader reader) => reader.ValueTextEquals("events"u8) ? "events" : reader.GetString();

    /// <summary>The push that this frame is; null where this client does not know its kind.</summary>
    public ChatPush? Push() => Ev switch
    {
        "events" => JsonSerializer.Deserialize(Json, ClientJson.Wire.EventsFrame) is { } frame ? new ChatPush.Events(frame.Room, frame.Events) : null,
        "presence" => JsonSerializer.Deserialize(Json, ClientJson.Wire.Presence),
        "typing" => JsonSerializer.Deserialize(Json, ClientJson.Wire.TypingPush),
        "read" => JsonSerializer.Deserialize(Json, ClientJson.Wire.ReadPush),
        "notice" => JsonSerializer.Deserialize(Json, ClientJson.Wire.Notice),
        "metrics" => JsonSerializer.Deserialize(Json, ClientJson.Wire.Metrics),
        "gone" => JsonSerializer.Deserialize(Json, ClientJson.Wire.Gone),
        "room" => JsonSerializer.Deserialize(Json, ClientJson.Wire.Entered),
        "bye" => JsonSerializer.Deserialize(Json, ClientJson.Wire.Bye),
        _ => null,
    };

    /// <summary>The answer, for whoever wants to see it although nobody waits for it.</summary>
    public ChatPush.StrayAnswer Stray() => new(
        Re,
        Ok.IsEmpty ? null : JsonSerializer.Deserialize(Ok, ClientJson.Wire.JsonElement),
        Error.IsEmpty ? null : JsonSerializer.Deserialize(Error, ClientJson.Wire.ChatError));
}
