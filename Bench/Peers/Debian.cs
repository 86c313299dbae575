namespace OrleansChat.Bench.Peers;

/// <summary>Servers that Debian packages, run from a folder of their own, with nothing of the system's.</summary>
internal static class Debian
{
    /// <summary>The version of an installed package; empty when it is not installed.</summary>
    public static async Task<string> Version(string package)
    {
        var (ok, output) = await Repository.Run("dpkg-query", "--show", "--showformat=${Version}", package);
        return ok ? output.Trim() : "";
    }

    /// <summary>Puts a configuration of Bench/Servers, with its port, into the server's folder.</summary>
    /// <returns>Where it is.</returns>
    public static async Task<string> Configure(string folder, string name, int port)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(Repository.Path("Bench", "Servers", name))).Replace("PORT", $"{port}", StringComparison.Ordinal));
        return path;
    }
}
