using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OrleansChat.Tests.Browser;

/// <summary>The page has no build, yet its types are checked: TypeScript reads the JSDoc of every module.</summary>
public sealed class TypeCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_page_is_ts_check_clean()
    {
        var page = Page();
        Assert.All(Modules(page), module => Assert.Equal("// @ts-check", File.ReadLines(module).First()));
        var (code, said) = await Check($"{page}/**/*.js");
        Assert.True(code == 0, said.Replace(page, "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_type_is_found()
    {
        var folder = Directory.CreateTempSubdirectory("chat-types-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "wrong.js"), "/** @type {number} */ export const seven = \"seven\";\n");
            var (code, said) = await Check($"{folder.FullName}/*.js");
            Assert.NotEqual(0, code);
            Assert.Contains("TS2322", said, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Said)> Check(string modules)
    {
        var compiler = Path.Combine(await NpmPackage.TypeScript.Folder(), "lib", "tsc.js");
        var settings = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(settings, $$"""
                {
                  "compilerOptions": {
                    "allowJs": true, "checkJs": true, "noEmit": true, "strict": true,
                    "noImplicitOverride": true, "noImplicitReturns": true, "noFallthroughCasesInSwitch": true,
                    "target": "es2024", "module": "esnext", "moduleResolution": "bundler",
                    "lib": ["es2024", "dom", "dom.iterable"], "types": []
                  },
                  "include": [{{JsonSerializer.Serialize(modules)}}]
                }
                """);
            using var node = Process.Start(new ProcessStartInfo(Node(), [compiler, "-p", settings, "--pretty", "false"]) { RedirectStandardOutput = true })!;
            var said = await node.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
            await node.WaitForExitAsync().WaitAsync(Patience);
            return (node.ExitCode, said);
        }
        finally
        {
            File.Delete(settings);
        }
    }

    /// <summary>Playwright brings one along.</summary>
    private static string Node() =>
        Assert.Single(
            Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, ".playwright", "node"), "node*", SearchOption.AllDirectories),
            file => Path.GetFileName(file) is "node" or "node.exe");

    private static IEnumerable<string> Modules(string page) => Directory.EnumerateFiles(page, "*.js", SearchOption.AllDirectories);

    private static string Page([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "Gateway", "wwwroot"));
}
