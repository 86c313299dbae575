using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace OrleansChat.Tests.Browser;

/// <summary>axe-core looks at every screen, wide and narrow, light and dark, and finds nothing serious.</summary>
public sealed class Accessibility(House house) : Looking(house)
{
    private const string Run = """
        async runOnly => {
          const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
          return JSON.stringify(violations.map(({ id, impact, help, nodes }) =>
            ({ id, impact, help, nodes: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`) })));
        }
        """;

    /// <summary>WCAG 2.2 up to AA, and what is good practice besides.</summary>
    private static readonly Rules All = new("tag", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    /// <summary>Those of them that look at colours. A page that becomes dark is the same page, but for these.</summary>
    private static readonly Rules OfColours = new("rule", "color-contrast", "link-in-text-block");

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
            await Equip(ada.Page);
            foreach (var (colors, rules) in new[] { (ColorScheme.Light, All), (ColorScheme.Dark, OfColours) })
            {
                await In(ada, colors);
                foreach (var fault in await Check(ada.Page, rules)) found.AppendLine($"{width} px, {colors}: {fault}");
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
        await Equip(ada.Page);
        var found = string.Join('\n', await Check(ada.Page, All));
        foreach (var rule in new[] { "button-name", "image-alt", "color-contrast" }) Assert.Contains(rule, found, StringComparison.Ordinal);
        await In(ada, ColorScheme.Dark);
        Assert.Contains("color-contrast", Assert.Single(await Check(ada.Page, OfColours)), StringComparison.Ordinal);
    }

    /// <summary>Brings axe-core into the page: not as a script of its own, which its policy forbids.</summary>
    private static async Task Equip(IPage page)
    {
        var axe = await File.ReadAllTextAsync(Path.Combine(await NpmPackage.Axe.Folder(), "axe.min.js"));
        await page.EvaluateAsync($"() => {{ {axe} }}");
    }

    /// <summary>What of the page keeps somebody out, in sentences.</summary>
    private static async Task<IEnumerable<string>> Check(IPage page, Rules rules)
    {
        var violations = JsonSerializer.Deserialize<Violation[]>(await page.EvaluateAsync<string>(Run, new { type = rules.Type, values = rules.Values }), Json)!;
        return violations.Where(violation => Serious.Contains(violation.Impact))
            .Select(violation => $"{violation.Id} ({violation.Impact}): {violation.Help}\n    {string.Join("\n    ", violation.Nodes.Take(5))}");
    }

    /// <summary>What axe-core is to run only.</summary>
    private sealed record Rules(string Type, params string[] Values);

    private sealed record Violation(string Id, string? Impact, string Help, string[] Nodes);
}
