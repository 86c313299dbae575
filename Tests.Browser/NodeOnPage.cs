using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OrleansChat.Tests.Browser;

/// <summary>One node of the nodes' page, and how to read it.</summary>
internal sealed class NodeOnPage(ILocator card)
{
    public static NodeOnPage Of(IPage page, string node) => new(page.GetByRole(AriaRole.Article, new() { Name = node, Exact = true }));

    public ILocator Card => card;

    /// <summary>The chart of this name.</summary>
    public ILocator Chart(string title) =>
        card.Locator(".chart").Filter(new() { Has = card.Page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }) });

    /// <summary>What stands above a chart, by its lines.</summary>
    public ILocator Values(string title) => Chart(title).Locator(".chart-values b");

    /// <summary>The picture of a chart, by what it says to those who cannot see it.</summary>
    public ILocator Picture(string title) => card.GetByRole(AriaRole.Img, new() { NameRegex = new($"^{Regex.Escape(title)}: ") });

    /// <summary>The cells of a row of its table.</summary>
    public async Task<IReadOnlyList<string>> Row(string figure) =>
        await card.GetByRole(AriaRole.Row).Filter(new() { Has = card.Page.GetByRole(AriaRole.Rowheader, new() { Name = figure, Exact = true }) })
            .GetByRole(AriaRole.Cell).AllInnerTextsAsync();
}
