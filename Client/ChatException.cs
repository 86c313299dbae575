namespace OrleansChat.Client;

/// <summary>The server refused: an error answer, or a problem over HTTP.</summary>
public sealed class ChatException(ChatError error) : Exception($"{error.Code}: {error.Message}")
{
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
public sealed class ChatClosedException(ConnectionEnd end) : Exception($"The connection ended ({end}).", end.Error)
{
    public ConnectionEnd End { get; } = end;
}

/// <summary>A <see cref="ChatClient"/> that has stopped for good: signed out, refused, or disposed.</summary>
public sealed class ChatStoppedException(string why, Exception? inner = null) : Exception(why, inner);

/// <summary>How a connection ended.</summary>
/// <param name="Code">The close code that the server sent; null when the line broke without one.</param>
/// <param name="Error">What broke, where something broke.</param>
public sealed record ConnectionEnd(int? Code, string? Reason = null, Exception? Error = null)
{
    public override string ToString() => Code is { } code ? $"{code} {Reason}".TrimEnd() : Error?.Message ?? "broken off";
}

/// <summary>The server did not upgrade the connection to a WebSocket.</summary>
public sealed class ChatRefusedException(System.Net.HttpStatusCode status, Exception inner)
    : Exception($"The server refused the connection with status {(int)status}.", inner)
{
    public System.Net.HttpStatusCode Status { get; } = status;
}
