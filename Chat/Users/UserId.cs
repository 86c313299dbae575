using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace OrleansChat.Users;

/// <summary>A person's name in the system: <c>[a-z0-9][a-z0-9_.-]{1,31}</c>; <c>guest-…</c> belongs to guests, <c>bot-…</c> to bots.</summary>
[JsonConverter(typeof(UserIdConverter))]
public readonly partial record struct UserId : IParsable<UserId>
{
    private const string GuestPrefix = "guest-";
    private const string BotPrefix = "bot-";
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789"; // 32 letters, none to be mistaken for another: 5 bits each

    private UserId(string value) => Value = value;

    public string Value { get; }

    public bool IsGuest => Value.StartsWith(GuestPrefix, StringComparison.Ordinal);

    /// <summary>Whether it is the author of what a webhook says: nobody signs in as one.</summary>
    public bool IsBot => Value.StartsWith(BotPrefix, StringComparison.Ordinal);

    /// <summary>A guest's id, never handed out before.</summary>
    public static UserId NewGuest() => new(GuestPrefix + RandomLetters());

    /// <summary>The bot of this name, which the webhook of the same name speaks as.</summary>
    public static UserId Bot(string letters) => Parse(BotPrefix + letters);

    /// <summary>16 letters of 5 bits, 80 bits in all: never handed out before.</summary>
    public static string RandomLetters() => RandomNumberGenerator.GetString(Alphabet, 16);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out UserId result)
    {
        result = default;
        if (s is null || !Pattern().IsMatch(s)) return false;
        result = new(s);
        return true;
    }

    public static UserId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a user id.");

    public override string ToString() => Value;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9_.-]{1,31}\z")]
    private static partial Regex Pattern();
}

public sealed class UserIdConverter : JsonConverter<UserId>
{
    public override UserId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        UserId.TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("That is not a user id.");

    public override void Write(Utf8JsonWriter writer, UserId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
