namespace OrleansChat.Gateway.Sockets;

/// <summary>What a client's frames did wrong, and the code that the connection is closed with.</summary>
public sealed record Violation(int Code, string Reason)
{
    public static readonly Violation ReservedBits = Protocol("reserved bits are set");
    public static readonly Violation ReservedOpcode = Protocol("the opcode is reserved");
    public static readonly Violation ControlFragmented = Protocol("a control frame is fragmented");
    public static readonly Violation ControlTooLong = Protocol("a control frame is longer than 125 bytes");
    public static readonly Violation Unmasked = Protocol("a client's frame is not masked");
    public static readonly Violation LengthNotMinimal = Protocol("the length is not written in the shortest form");
    public static readonly Violation LengthNegative = Protocol("the length's highest bit is set");
    public static readonly Violation NothingToContinue = Protocol("a continuation without a beginning");
    public static readonly Violation MessageUnfinished = Protocol("a new message before the end of the last");
    public static readonly Violation ClosePayload = Protocol("a close frame's payload is one byte");
    public static readonly Violation CloseCodeInvalid = Protocol("the close code must not be sent");
    public static readonly Violation Binary = new(CloseCode.Unsupported, "binary is not spoken here");
    public static readonly Violation NotUtf8 = new(CloseCode.NotUtf8, "the text is not UTF-8");
    public static readonly Violation TooLarge = new(CloseCode.TooLarge, "the message is too large");
    public static readonly Violation TooManyFragments = new(CloseCode.TooLarge, "the message has too many fragments");

    private static Violation Protocol(string reason) => new(CloseCode.ProtocolError, reason);
}
