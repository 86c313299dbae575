using System.Buffers;
using System.Text;
using System.Text.Json;
using OrleansChat.Rooms;

namespace OrleansChat.Storage.Postgres;

/// <summary>The entries of an append as <c>chat_append</c> takes them: the event as on the wire, and its parts beside it.</summary>
internal static class AppendJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = WireEncoder.Instance };

    public static string Write(Append append)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Plain);
        json.WriteStartArray();
        foreach (var entry in append.Entries) Write(json, entry);
        json.WriteEndArray();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, LogEntry entry)
    {
        var e = entry.Event;
        json.WriteStartObject();
        json.WriteNumber("seq", e.Seq);
        json.WriteNumber("at", e.At.ToUnixTimeMilliseconds());
        json.WriteString("by", e.By.Value);
        json.WriteString("kind", Kind(e));
        json.WritePropertyName("body");
        ChatJson.Write(json, e);
        if (entry.Key is { } key) json.WriteString("key", key);
        if (entry.Mentions is { Count: > 0 } mentions)
        {
            json.WriteStartArray("mentions");
            foreach (var user in mentions) json.WriteStringValue(user.Value);
            json.WriteEndArray();
        }

        WriteParts(json, e);
        json.WriteEndObject();
    }

    private static string Kind(RoomEvent e) => e switch
    {
        RoomEvent.Created => "created",
        RoomEvent.Joined => "joined",
        RoomEvent.Left => "left",
        RoomEvent.Invited => "invited",
        RoomEvent.Kicked => "kicked",
        RoomEvent.Banned => "banned",
        RoomEvent.Unbanned => "unbanned",
        RoomEvent.RoleGiven => "role",
        RoomEvent.Configured => "configured",
        RoomEvent.Message => "message",
        RoomEvent.Edited => "edited",
        RoomEvent.Deleted => "deleted",
        RoomEvent.Reacted => "reacted",
        _ => throw new ArgumentOutOfRangeException(nameof(e), e, "An event without a kind."),
    };

    private static void WriteParts(Utf8JsonWriter json, RoomEvent e)
    {
        switch (e)
        {
            case RoomEvent.Message message:
                if (message.Reply is { } reply) json.WriteNumber("reply", reply);
                WriteWords(json, message.Text);
                break;
            case RoomEvent.Edited edited:
                json.WriteNumber("target", edited.Target);
                WriteWords(json, edited.Text);
                break;
            case RoomEvent.Deleted deleted:
                json.WriteNumber("target", deleted.Target);
                break;
            case RoomEvent.Reacted reacted:
                json.WriteNumber("target", reacted.Target);
                json.WriteString("emoji", reacted.Emoji);
                json.WriteBoolean("on", reacted.On);
                break;
            case RoomEvent.RoleGiven given:
                json.WriteString("user", given.User.Value);
                json.WriteNumber("role", (int)given.Role);
                break;
            case RoomEvent.Unbanned unbanned:
                json.WriteString("user", unbanned.User.Value);
                break;
            case RoomEvent.Created created:
                WriteSettings(json, created.Name, created.Topic ?? "", created.Visibility, null);
                break;
            case RoomEvent.Configured c:
                WriteSettings(json, c.Name, c.Topic, c.Visibility, c.Slow);
                break;
            default:
                if ((e.Gained() ?? e.Lost()) is { } user) json.WriteString("user", user.Value);
                break;
        }
    }

    private static void WriteWords(Utf8JsonWriter json, string? text) => json.WriteString("words", Words.Spaced(text));

    private static void WriteSettings(Utf8JsonWriter json, string? name, string? topic, Visibility? visibility, int? slow)
    {
        if (name is not null)
        {
            json.WriteString("name", name);
            json.WriteString("folded_name", Words.Fold(name));
        }

        if (topic is not null)
        {
            json.WriteString("topic", topic);
            json.WriteString("folded_topic", Words.Fold(topic));
        }

        if (visibility is { } seen) json.WriteNumber("visibility", (int)seen);
        if (slow is { } seconds) json.WriteNumber("slow", seconds);
    }
}
