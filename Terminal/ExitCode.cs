namespace OrleansChat.Terminal;

/// <summary>How the program ends, for whoever started it. What is documented here is in <c>--help</c> and <c>docs/terminal.md</c> too.</summary>
internal static class ExitCode
{
    /// <summary>All that was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>The server refused something: a room that one may not enter, a line that is too long.</summary>
    public const int Refused = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>The server could not be reached in time; what was not answered may or may not be stored.</summary>
    public const int Unreachable = 3;

    /// <summary>Signing in was refused, or the session was ended from elsewhere.</summary>
    public const int SignedOut = 4;

    /// <summary>A fault of this program.</summary>
    public const int Broken = 5;

    /// <summary>Ended by a signal: 128 and its number, as shells have it.</summary>
    public const int Interrupted = 130, Terminated = 143;
}

/// <summary>The program ends with a sentence and a code.</summary>
internal sealed class ExitException(int code, string sentence) : Exception(sentence)
{
    public int Code { get; } = code;
}
