using System.Text.Json;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Gateway.Operations;

/// <summary>Answers as frames.</summary>
internal static class AnswerFrames
{
    /// <summary><c>{"re":7,"ok":{…}}</c>, or <c>{"re":7,"error":{…}}</c>; <c>"re":null</c> where the frame had no usable id.</summary>
    public static ReadOnlyMemory<byte> Answer(long? id, Reply reply) => Frames.Json((id, reply), static (json, answer) =>
    {
        json.WriteStartObject();
        json.WritePropertyName("re"u8);
        if (answer.id is { } id) json.WriteNumberValue(id);
        else json.WriteNullValue();

        if (answer.reply.Refusal is { } refusal)
        {
            json.WritePropertyName("error"u8);
            JsonSerializer.Serialize(json, new(refusal.Code, refusal.Message, refusal.RetryAfter), WireJson.Wire.ErrorView);
        }
        else if (answer.reply.Ok is PostAnswer post)
        {
            Write(json, post);
        }
        else
        {
            json.WritePropertyName("ok"u8);
            JsonSerializer.Serialize(json, answer.reply.Ok, WireJson.Wire.GetTypeInfo(answer.reply.Ok!.GetType())!);
        }

        json.WriteEndObject();
    });

    /// <summary>What nearly all answers are; the serializer takes several times as long to find out what it is.</summary>
    private static void Write(Utf8JsonWriter json, PostAnswer post)
    {
        json.WriteStartObject("ok"u8);
        json.WriteNumber("seq"u8, post.Seq);
        json.WritePropertyName("at"u8);
        WireTimeConverter.Write(json, post.At);
        json.WriteEndObject();
    }
}
