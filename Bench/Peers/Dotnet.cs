using System.Collections.Concurrent;

namespace OrleansChat.Bench.Peers;

/// <summary>Servers of this repository: built as the benchmark itself is, and started without the build between.</summary>
internal static class Dotnet
{
#if DEBUG
    /// <summary>How the benchmark was built. Only a release is worth measuring; another shows that everything works.</summary>
    public const string Configuration = "Debug";
#else
    /// <summary>How the benchmark was built. Only a release is worth measuring; another shows that everything works.</summary>
    public const string Configuration = "Release";
#endif

    /// <summary>The runtime compiles hot code a second time while it runs: after 8–12 s of load it is done.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    private static readonly ConcurrentDictionary<string, Task<string?>> built = new();

    // A process with one core waits ten times as long before it compiles hot code anew as one with several, and would be
    // measured while it still runs what was compiled in haste.
    private static readonly Dictionary<string, string> environment = new() { ["DOTNET_TC_DelaySingleProcMultiplier"] = "1" };

    public static string Version => $".NET {Environment.Version}";

    /// <summary>Builds a project.</summary>
    /// <param name="project">Its folder, from the top of the repository.</param>
    public static Task<string?> Build(string project) => built.GetOrAdd(project, BuildOnce);

    private static async Task<string?> BuildOnce(string project)
    {
        var build = await Repository.Run("dotnet", "build", project, "-c", Configuration, "-v", "q", "-nologo");
        if (build.Ok) return null;
        var error = build.Output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? build.Output;
        return $"dotnet build {project} failed: {error.Trim()}";
    }

    /// <summary>Starts a server of this repository, which <see cref="Build"/> has built.</summary>
    public static Task<ServerProcess> Start(string folder, int port, string project, string assembly, params IEnumerable<string> arguments) =>
        ServerProcess.Start(folder, port, "dotnet", [Program(project, assembly), .. arguments], environment);

    private static string Program(string project, string assembly) => Repository.Path(project, "bin", Configuration, "net10.0", $"{assembly}.dll");
}
