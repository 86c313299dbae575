namespace OrleansChat.Client;

/// <summary>The server refused: an error answer, or a problem over HTTP.</summary>
/// <param name="error">The refusal as it came.</param>
public sealed class ChatException(ChatError error) : Exception($"{error.Code}: {error.Message}")
{
    /// <summary>The refusal as it came.</summary>
    public ChatError Error { get; } = error;

    /// <summary>One of the error codes of the protocol, such as <c>not_member</c>.</summary>
    public string Code => Error.Code;

    /// <summary>After which time a repeat may succeed, where the server knows.</summary>
    public TimeSpan? RetryAfter =>
        Error.RetryAfter is { } seconds and >= 0 and < 86_400 ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>True where the same operation, repeated with the same key, may succeed in a moment.</summary>
    public bool IsPassing => Code is "unavailable" or "rate_limited";
}

/// <summary>The connection ended before the answer came; nobody knows whether the operation was carried out.</summary>
/// <param name="end">How it ended.</param>
public sealed class ChatClosedException(ConnectionEnd end) : Exception($"The connection ended ({end}).", end.Error)
{
    /// <summary>How it ended.</summary>
    public ConnectionEnd End { get; } = end;
}

/// <summary>A <see cref="ChatClient"/> that has stopped for good: signed out, refused, or disposed.</summary>
/// <param name="reason">For a program.</param>
/// <param name="why">For people.</param>
/// <param name="inner">What the server said, where it said something.</param>
public sealed class ChatStoppedException(StopReason reason, string why, Exception? inner = null) : Exception(why, inner)
{
    /// <summary>Why it stopped.</summary>
    public StopReason Reason { get; } = reason;
}

/// <summary>Why a <see cref="ChatClient"/> stopped for good.</summary>
public enum StopReason
{
    /// <summary>The program disposed it.</summary>
    Disposed,

    /// <summary>Nobody answered within <see cref="ChatClientOptions.ConnectWithin"/>; the inner exception is the last failure.</summary>
    Unreachable,

    /// <summary>The password or the token is wrong or worth nothing any more, or guests are not allowed.</summary>
    SignInRefused,

    /// <summary>Signed out, here or elsewhere, or the account was removed.</summary>
    SignedOut,

    /// <summary>The server does not want connections from here, or closed one in a way that would happen again.</summary>
    Refused,

    /// <summary>A fault of the client.</summary>
    Broken,
}

/// <summary>How a connection ended.</summary>
/// <param name="Code">The close code that the server sent; null when the line broke without one.</param>
/// <param name="Reason">The server's words.</param>
/// <param name="Error">What broke, where something broke.</param>
public sealed record ConnectionEnd(int? Code, string? Reason = null, Exception? Error = null)
{
    /// <summary>For people: the code and the reason, or what broke.</summary>
    public override string ToString() => Code is { } code ? $"{code} {Reason}".TrimEnd() : Error?.Message ?? "broken off";
}

/// <summary>The server did not upgrade the connection to a WebSocket.</summary>
/// <param name="status">The status of the answer to the upgrade.</param>
/// <param name="inner">The failure as the socket has it.</param>
public sealed class ChatRefusedException(System.Net.HttpStatusCode status, Exception inner)
    : Exception($"The server refused the connection with status {(int)status}.", inner)
{
    /// <summary>The status of the answer to the upgrade.</summary>
    public System.Net.HttpStatusCode Status { get; } = status;
}
