using System.Diagnostics;

namespace OrleansChat.Bench;

/// <summary>The repository that the benchmark is built from, and the programs that it runs in it.</summary>
internal static class Repository
{
    private static readonly string root = Find();

    /// <summary>The commit that is measured.</summary>
    public static string Commit { get; } = Run("git", "describe", "--always", "--dirty").GetAwaiter().GetResult().Output.Trim();

    public static string Path(params string[] parts) => System.IO.Path.Combine([root, .. parts]);

    /// <summary>Runs a program to its end at the top of the repository.</summary>
    /// <returns>Whether it ended well, and what it wrote.</returns>
    public static async Task<(bool Ok, string Output)> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode == 0, await output + await error);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (false, e.Message);
        }
    }

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "OrleansChat.sln"))) return folder;
        }

        throw new InvalidOperationException("The benchmark measures the repository that it lies in.");
    }
}
