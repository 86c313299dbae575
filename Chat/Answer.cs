using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace OrleansChat;

/// <summary>The error codes of the protocol, one for one.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ErrorCode>))]
public enum ErrorCode
{
    BadRequest,
    Unauthenticated,
    Forbidden,
    NotFound,
    NotMember,
    Banned,
    Conflict,
    TooLong,
    RateLimited,
    Unavailable,
}

/// <summary>Why something was not done. A refusal is a value; exceptions mean that the machinery broke.</summary>
/// <param name="Code">The protocol's code, for programs.</param>
/// <param name="Message">One sentence, for people.</param>
/// <param name="RetryAfter">Seconds after which a repeat may succeed, where that is known.</param>
public sealed record Refusal(ErrorCode Code, string Message, double? RetryAfter = null)
{
    public static Refusal BadRequest(string message) => new(ErrorCode.BadRequest, message);

    public static Refusal Unauthenticated(string message) => new(ErrorCode.Unauthenticated, message);

    public static Refusal Forbidden(string message) => new(ErrorCode.Forbidden, message);

    public static Refusal NotFound(string message) => new(ErrorCode.NotFound, message);

    public static Refusal NotMember() => new(ErrorCode.NotMember, "You are not a member of this room.");

    public static Refusal Banned(string message) => new(ErrorCode.Banned, message);

    public static Refusal Conflict(string message) => new(ErrorCode.Conflict, message);

    public static Refusal TooLong(string message) => new(ErrorCode.TooLong, message);

    /// <summary>The wait is rounded up to hundredths: rounded down, the repeat would come too early.</summary>
    public static Refusal RateLimited(string message, TimeSpan retryAfter) =>
        new(ErrorCode.RateLimited, message, Math.Max(0.05, Math.Ceiling(retryAfter / TimeSpan.FromMilliseconds(10)) / 100));

    public static Refusal Unavailable(string message) => new(ErrorCode.Unavailable, message, 0.2);
}

/// <summary>What an operation gives: a value, or the refusal that stands in its place.</summary>
public sealed record Answer<T>(T? Value, Refusal? Refusal)
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    [JsonIgnore]
    public bool Ok => Refusal is null;

    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>The value of an operation that has nothing to say but that it was done.</summary>
public sealed record Done
{
    public static readonly Done Instance = new();
}
