namespace OrleansChat.Bench.Peers;

/// <summary>Servers of this repository: built in release, started without the build between.</summary>
internal static class Dotnet
{
    /// <summary>The runtime compiles hot code a second time while it runs: after some ten seconds of load it is done.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public static string Version => $".NET {Environment.Version}";

    /// <summary>Builds a project of the repository.</summary>
    /// <param name="project">Its folder, from the top of the repository.</param>
    public static async Task<string?> Build(string project)
    {
        var built = await Repository.Run("dotnet", "build", project, "-c", "Release", "-v", "q", "-nologo");
        return built.Ok ? null : $"dotnet build {project} failed: {built.Output}";
    }

    public static string Program(string project, string assembly) => Repository.Path(project, "bin", "Release", "net10.0", $"{assembly}.dll");
}
