using System.Text.Json;

namespace OrleansChat.Bench.Peers;

/// <summary>Servers that run in Node.js, from packages of the npm registry with pinned versions.</summary>
internal static class Npm
{
    private const string Folder = "Bench/Servers/node";

    /// <summary>V8 has compiled what is hot well before.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    private static readonly Lazy<Task<string?>> install = new(Install);

    /// <summary>Fetches the packages, once. No package's script runs, so none compiles: the native helper comes compiled.</summary>
    public static Task<string?> Installed() => install.Value;

    public static string Program(string name) => Repository.Path(Folder, name);

    /// <summary>A package's version and Node's.</summary>
    public static async Task<string> Version(string package)
    {
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.Path(Folder, "node_modules", package, "package.json")));
        return $"{manifest.RootElement.GetProperty("version").GetString()}, Node {(await Repository.Run("node", "--version")).Output.Trim()}";
    }

    private static async Task<string?> Install()
    {
        var installed = await Repository.Run(
            "npm", "install", "--prefix", Repository.Path(Folder), "--omit=dev", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund");
        return installed.Ok ? null : $"apt-get install nodejs npm, and a way to the npm registry; npm said: {installed.Output}";
    }
}
