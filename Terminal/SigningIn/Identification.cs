using System.Text;
using OrleansChat.Client;

namespace OrleansChat.Terminal.SigningIn;

/// <summary>As whom we come, by the command line and the environment.</summary>
internal static class Identification
{
    /// <exception cref="ExitException">Nobody can be asked for the password.</exception>
    public static SignIn Of(Arguments arguments, GuestTokens tokens)
    {
        if (arguments.User is { } user) return new SignIn.Account(user, Password(user));
        var token = arguments.Token ?? (arguments.Guest is null ? Environment.GetEnvironmentVariable("CHAT_TOKEN") : null);
        if (!string.IsNullOrEmpty(token)) return new SignIn.Bearer(token);
        var name = GuestName(arguments);
        return new SignIn.Guest(name, tokens.Find(arguments.Server, name));
    }

    /// <summary>What a guest is called who says nothing about it: as at this machine.</summary>
    private static string GuestName(Arguments arguments) =>
        arguments.Guest ?? (Environment.UserName is { Length: > 0 } login ? login : "guest");

    /// <summary>A guest comes back as the same one next time.</summary>
    public static void Remember(Arguments arguments, ChatClient chat, GuestTokens tokens)
    {
        if (chat.GuestToken is { } token) tokens.Keep(arguments.Server, GuestName(arguments), token);
    }

    private static string Password(string user)
    {
        if (Environment.GetEnvironmentVariable("CHAT_PASSWORD") is { Length: > 0 } known) return known;
        if (Console.IsInputRedirected)
            throw new ExitException(ExitCode.Usage, "Nobody can be asked for the password here: put it into CHAT_PASSWORD.");
        Console.Error.Write($"Password of {user}: ");
        var password = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key is ConsoleKey.Backspace && password.Length > 0) password.Length--;
            else if (!char.IsControl(key.KeyChar)) password.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return password.ToString();
    }
}
