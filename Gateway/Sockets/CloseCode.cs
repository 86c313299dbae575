namespace OrleansChat.Gateway.Sockets;

/// <summary>The close codes of RFC 6455, section 7.4, that framing itself needs.</summary>
public static class CloseCode
{
    public const int Normal = 1000;
    public const int ProtocolError = 1002;
    public const int Unsupported = 1003;

    /// <summary>"No code was given": stands for a close frame without a payload, and is never sent.</summary>
    public const int None = 1005;

    public const int NotUtf8 = 1007;
    public const int TooLarge = 1009;

    /// <summary>
    /// Whether a peer may send the code: those that are registered with IANA (1012–1014 came after the RFC), and the
    /// ranges of libraries and applications. 1004–1006 and 1015 stand for what never travels.
    /// </summary>
    public static bool MaySend(int code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
