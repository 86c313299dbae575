using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using OrleansChat.Users;

namespace OrleansChat.Rooms;

/// <summary>
/// A room's name in the system: <c>[a-z0-9][a-z0-9-]{0,63}</c>, or <c>dm:a+b</c> for the direct room of two users,
/// whose ids stand in ascending order.
/// </summary>
[JsonConverter(typeof(RoomIdConverter))]
public readonly partial record struct RoomId : IParsable<RoomId>
{
    private const string DirectPrefix = "dm:";

    public static readonly RoomId Lobby = new("lobby");

    private RoomId(string value) => Value = value;

    public string Value { get; }

    public bool IsDirect => Value.StartsWith(DirectPrefix, StringComparison.Ordinal);

    /// <summary>The direct room of two different users; the same one whichever of them asks.</summary>
    public static RoomId Direct(UserId one, UserId other) =>
        string.CompareOrdinal(one.Value, other.Value) < 0
            ? new($"{DirectPrefix}{one}+{other}")
            : new($"{DirectPrefix}{other}+{one}");

    /// <summary>The other one in a direct room; null where <paramref name="one"/> is neither of the two.</summary>
    public UserId? PeerOf(UserId one)
    {
        if (!IsDirect) return null;
        var users = Value[DirectPrefix.Length..].Split('+');
        return users[0] == one.Value ? UserId.Parse(users[1], null)
            : users[1] == one.Value ? UserId.Parse(users[0], null)
            : null;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RoomId result)
    {
        result = default;
        if (s is null || s.Length > 128) return false;
        if (!s.StartsWith(DirectPrefix, StringComparison.Ordinal))
        {
            if (!Pattern().IsMatch(s)) return false;
            result = new(s);
            return true;
        }

        var users = s[DirectPrefix.Length..].Split('+');
        if (users.Length != 2 || !UserId.TryParse(users[0], null, out var a) || !UserId.TryParse(users[1], null, out var b)) return false;
        result = Direct(a, b);
        return a != b && result.Value == s;
    }

    public static RoomId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a room id.");

    public override string ToString() => Value;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex Pattern();
}

public sealed class RoomIdConverter : JsonConverter<RoomId>
{
    public override RoomId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RoomId.TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("That is not a room id.");

    public override void Write(Utf8JsonWriter writer, RoomId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override RoomId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, RoomId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
