using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OrleansChat.Tests.Terminal;

/// <summary>The terminal client in a real pseudo-terminal, which tmux holds: keys go in, and what is on the screen is read.</summary>
internal sealed class TerminalScreen : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-tty-");

    private TerminalScreen()
    {
    }

    /// <summary>Where programs of the tests lie, and what runs them.</summary>
    public static string Dotnet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", "dotnet"));

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "OrleansChat.Terminal.dll");

    /// <summary>Starts it as a guest; a shell that comes before and after shows that the screen is given back.</summary>
    public static async Task<TerminalScreen> Start(Uri server, string name, int width = 100, int height = 30, string arguments = "")
    {
        var screen = new TerminalScreen();
        var command = $"echo before; '{Dotnet}' '{Program}' --server {server} --guest '{name}' {arguments}; echo left with $?; exec cat";
        await screen.Tmux("-f", "/dev/null", "new-session", "-d", "-x", $"{width}", "-y", $"{height}", command);
        await screen.Sees(shown => shown.StartsWith("Lobby", StringComparison.Ordinal), "the room");
        return screen;
    }

    public Task Types(string text) => Tmux("send-keys", "-l", text);

    public Task Presses(string key) => Tmux("send-keys", key);

    public async Task Says(string text)
    {
        await Types(text);
        await Presses("Enter");
    }

    public Task Resizes(int width, int height) => Tmux("resize-window", "-x", $"{width}", "-y", $"{height}");

    /// <summary>What is to be seen now.</summary>
    public Task<string> Shown() => Tmux("capture-pane", "-p");

    public Task Sees(string text) => Sees(shown => shown.Contains(text, StringComparison.Ordinal), text);

    /// <summary>Looks again and again until it is so.</summary>
    public async Task<string> Sees(Func<string, bool> isSo, string what)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var shown = await Shown();
            if (isSo(shown)) return shown;
            Assert.True(since.Elapsed < Patience, $"Never seen: {what}\n{shown}");
            await Task.Delay(50);
        }
    }

    /// <summary>The process on the terminal.</summary>
    public async Task Signals(string name)
    {
        var shell = (await Tmux("display-message", "-p", "#{pane_pid}")).Trim();
        var program = (await File.ReadAllTextAsync($"/proc/{shell}/task/{shell}/children")).Trim();
        using var kill = Process.Start("sh", ["-c", $"kill -{name} {program}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Whether the terminal itself takes lines, and echoes what is typed.</summary>
    public async Task<bool> IsForLines()
    {
        var place = (await Tmux("display-message", "-p", "#{pane_tty}")).Trim();
        using var stty = Process.Start(new ProcessStartInfo("stty", ["-a", "-F", place]) { RedirectStandardOutput = true })!;
        var settings = (await stty.StandardOutput.ReadToEndAsync()).Split([' ', ';', '\n']);
        return settings.Contains("icanon") && settings.Contains("echo") && settings.Contains("isig");
    }

    private async Task<string> Tmux(params string[] arguments)
    {
        var start = new ProcessStartInfo("tmux", ["-u", "-S", Path.Combine(folder.FullName, "tmux"), .. arguments]) { RedirectStandardOutput = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["XDG_CONFIG_HOME"] = folder.FullName;
        start.Environment.Remove("TMUX");
        using var tmux = Process.Start(start)!;
        var said = await tmux.StandardOutput.ReadToEndAsync();
        await tmux.WaitForExitAsync();
        return said;
    }

    public async ValueTask DisposeAsync()
    {
        await Tmux("kill-server");
        folder.Delete(recursive: true);
    }
}
