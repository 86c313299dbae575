using System.Runtime.InteropServices;

namespace OrleansChat.Tests.Deploy;

/// <summary>The one-process server in a folder of its own, as it is installed, with the TLS example beside it.</summary>
public sealed class SecuredServer : IAsyncLifetime
{
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", "dotnet"));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-tls-");
    private readonly int port = Ports.Free(2);
    private RunningProgram? program;

    public SecuredServer() => Certificate = new(folder.FullName);

    internal EdgeCertificate Certificate { get; }

    public Uri Address => new($"https://127.0.0.1:{port}");

    public Uri Socket => new($"wss://127.0.0.1:{port}/ws");

    public Uri LocalAddress => new($"http://127.0.0.1:{port + 1}");

    public async ValueTask InitializeAsync()
    {
        Install("OrleansChat.Gateway");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.Production.json"), DeployFolder.Text("tls/appsettings.Production.json")
            .With("https://0.0.0.0:8443", $"https://127.0.0.1:{port}")
            .With("http://127.0.0.1:8080", $"http://127.0.0.1:{port + 1}")
            .With("/etc/orleanschat/tls", folder.FullName));
        program = new RunningProgram(Dotnet, [Path.Combine(folder.FullName, "OrleansChat.Gateway.dll")], new Dictionary<string, string>
        {
            ["Chat__Storage"] = "memory:",
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
        });
        using var http = new HttpClient { BaseAddress = LocalAddress };
        await program.Until(async () =>
        {
            try
            {
                using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                return ready.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, TimeSpan.FromSeconds(40));
    }

    /// <summary>Copies what lies beside the tests and belongs to the program.</summary>
    private void Install(string name)
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(AppContext.BaseDirectory, file);
            var belongs = relative.StartsWith("wwwroot", StringComparison.Ordinal) || relative.StartsWith("runtimes", StringComparison.Ordinal)
                || Path.GetExtension(relative) == ".dll" || relative.StartsWith($"{name}.", StringComparison.Ordinal);
            if (!belongs) continue;
            var target = Path.Combine(folder.FullName, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (program is not null) await program.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
