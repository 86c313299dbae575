using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using OrleansChat.Users;

namespace OrleansChat.Hooks;

/// <summary>A webhook's name in the system: 16 random letters and digits. No secret: its bot bears it too.</summary>
[JsonConverter(typeof(HookIdConverter))]
public readonly partial record struct HookId : IParsable<HookId>
{
    private HookId(string value) => Value = value;

    public string Value { get; }

    /// <summary>Whom it speaks as.</summary>
    public UserId Bot => UserId.Bot(Value);

    public static HookId New() => new(UserId.RandomLetters());

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out HookId result)
    {
        result = default;
        if (s is null || !Pattern().IsMatch(s)) return false;
        result = new(s);
        return true;
    }

    public static HookId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a webhook's id.");

    public override string ToString() => Value;

    [GeneratedRegex(@"^[a-z0-9]{16}\z")]
    private static partial Regex Pattern();
}

public sealed class HookIdConverter : JsonConverter<HookId>
{
    public override HookId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        HookId.TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("That is not a webhook's id.");

    public override void Write(Utf8JsonWriter writer, HookId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
