using System.Text.Json;
using OrleansChat.Rooms;

namespace OrleansChat.Gateway.Operations;

/// <summary>
/// Reads the frame that comes most often, a plain post, in one pass. Whatever is unusual about a frame leaves it to
/// <see cref="FrameParser"/>, which finds the same in a plain one, at four times the cost.
/// </summary>
internal static class PostReader
{
    [Flags]
    private enum Fields
    {
        None = 0,
        Op = 1,
        Id = 2,
        Room = 4,
        Text = 8,
        Key = 16,
        All = Op | Id | Room | Text | Key,
    }

    /// <summary>True for a post with nothing but these fields, each once, in any order.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out long id, out Operation.Post? post)
    {
        (id, post) = (-1, null);
        var (room, text, key) = (default(RoomId), "", "");
        var seen = Fields.None;
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            if (field == Fields.None || seen.HasFlag(field) || !reader.Read()) return false;
            seen |= field;
            if (reader.TokenType != (field == Fields.Id ? JsonTokenType.Number : JsonTokenType.String)) return false;
            if (field == Fields.Op && !reader.ValueTextEquals("post"u8)) return false;
            if (field == Fields.Id && (!reader.TryGetInt64(out id) || id is < 0 or > FrameParser.MaxId)) return false;
            if (field == Fields.Room && !RoomId.TryParse(reader.GetString(), null, out room)) return false;
            if (field == Fields.Text) text = reader.GetString()!;
            if (field == Fields.Key) key = reader.GetString()!;
        }

        if (seen != Fields.All || reader.Read()) return false; // the last read is to find what must not follow
        post = new(room, text, key);
        return true;
    }

    private static Fields FieldOf(ref Utf8JsonReader name) =>
        name.ValueTextEquals("op"u8) ? Fields.Op
        : name.ValueTextEquals("id"u8) ? Fields.Id
        : name.ValueTextEquals("room"u8) ? Fields.Room
        : name.ValueTextEquals("text"u8) ? Fields.Text
        : name.ValueTextEquals("key"u8) ? Fields.Key
        : Fields.None;
}
