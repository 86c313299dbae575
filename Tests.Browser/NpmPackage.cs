using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace OrleansChat.Tests.Browser;

/// <summary>
/// A package that only these tests need, fetched by <c>npm</c> as it is set up on this machine and kept beside the
/// tests. Its bytes are those that were pinned here; nothing of it is run while it is fetched.
/// </summary>
public sealed class NpmPackage(string name, string version, string sha512)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private Task<string>? folder;

    public static NpmPackage Axe { get; } =
        new("axe-core", "4.14.1", "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==");

    public static NpmPackage TypeScript { get; } =
        new("typescript", "5.9.3", "jl1vZzPDinLr9eUt3J/t7V6FgNEw9QjvBPdysz9KfQDD41fQrC2Y4vKQdiaUpFT4bXlb1RHhLpp8wtm6M5TgSw==");

    /// <summary>
    /// The package's own folder. A test is skipped where it cannot be had (no npm, no network), but fails with CHAT_CI=1.
    /// </summary>
    public async Task<string> Folder()
    {
        try
        {
            lock (gate) folder ??= Find();
            return await folder;
        }
        catch (NotToBeHadException e)
        {
            if (Environment.GetEnvironmentVariable("CHAT_CI") == "1") Assert.Fail(e.Message);
            Assert.Skip(e.Message);
            throw;
        }
    }

    private async Task<string> Find()
    {
        var kept = Path.Combine(AppContext.BaseDirectory, "npm", $"{name}-{version}");
        if (!Directory.Exists(kept))
        {
            var work = Directory.CreateTempSubdirectory("chat-npm-");
            try
            {
                var unpacked = $"{kept}.{Guid.NewGuid():n}"; // another run may do the same at the same time
                await Unpack(await Fetch(work.FullName), unpacked);
                Keep(unpacked, kept);
            }
            finally
            {
                work.Delete(recursive: true);
            }
        }

        return Path.Combine(kept, "package");
    }

    private async Task<byte[]> Fetch(string into)
    {
        using var npm = Start(into);
        var said = npm.StandardError.ReadToEndAsync();
        await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), said, npm.WaitForExitAsync()).WaitAsync(Patience);
        if (npm.ExitCode != 0) throw new NotToBeHadException($"npm cannot fetch {name} {version}: {await said}");
        var packed = await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(into, "*.tgz")));
        Assert.Equal(sha512, Convert.ToBase64String(SHA512.HashData(packed)));
        return packed;
    }

    private Process Start(string into)
    {
        string[] words = ["pack", $"{name}@{version}", "--pack-destination", into, "--ignore-scripts"];
        try
        {
            return Process.Start(new ProcessStartInfo("npm", words) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = into })!;
        }
        catch (Win32Exception)
        {
            throw new NotToBeHadException($"Install npm: these tests fetch {name} with it.");
        }
    }

    private static async Task Unpack(byte[] packed, string into)
    {
        Directory.CreateDirectory(into);
        await using var unzipped = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(unzipped, into, overwriteFiles: false);
    }

    private static void Keep(string unpacked, string kept)
    {
        try
        {
            Directory.Move(unpacked, kept);
        }
        catch (IOException) when (Directory.Exists(kept))
        {
            Directory.Delete(unpacked, recursive: true);
        }
    }

    private sealed class NotToBeHadException(string message) : Exception(message);
}
