using System.Diagnostics;
using OrleansChat.Tests.Deploy;

namespace OrleansChat.Tests.Processes.Plain;

/// <summary>Programs that know nothing of this server: netcat, and one in C that only uses <c>socket</c>, <c>connect</c>, <c>send</c> and <c>recv</c>.</summary>
[Collection(Processes.Name)]
public sealed class OldPrograms
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task They_talk_to_each_other_on_the_port_that_they_know()
    {
        Packages.Need("/usr/bin/nc", "netcat-openbsd");
        Packages.Need("/usr/bin/cc", "gcc");
        var plain = ServerProcess.FreePort();
        await using var gateway = await GatewayProcess.Start(("Chat:Plain:Port", $"{plain}"));
        Assert.Contains($"Plain TCP is at 127.0.0.1:{plain}, [::1]:{plain}", gateway.Output);

        using var netcat = Run("nc", "localhost", $"{plain}");
        await netcat.StandardInput.WriteLineAsync("/name Ada");
        Assert.Equal("* You are Ada.", await Line(netcat));
        using var old = Run(await Compiled("talk.c"), $"{plain}", "Is anybody there?", "Good.");
        Assert.EndsWith(": Is anybody there?", await Line(netcat));
        await netcat.StandardInput.WriteLineAsync("I am");
        Assert.Equal("Ada: I am", await Line(old));
        Assert.EndsWith(": Good.", await Line(netcat));
        await netcat.StandardInput.WriteLineAsync("Goodbye");
        Assert.Equal("Ada: Goodbye", await Line(old));
        await old.WaitForExitAsync().WaitAsync(Soon);
        Assert.Equal(0, old.ExitCode);
        await netcat.StandardInput.WriteLineAsync("/quit");
        netcat.StandardInput.Close(); // netcat itself waits for this
        await netcat.WaitForExitAsync().WaitAsync(Soon);
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_the_start_with_a_sentence()
    {
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var taken = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;
        await using var gateway = GatewayProcess.NotStarted(("Chat:Plain:Port", $"{taken}"));
        Assert.Equal(1, await gateway.RunToEnd());
        Assert.Contains($"cannot listen at 127.0.0.1:{taken} for plain TCP", Assert.Single(gateway.Errors), StringComparison.Ordinal);
        Assert.Contains("Chat:Plain:Port", gateway.Errors[0], StringComparison.Ordinal);
    }

    private static async Task<string> Compiled(string source)
    {
        var program = Path.Combine(Directory.CreateTempSubdirectory("chat-plain-").FullName, "talk");
        using var compiler = Run("cc", "-Wall", "-Werror", "-o", program, Path.Combine(AppContext.BaseDirectory, "Processes", "Plain", source));
        await compiler.WaitForExitAsync().WaitAsync(Soon);
        Assert.Equal(0, compiler.ExitCode);
        return program;
    }

    private static Process Run(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private static async Task<string?> Line(Process process) => await process.StandardOutput.ReadLineAsync().WaitAsync(Soon);
}
