namespace OrleansChat.Gateway.Sockets;

public enum ReceivedKind
{
    Text,
    Ping,
    Pong,

    /// <summary>The client closes, in order. Nothing follows but the end.</summary>
    Close,

    /// <summary>The client broke the rules. Nothing more is read; the owner closes with the code.</summary>
    Violation,

    /// <summary>The stream ended, without a close frame or after one.</summary>
    End,

    /// <summary>Nothing came, but somebody wished the wait to end. Reading may go on later.</summary>
    Interrupted,
}

/// <summary>One thing that came from a client.</summary>
/// <param name="Payload">The text, or what a ping or pong carried. A text's bytes are valid until the next read.</param>
/// <param name="Code">The code of a close (1005: it had none), or the one to close with after a violation.</param>
/// <param name="Reason">The words that go with the code.</param>
public readonly record struct Received(ReceivedKind Kind, ReadOnlyMemory<byte> Payload = default, int Code = 0, string Reason = "")
{
    public static readonly Received End = new(ReceivedKind.End);

    public static readonly Received Interrupted = new(ReceivedKind.Interrupted);

    public static Received Broken(Violation violation) =>
        new(ReceivedKind.Violation, Code: violation.Code, Reason: violation.Reason);
}
