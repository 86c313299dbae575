using System.Net.Sockets;
using OrleansChat.Client;
using OrleansChat.Terminal.Lines;
using OrleansChat.Terminal.SigningIn;

namespace OrleansChat.Terminal;

/// <summary>One run of the program: sign in, be a screen or a pipe, leave with a code.</summary>
internal static class Session
{
    public static async Task<int> Run(Arguments arguments)
    {
        using var signals = new Signals();
        try
        {
            var screen = IsForScreen(arguments);
            if (!screen && arguments.Room is null) throw new ExitException(ExitCode.Usage, "Which room? Say it with --room.");
            var tokens = GuestTokens.OfUser();
            await using var chat = await Connect(arguments, Identification.Of(arguments, tokens), screen, signals.Ending);
            Identification.Remember(arguments, chat, tokens);
            if (screen && !OperatingSystem.IsWindows()) return new ScreenMode(chat, arguments).Run(signals.Ending) is var code && signals.Code is { } signal ? signal : code;
            using var input = new StreamReader(Console.OpenStandardInput()); // in UTF-8
            return await new LineMode(chat, arguments, input, Console.Out, Console.Error).Run(signals.Ending);
        }
        catch (Exception) when (signals.Code is not null)
        {
            return signals.Code ?? ExitCode.Broken; // it only ended what was under way
        }
        catch (Exception e)
        {
            var (code, sentence) = Ending(e, arguments);
            await Console.Error.WriteLineAsync(PlainText.Harmless(sentence));
            return code;
        }
    }

    /// <summary>A screen needs a terminal that can place a cursor; everything else gets lines.</summary>
    private static bool IsForScreen(Arguments arguments) =>
        !Console.IsInputRedirected && !Console.IsOutputRedirected && !arguments.Follow && !arguments.Json
        && !OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or "" or null);

    private static async Task<ChatClient> Connect(Arguments arguments, SignIn who, bool screen, CancellationToken ending)
    {
        if (screen) await Console.Error.WriteLineAsync($"Connecting to {arguments.Server}…");
        return await ChatClient.Connect(arguments.Server, who, new() { ConnectWithin = arguments.Wait }, ending);
    }

    /// <summary>The exit code, and one sentence that says what happened and, where that helps, what to do.</summary>
    private static (int Code, string Sentence) Ending(Exception e, Arguments arguments) => e switch
    {
        ExitException exit => (exit.Code, exit.Message),
        ChatStoppedException { Reason: StopReason.Unreachable } stopped =>
            (ExitCode.Unreachable, $"The server at {arguments.Server} cannot be reached{Why(stopped.InnerException)}."),
        ChatStoppedException { Reason: StopReason.SignInRefused } stopped =>
            (ExitCode.SignedOut, $"Signing in was refused{Why(stopped.InnerException)}."),
        ChatStoppedException { Reason: StopReason.SignedOut } => (ExitCode.SignedOut, "You were signed out."),
        ChatStoppedException stopped => (stopped.Reason is StopReason.Refused ? ExitCode.Refused : ExitCode.Broken, $"{stopped.Message.TrimEnd('.')}{Why(stopped.InnerException)}."),
        ChatException refused => (ExitCode.Refused, refused.Error.Message),
        _ => (ExitCode.Broken, $"Something broke: {e.Message}"),
    };

    private static string Why(Exception? inner) => inner switch
    {
        ChatException refused => $": {refused.Error.Message.TrimEnd('.')}",
        null or TimeoutException or OperationCanceledException => "",
        _ when inner.GetBaseException() is SocketException socket => $": {socket.Message.TrimEnd('.')}",
        _ => $": {inner.Message.TrimEnd('.')}",
    };
}
