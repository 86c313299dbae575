using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansChat.Client;

/// <summary>The wire's JSON, compiled: no reflection, and nothing to warm up in a load generator.</summary>
[JsonSerializable(typeof(Operation))]
[JsonSerializable(typeof(Done))]
[JsonSerializable(typeof(HelloAnswer))]
[JsonSerializable(typeof(JoinAnswer))]
[JsonSerializable(typeof(RoomAnswer))]
[JsonSerializable(typeof(PostAnswer))]
[JsonSerializable(typeof(SeqAnswer))]
[JsonSerializable(typeof(PingAnswer))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(WhoAnswer))]
[JsonSerializable(typeof(RoomsAnswer))]
[JsonSerializable(typeof(ChatError))]
[JsonSerializable(typeof(EventsFrame))]
[JsonSerializable(typeof(ChatPush.Presence))]
[JsonSerializable(typeof(ChatPush.Typing), TypeInfoPropertyName = "TypingPush")]
[JsonSerializable(typeof(ChatPush.Read), TypeInfoPropertyName = "ReadPush")]
[JsonSerializable(typeof(ChatPush.Notice))]
[JsonSerializable(typeof(ChatPush.Metrics))]
[JsonSerializable(typeof(ChatPush.Gone))]
[JsonSerializable(typeof(ChatPush.Entered))]
[JsonSerializable(typeof(ChatPush.Bye))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ClientJson : JsonSerializerContext
{
    /// <summary>Fields that the protocol promises must be there; fields that nobody knows are passed over.</summary>
    public static ClientJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>A writer takes its escaping from its own options, not from the serializer's.</summary>
    public static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}

/// <summary>An <c>events</c> frame as it is on the wire.</summary>
internal sealed record EventsFrame(string Room, IReadOnlyList<ChatEvent> Events);
