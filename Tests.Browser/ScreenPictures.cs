using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace OrleansChat.Tests.Browser;

/// <summary>
/// The pictures of every screen in <c>docs/screens</c>, narrow, middle and wide, light and dark, as <c>room-360-dark.webp</c>.
/// By hand, with the Debian packages fonts-noto-core, fonts-noto-cjk and fonts-noto-color-emoji:
/// <c>dotnet test Tests.Browser --filter ScreenPictures -- xUnit.Explicit=only</c>.
/// </summary>
public sealed class ScreenPictures(House house) : Looking(house)
{
    private const int Quality = 65; // of WebP: letters stay sharp, and all pictures together below 5 MB

    private static readonly int[] Widths = [360, 800, 1440];

    public static TheoryData<string> Names => Screen.Names;

    [Theory(Explicit = true)]
    [MemberData(nameof(Names))]
    public async Task Of(string screen)
    {
        foreach (var width in Widths)
        {
            var ada = await At(Screen.Named(screen), width, ColorScheme.Light);
            foreach (var colors in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await In(ada, colors);
                await ada.Page.EvaluateAsync("() => document.fonts.ready");
                var file = $"{screen}-{width}-{colors.ToString().ToLowerInvariant()}.webp";
                await File.WriteAllBytesAsync(Path.Combine(Folder(), file), await Take(ada.Page));
            }

            await ada.Page.Context.CloseAsync();
        }
    }

    private static async Task<byte[]> Take(IPage page)
    {
        var chromium = await page.Context.NewCDPSessionAsync(page);
        var picture = await chromium.SendAsync("Page.captureScreenshot", new Dictionary<string, object> { ["format"] = "webp", ["quality"] = Quality });
        return picture!.Value.GetProperty("data").GetBytesFromBase64();
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "docs", "screens");
}
