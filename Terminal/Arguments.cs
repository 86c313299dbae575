using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace OrleansChat.Terminal;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    public required Uri Server { get; init; }

    /// <summary>Where to begin; null where none was named.</summary>
    public string? Room { get; init; }

    public string? Guest { get; init; }

    public string? User { get; init; }

    public string? Token { get; init; }

    /// <summary>Print what is said, until interrupted.</summary>
    public bool Follow { get; init; }

    /// <summary>One JSON object a line.</summary>
    public bool Json { get; init; }

    /// <summary>Begin with so many messages from before.</summary>
    public int Last { get; init; }

    /// <summary>The whole input is one message.</summary>
    public bool Whole { get; init; }

    /// <summary>How long a server that is away is waited for.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>No bell.</summary>
    public bool Quiet { get; init; }

    /// <summary>Reads the command line and does what it says; gives the exit code.</summary>
    public static async Task<int> Run(string[] args, Func<Arguments, Task<int>> run)
    {
        var server = new Option<string>("--server") { Description = "The server's address.", HelpName = "URL", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CHAT_SERVER") ?? "http://localhost:8080" };
        var room = new Option<string>("--room") { Description = "The room to begin in; lines need one.", HelpName = "ID" };
        var guest = new Option<string>("--guest") { Description = "Come as a guest of this name (the default: your login name). The same guest comes back next time.", HelpName = "NAME" };
        var user = new Option<string>("--user") { Description = "Sign in with an account. The password is asked for, or taken from CHAT_PASSWORD.", HelpName = "ID" };
        var token = new Option<string>("--token") { Description = "Sign in with a token; CHAT_TOKEN shows it to nobody.", HelpName = "TOKEN" };
        var follow = new Option<bool>("--follow", "-f") { Description = "Print what is said in the room, line by line, until interrupted." };
        var json = new Option<bool>("--json") { Description = "Print events, or the answers to what was posted, as one JSON object a line." };
        var last = new Option<int>("--last") { Description = "Follow from so many messages before, at most 200.", HelpName = "N" };
        var whole = new Option<bool>("--whole") { Description = "The whole input is one message, not each line." };
        var wait = new Option<double>("--wait") { Description = "Seconds to wait for a server that is away.", HelpName = "SECONDS", DefaultValueFactory = _ => 10 };
        var quiet = new Option<bool>("--quiet") { Description = "No bell when somebody calls you." };
        var root = new RootCommand("""
            Talks with an OrleansChat server from a terminal: full-screen, or, where input or output is not a terminal,
            line by line: echo "build failed" | terminal --room ops
            """)
        {
            server, room, guest, user, token, follow, json, last, whole, wait, quiet,
        };
        foreach (var help in root.Options.OfType<HelpOption>()) help.Action = new HelpWithCodes((HelpAction)help.Action!);

        var parsed = root.Parse(args);
        if (parsed.Errors is [var error, ..]) return Complain(error.Message);
        if (parsed.Action is HelpWithCodes or not null) return await parsed.InvokeAsync();
        if (!Uri.TryCreate(parsed.GetValue(server), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https" or "ws" or "wss"))
            return Complain($"'{parsed.GetValue(server)}' is not a server's address, such as http://localhost:8080.");
        if (parsed.GetValue(wait) is not (>= 0 and <= 86_400)) return Complain("--wait takes seconds, from 0 to 86400.");
        if (parsed.GetValue(last) is not (>= 0 and <= 200)) return Complain("--last takes a number from 0 to 200.");
        if (new[] { guest, user, token }.Count(who => parsed.GetResult(who) is not null) > 1) return Complain("Of --guest, --user and --token one is enough.");
        return await run(new()
        {
            Server = address,
            Room = parsed.GetValue(room),
            Guest = parsed.GetValue(guest),
            User = parsed.GetValue(user),
            Token = parsed.GetValue(token),
            Follow = parsed.GetValue(follow),
            Json = parsed.GetValue(json),
            Last = parsed.GetValue(last),
            Whole = parsed.GetValue(whole),
            Wait = TimeSpan.FromSeconds(parsed.GetValue(wait)),
            Quiet = parsed.GetValue(quiet),
        });
    }

    private static int Complain(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return ExitCode.Usage;
    }

    /// <summary>The usual help, and what a script wants to know besides.</summary>
    private sealed class HelpWithCodes(HelpAction usual) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            usual.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine("""
                Exit codes:
                  0  done           2  wrong usage           4  sign-in refused, or signed out
                  1  refused        3  server not reached    5  a fault of this program
                  130, 143  interrupted

                """);
            return ExitCode.Done;
        }
    }
}
