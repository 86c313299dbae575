using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace OrleansChat.Tests.Browser;

/// <summary>axe-core looks at every screen, wide and narrow, light and dark, and finds nothing serious.</summary>
public sealed class Accessibility(House house) : Looking(house)
{
    /// <summary>WCAG 2.2 up to AA, and what is good practice besides.</summary>
    private const string Run = """
        async () => {
          const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
          const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
          return JSON.stringify(violations.map(({ id, impact, help, nodes }) =>
            ({ id, impact, help, nodes: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`) })));
        }
        """;

    private static readonly string[] Serious = ["serious", "critical"];
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    public static TheoryData<string> Names => Screen.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_serious_is_found(string screen)
    {
        var found = new StringBuilder();
        foreach (var width in new[] { 1440, 360 })
        {
            var ada = await At(Screen.Named(screen), width, ColorScheme.Light);
            foreach (var colors in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await In(ada, colors);
                foreach (var fault in await Check(ada.Page)) found.AppendLine($"{width} px, {colors}: {fault}");
            }

            await ada.Page.Context.CloseAsync();
        }

        Assert.Equal("", found.ToString());
    }

    [Fact]
    public async Task What_is_wrong_is_found()
    {
        var ada = await Visitor("Ada");
        await ada.Opens("");
        await ada.Page.EvaluateAsync("""
            () => {
              const button = document.body.appendChild(document.createElement("button"));
              button.style.setProperty("color", "#777");
              button.style.setProperty("background", "#888");
              document.body.appendChild(document.createElement("img")).src = "icon.svg";
              document.body.appendChild(document.createElement("button")).textContent = "Pale";
              document.body.lastElementChild.style.setProperty("color", "#777");
              document.body.lastElementChild.style.setProperty("background", "#888");
            }
            """);
        var found = string.Join('\n', await Check(ada.Page));
        foreach (var rule in new[] { "button-name", "image-alt", "color-contrast" }) Assert.Contains(rule, found, StringComparison.Ordinal);
    }

    /// <summary>What of the page keeps somebody out, in sentences.</summary>
    public static async Task<IEnumerable<string>> Check(IPage page)
    {
        var axe = await File.ReadAllTextAsync(Path.Combine(await NpmPackage.Axe.Folder(), "axe.min.js"));
        await page.EvaluateAsync($"() => {{ {axe} }}"); // not as a script of the page, which its policy forbids
        var violations = JsonSerializer.Deserialize<Violation[]>(await page.EvaluateAsync<string>(Run), Json)!;
        return violations.Where(violation => Serious.Contains(violation.Impact))
            .Select(violation => $"{violation.Id} ({violation.Impact}): {violation.Help}\n    {string.Join("\n    ", violation.Nodes.Take(5))}");
    }

    private sealed record Violation(string Id, string? Impact, string Help, string[] Nodes);
}
