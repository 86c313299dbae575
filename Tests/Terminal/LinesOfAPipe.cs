using System.Diagnostics;
using System.Text.Json;
using OrleansChat.Client;
using OrleansChat.Tests.Processes;

namespace OrleansChat.Tests.Terminal;

/// <summary>The terminal client in a pipe: real processes, a real server.</summary>
[Collection(Processes.Processes.Name)]
public sealed class LinesOfAPipe : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("chat-home-");
    private GatewayProcess server = null!;

    public async ValueTask InitializeAsync() => server = await GatewayProcess.Start();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        home.Delete(recursive: true);
    }

    private Process Start(params string[] arguments)
    {
        string[] hearing = IgnoresInterrupts() ? ["env", "--default-signal=INT"] : [];
        string[] command = [.. hearing, TerminalScreen.Dotnet, TerminalScreen.Program, "--server", $"{server.Address}", .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_CONFIG_HOME"] = home.FullName;
        return Process.Start(start)!;
    }

    /// <summary>What a shell starts in the background ignores SIGINT, and so does whatever that starts: here, if the tests are run like that.</summary>
    private static bool IgnoresInterrupts()
    {
        const string Ignored = "SigIgn:";
        const ulong Interrupt = 1 << 1;
        return OperatingSystem.IsLinux()
            && (Convert.ToUInt64(File.ReadLines("/proc/self/status").First(line => line.StartsWith(Ignored, StringComparison.Ordinal))[Ignored.Length..].Trim(), 16) & Interrupt) != 0;
    }

    private async Task<(int Code, string Output, string Errors)> Run(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Soon);
        return (process.ExitCode, await output, await errors);
    }

    [Fact]
    public async Task Each_line_is_posted_once_by_the_same_guest_every_time()
    {
        await using var bob = await ChatClient.Connect(server.Address, new SignIn.Guest("Bob"));
        await bob.Join("lobby");
        Assert.Equal((0, "", ""), await Run("build \e[31mfailed\e[0m\r\n\nlook 你好\nno newline", "--room", "lobby", "--guest", "CI"));
        var (code, receipt, _) = await Run("two\nlines\n", "--room", "lobby", "--guest", "CI", "--json", "--whole");
        Assert.Equal(0, code);
        var said = (await bob.History("lobby")).Messages;
        Assert.Equal(["build failed", "look 你好", "no newline", "two\nlines"], said.Select(message => message.Text));
        Assert.Equal(said[^1].Seq, JsonDocument.Parse(receipt).RootElement.GetProperty("seq").GetInt64());
        Assert.Single(said.Select(message => message.By).Distinct());
        var token = Assert.Single(home.GetFiles("*", SearchOption.AllDirectories));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, token.UnixFileMode);
    }

    [Fact]
    public async Task What_goes_wrong_is_one_sentence_and_a_code()
    {
        await Says(1, "nope", "x\n", "--room", "nope");
        await Says(1, "Line 1 was refused", $"{new string('x', 4001)}\nsecond\n", "--room", "lobby");
        await Says(2, "--room", "x\n");
        await Says(2, "--bogus", "", "--bogus");
        await Says(2, "is not a server's address", "", "--server=here");
        await Says(3, "cannot be reached", "x\n", "--room", "lobby", "--wait", "0.5", "--server=http://127.0.0.1:1");
        await Says(4, "refused", "x\n", "--room", "lobby", "--token", "worthless");
        Assert.Contains("Exit codes:", (await Run("", "--help")).Output, StringComparison.Ordinal);
    }

    private async Task Says(int code, string part, string input, params string[] arguments)
    {
        // A later --server would be a second one.
        var own = arguments.FirstOrDefault(it => it.StartsWith("--server", StringComparison.Ordinal));
        using var process = own is null ? Start(arguments) : StartAt(own, arguments.Where(it => it != own));
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var sentence = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Soon);
        Assert.Equal((code, 1), (process.ExitCode, sentence.TrimEnd().Split('\n').Length));
        Assert.Contains(part, sentence, StringComparison.Ordinal);
    }

    private static Process StartAt(string server, IEnumerable<string> arguments) => Process.Start(
        new ProcessStartInfo(TerminalScreen.Dotnet, [TerminalScreen.Program, server, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    [Fact]
    public async Task A_room_is_followed_over_the_servers_death_until_somebody_interrupts()
    {
        await using var bob = await ChatClient.Connect(server.Address, new SignIn.Guest("Bob"));
        await bob.Join("lobby");
        await bob.Post("lobby", "earlier");
        using var follow = Start("--room", "lobby", "--follow", "--last", "5", "--guest", "Carol");
        Assert.EndsWith(": earlier", await Line(follow));
        var edited = await bob.Post("lobby", "one\n09:41 Ada: I owe you");
        Assert.EndsWith(" Bob: one", await Line(follow));
        Assert.Matches(@"^\d\d:\d\d Bob: 09:41 Ada: I owe you$", await Line(follow));
        await server.Kill();
        await server.Begin();
        await bob.Edit("lobby", edited.Seq, "two");
        Assert.EndsWith("(edited): two", await Line(follow));
        await follow.StandardInput.WriteLineAsync("mine");
        Assert.EndsWith(" Carol: mine", await Line(follow));
        using var kill = Process.Start("sh", ["-c", $"kill -INT {follow.Id}"]);
        await follow.WaitForExitAsync().WaitAsync(Soon);
        Assert.Equal(130, follow.ExitCode);
    }

    [Fact]
    public async Task Events_are_JSON_and_a_reader_who_goes_ends_it_quietly()
    {
        await using var bob = await ChatClient.Connect(server.Address, new SignIn.Guest("Bob"));
        await bob.Join("lobby");
        using var follow = Start("--room", "lobby", "--follow", "--json", "--guest", "Carol");
        var stored = await Seen(bob, follow);
        using var line = JsonDocument.Parse(stored);
        Assert.Equal(("message", "Bob", "lobby"), (Of(line, "kind"), Of(line, "author"), Of(line, "room")));
        Assert.DoesNotContain('\u202E', stored);
        follow.StandardOutput.Close();
        await follow.WaitForExitAsync().WaitAsync(Soon);
        Assert.Equal((0, ""), (follow.ExitCode, await follow.StandardError.ReadToEndAsync()));
    }

    private static string? Of(JsonDocument line, string key) => line.RootElement.GetProperty(key).GetString();

    /// <summary>The first message after it has begun to listen.</summary>
    private static async Task<string> Seen(ChatClient bob, Process follow)
    {
        var room = await bob.Join("lobby");
        await foreach (var item in room.Items())
        {
            if (item is RoomItem.Happened { Event.Kind: "joined" } happened && happened.Event.By != bob.Me.Id) break;
        }

        await bob.Post("lobby", "hello \u202E");
        return await Line(follow) ?? "";
    }

    private static async Task<string?> Line(Process process) => await process.StandardOutput.ReadLineAsync().WaitAsync(Soon);
}
