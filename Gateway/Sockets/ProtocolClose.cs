namespace OrleansChat.Gateway.Sockets;

/// <summary>The close codes of chat.v1 itself.</summary>
public static class ProtocolClose
{
    /// <summary>The node is going down; the client resumes at once, elsewhere.</summary>
    public const int GoingDown = 1012;

    public const int NoHello = 4001;
    public const int BadFrames = 4002;

    /// <summary>The token is wrong, expired or revoked.</summary>
    public const int BadToken = 4003;

    /// <summary>The client reads too slowly, and resumes.</summary>
    public const int TooSlow = 4008;

    public const int TooManyOperations = 4009;

    /// <summary>Signed out or removed.</summary>
    public const int SignedOut = 4010;
}
