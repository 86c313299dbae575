using System.IO.Compression;
using System.Xml.Linq;
using OrleansChat.Tests.Deploy;

namespace OrleansChat.Tests.Client;

/// <summary>What <c>dotnet pack Client</c> makes is all that a program needs.</summary>
public sealed class NugetPackage : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Project = Path.GetFullPath(DeployFolder.File("../Client"));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-package-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_package_has_the_library_its_documentation_and_a_readme_and_needs_nothing_but_the_framework()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name; // as these tests were built, and the library with them
        var (code, said) = await RunningProgram.Run(
            "dotnet", ["pack", Project, "--no-build", "-c", configuration, "-o", folder.FullName, "--nologo"], within: Patience);
        Assert.True(code == 0, said);

        await using var package = await ZipFile.OpenReadAsync(Assert.Single(folder.GetFiles("OrleansChat.Client.*.nupkg")).FullName);
        string[] needed = ["README.md", "lib/net10.0/OrleansChat.Client.dll", "lib/net10.0/OrleansChat.Client.xml"];
        Assert.Equal(needed, package.Entries.Select(entry => entry.FullName).Where(needed.Contains).Order(StringComparer.Ordinal));
        Assert.Contains("ChatClient.Connect(", Text(package, "README.md"));
        var about = Elements(package, "OrleansChat.Client.nuspec");
        Assert.Equal("README.md", Assert.Single(about["readme"]).Value);
        Assert.Empty(about["dependency"]);

        await using var symbols = await ZipFile.OpenReadAsync(Assert.Single(folder.GetFiles("OrleansChat.Client.*.snupkg")).FullName);
        Assert.NotNull(symbols.GetEntry("lib/net10.0/OrleansChat.Client.pdb"));
    }

    private static string Text(ZipArchive archive, string name)
    {
        using var text = new StreamReader(archive.GetEntry(name)!.Open());
        return text.ReadToEnd();
    }

    private static ILookup<string, XElement> Elements(ZipArchive archive, string name) =>
        XDocument.Parse(Text(archive, name)).Descendants().ToLookup(element => element.Name.LocalName);
}
